"""The examples in the docstrings of plant.physics are true."""

import doctest
import importlib
import pkgutil

import pytest

import plant.physics

MODULES = [f"plant.physics.{module.name}" for module in pkgutil.iter_modules(plant.physics.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0
