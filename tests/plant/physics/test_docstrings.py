"""The examples in the docstrings of plant.physics are true."""

import doctest
import importlib
import pkgutil

import pytest

import plant.physics

FOUND = pkgutil.walk_packages(plant.physics.__path__, "plant.physics.")
MODULES = [module.name for module in FOUND if not module.ispkg]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0
