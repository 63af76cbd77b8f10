"""An expression over signals: ``Frequency_Hz > 49.5 and RunState == "Running"``.

Names are signals, with a unit at their end where the number beside them is not SI; states go by their names. Where a
value that it hangs on is not known, so is the expression: it is then neither true nor false.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from plant.asset.tag import Tag
from plant.error import ConfigError, Mistake
from plant.unit import Unit, split_key

COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
PERMITTED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.BinOp, ast.Name,
    ast.Load, ast.Constant, ast.Call, ast.Attribute, *COMPARISONS, *ARITHMETIC,
)  # fmt: skip


class Expression:
    """One expression over ``signals`` (names to tags). Raises :class:`ConfigError` with all that is wrong in it."""

    def __init__(self, text: str, signals: Mapping[str, Tag]):
        self.text, self._signals = text, signals
        try:
            self._tree = ast.parse(text, mode="eval")
        except SyntaxError as error:
            raise ConfigError([Mistake("expression", text, None, f"cannot be read: {error.msg}")]) from None
        self.names = {name for node in ast.walk(self._tree) if (name := _name(node)) and name != "abs"}
        wrong = [Mistake("expression", text, told, rule) for told, rule in self._mistakes()]
        if wrong:
            raise ConfigError(wrong)
        self.signals = {meant[0] for name in self.names if (meant := found(name, signals))}

    def __call__(self, values: Mapping[str, float]) -> bool | None:
        """Whether it is true of ``values`` (SI by signal); ``None`` where one it hangs on is NaN or not there."""
        value = self._of(self._tree.body, values)
        return None if value is None else bool(value)

    def _mistakes(self) -> Iterator[tuple[str, str]]:
        for node in ast.walk(self._tree):
            is_abs = not isinstance(node, ast.Call) or _name(node.func) == "abs"
            if not isinstance(node, PERMITTED) or not is_abs:
                yield ast.unparse(node), "cannot stand here: signals, numbers, states, comparisons, and, or, not, abs"
        for name in sorted(self.names):
            if found(name, self._signals) is None:
                yield name, f"is no signal of the target: {', '.join(short(self._signals))}"

    def _of(self, node: ast.expr, values: Mapping[str, float]) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, (ast.Name, ast.Attribute)):
            return _value(_name(node), self._signals, values)
        if isinstance(node, ast.BoolOp):
            return _joined([self._of(one, values) for one in node.values], isinstance(node.op, ast.And))
        if isinstance(node, ast.UnaryOp):
            inner = self._of(node.operand, values)
            return inner if inner is None else (not inner if isinstance(node.op, ast.Not) else -inner)
        if isinstance(node, ast.Call):
            inner = self._of(node.args[0], values)
            return inner if inner is None else abs(inner)
        if isinstance(node, ast.BinOp):
            sides = self._of(node.left, values), self._of(node.right, values)
            return None if None in sides else ARITHMETIC[type(node.op)](*sides)
        assert isinstance(node, ast.Compare)
        return self._compared(node, values)

    def _compared(self, node: ast.Compare, values: Mapping[str, float]) -> bool | None:
        terms = [node.left, *node.comparators]
        found = [self._of(term, values) for term in terms]
        if any(one is None for one in found):
            return None
        found = [self._as_number(one, terms) if isinstance(one, str) else one for one in found]
        pairs = zip(node.ops, found, found[1:], strict=False)
        return all(COMPARISONS[type(op)](one, other) for op, one, other in pairs)

    def _as_number(self, state: str, terms: list[ast.expr]) -> float:
        """The number of a state, of whichever signal it is compared with."""
        for term in terms:
            if signal := found(_name(term), self._signals):
                for number, name in (self._signals[signal[0]].signal.states or {}).items():
                    if name.lower() == state.lower():
                        return float(number)
        raise ConfigError([Mistake("expression", self.text, state, "is no state of what it is compared with")])


def found(name: str, signals: Collection[str] | Mapping[str, Tag]) -> tuple[str, Unit | None] | None:
    """The signal that ``name`` means, and the unit that it ends in, if any."""
    if name in signals:
        return name, None
    stem, unit = split_key(name)
    return (stem, unit) if stem in signals and unit is not None else None


def short(signals: Mapping[str, Tag]) -> list[str]:
    """Their shortest names."""
    best: dict[str, str] = {}
    for name, tag in signals.items():
        if len(name) < len(best.get(tag.name, f"{name} ")):
            best[tag.name] = name
    return list(best.values())


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _value(name: str, signals: Mapping[str, Tag], values: Mapping[str, float]) -> float | None:
    meant = found(name, signals)
    assert meant is not None
    value = values.get(meant[0], math.nan)
    if math.isnan(value):
        return None
    return value if meant[1] is None else float(meant[1].from_si(value))


def _joined(parts: list[Any], is_and: bool) -> bool | None:
    if is_and:
        return False if any(part is False for part in parts) else (None if None in parts else all(parts))
    return True if any(part is True for part in parts) else (None if None in parts else any(parts))
