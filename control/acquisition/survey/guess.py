"""Guesses at what registers hold: each word as what it may be, and the types that make the most sense."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from plant.asset.register import Register

ORDERS = ("ABCD", "CDAB")
LOW, HIGH = 1e-2, 1e6  # between which what is measured lies, in the units that people use
ODD = 0.6  # how much a pair at an odd address counts
HEAD = ("address", "hex", "uint16", "int16", "float32 ABCD", "float32 CDAB", "looks like")


def rows(words: Mapping[int, int]) -> list[Sequence[object]]:
    """A row for each register that is not 0, the likeliest type and value last."""
    order, taken = likeliest_order(words), -1
    found: list[Sequence[object]] = []
    for address in sorted(words):
        word = words[address]
        guess = ""
        if address > taken and order and is_plausible(as_float(words, address, order)):
            guess, taken = f"float32 {order} = {as_float(words, address, order):.6g}", address + 1
        elif address > taken and word:
            guess = f"int16 = {word - 65536}" if word > 60_000 else f"uint16 = {word}"
        if word or guess or address == taken:
            shown = [_shown(as_float(words, address, one)) for one in ORDERS]
            signed = word - 65536 if word > 32_767 else word
            found.append((address, f"0x{word:04X}", word, signed, *shown, guess))
    return found


def likeliest_order(words: Mapping[int, int]) -> str:
    """The word order in which the most pairs of registers are numbers that one would measure; empty for none.

    A high word looks right with either neighbour, so pairs at even addresses, where makers put them, count more.
    """
    votes = {
        order: sum(1.0 if at % 2 == 0 else ODD for at in words if is_plausible(as_float(words, at, order)))
        for order in ORDERS
    }
    best = max(votes, key=lambda order: votes[order])
    return best if votes[best] >= 1 else ""


def as_float(words: Mapping[int, int], address: int, order: str) -> float:
    """What two registers are as a float32; NaN where there is no second."""
    if address + 1 not in words:
        return math.nan
    pair = np.array([words[address], words[address + 1]], np.uint16)
    return float(Register("holding", address, "float32", order).decode(pair))


def is_plausible(value: float) -> bool:
    """Whether it is a number that one would measure."""
    return math.isfinite(value) and LOW <= abs(value) <= HIGH


def _shown(value: float) -> str:
    return "" if math.isnan(value) or not 1e-12 < abs(value) < 1e12 else f"{value:.6g}"
