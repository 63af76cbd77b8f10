"""Quality codes are those of OPC 10000-4 (7.39.2) and OPC 10000-8 (annex A), as asyncua lists them."""

import numpy as np
import pytest
from asyncua import ua

from control.bus import quality

CODES = sorted(quality.NAMES.items())


@pytest.mark.parametrize(("code", "name"), CODES)
def test_a_code_has_the_standards_number_and_name(code, name):
    assert getattr(ua.StatusCodes, name) == code
    assert quality.name(code) == name


def test_severity_is_in_the_two_top_bits():
    codes = np.array([quality.GOOD, quality.UNCERTAIN_SUBNORMAL, quality.BAD_NO_DATA, 0x8000_0001], np.uint32)
    assert quality.is_good(codes).tolist() == [True, False, False, False]
    assert quality.is_bad(codes).tolist() == [False, False, True, True]


def test_a_code_that_is_none_of_ours_shows_its_severity_and_number():
    assert quality.name(0x80AB_0000) == "Bad (0x80AB0000)"
    assert quality.name(0x40A0_0000) == "Uncertain (0x40A00000)"
