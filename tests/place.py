"""The place on the bus where tests talk unless they say otherwise: the demo field's."""

from control.bus.subject import Subjects

DEMO = Subjects("demo", "shengli12")
