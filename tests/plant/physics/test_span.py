"""Every public function of plant.physics is a number wherever it claims to hold: no NaN, no infinity, no foreign error.

Established by nobody but the functions themselves: their docstrings and guards say where they hold (see ``span``).
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plant.physics
from plant.error import OutOfRange
from plant.physics.multiphase.stream import Stream
from tests.plant.physics.span import EXEMPT, OWN, REFUSES, SPAN, STREAM, Flow, Of

POINTS = 24  # drawn together, as an array
PREFIX = "plant.physics."


def public() -> dict[str, Callable[..., Any]]:
    """Every public function of plant.physics by its name from there."""
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(plant.physics.__path__, PREFIX)]
    return {
        f"{module.__name__.removeprefix(PREFIX)}.{name}": each
        for module in modules
        for name, each in vars(module).items()
        if inspect.isfunction(each) and each.__module__ == module.__name__ and not name.startswith("_")
    }


FUNCTIONS = {name: each for name, each in public().items() if not {name, name.rpartition(".")[0]} & set(EXEMPT)}


def spans(name: str) -> dict[str, Any]:
    """The span of each argument; that of one which has a default and no span is the default."""
    given_ = SPAN | OWN.get(name, {})
    asked = inspect.signature(FUNCTIONS[name]).parameters.values()
    found = {one.name: given_.get(one.name, one.default) for one in asked}
    return dict(sorted(found.items(), key=lambda item: isinstance(item[1], Of)))


def between(low: float, high: float, unit: np.ndarray) -> np.ndarray:
    """A share of a span, by its logarithm where that covers decades."""
    is_wide = low > 0.0 and high / low > 100.0
    return np.clip(low * (high / low) ** unit if is_wide else low + (high - low) * unit, low, high)


def is_pair(span: Any) -> bool:
    return isinstance(span, tuple) and len(span) == 2 and all(isinstance(end, int | float) for end in span)


@st.composite
def drawn(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Arguments within their spans; ends of spans come often."""

    def unit() -> np.ndarray:
        rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        share = rng.random(POINTS)
        return np.where(rng.random(POINTS) < 0.3, np.round(share), share)

    found: dict[str, Any] = {}
    for argument, span in spans(name).items():
        if isinstance(span, Flow):
            found[argument] = Stream(**{each: between(*ends, unit()) for each, ends in STREAM.items()})
        elif isinstance(span, Of):
            found[argument] = found[span.name] * between(span.low, span.high, unit())
        else:
            found[argument] = between(*span, unit()) if is_pair(span) else span
    return found


def called(name: str, arguments: dict[str, Any]) -> Any:
    """What a function gives; of arrays, an argument that is one number takes the first."""
    asked = inspect.signature(FUNCTIONS[name]).parameters
    several = [arguments[one] for one, it in asked.items() if it.kind is it.VAR_POSITIONAL for _ in range(2)]
    single = {
        one: float(value[0]) if asked[one].annotation == "float" and isinstance(value, np.ndarray) else value
        for one, value in arguments.items()
        if asked[one].kind is not inspect.Parameter.VAR_POSITIONAL
    }
    return FUNCTIONS[name](*several, **single)


def numbers(result: Any) -> Iterator[np.ndarray]:
    """All numbers in a result."""
    if is_dataclass(result):
        result = tuple(getattr(result, each.name) for each in fields(result))
    if isinstance(result, tuple):
        for each in result:
            yield from numbers(each)
    elif isinstance(result, dict):
        yield from numbers(tuple(result.values()))
    elif not (result is None or isinstance(result, str) or callable(result)):
        yield np.asarray(result)


def test_every_public_function_has_a_legal_range_for_each_argument_or_a_reason_why_not():
    unknown = [
        f"{name}: {argument}"
        for name in FUNCTIONS
        for argument, span in spans(name).items()
        if span is None or span is inspect.Parameter.empty
    ]
    assert unknown == []


def test_no_range_or_exemption_is_left_over_from_a_function_that_is_gone():
    modules = {name.rpartition(".")[0] for name in public()}
    assert set(OWN) | set(EXEMPT) <= set(public()) | modules


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_finite_throughout_its_legal_range(name):
    @settings(max_examples=8, derandomize=True, deadline=None, database=None)
    @given(drawn(name))
    def check(arguments):
        try:
            with np.errstate(all="ignore"):
                result = called(name, arguments)
        except OutOfRange:
            assert OWN.get(name, {}).get(REFUSES, False), "refuses what is legal"
            return
        assert all(np.isfinite(each).all() for each in numbers(result))

    check()
