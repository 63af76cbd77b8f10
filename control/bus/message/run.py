"""A run: one life of a field, to which everything measured, alarmed and commanded belongs.

The field's own run goes on for as long as the field does. A drill, a branch or a study that is replayed has an id of
its own, and nothing of it shows where nobody asks for it.
"""

from __future__ import annotations

OWN = "own"
