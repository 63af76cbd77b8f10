"""Marks functions that know neither arrays nor loops: they take numbers, of one well or of all at once.

Called from Python they run on NumPy's arrays; ``plant.process.esp.kernel`` compiles them, eight wells at once, without
what guards their arguments. They may use arithmetic, :func:`choose`, NumPy's elementary functions, and each other.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

Function = TypeVar("Function", bound=Callable)
MARKED: list[Callable] = []
GUARDS = {"require", "require_positive", "within"}


def elementwise(function: Function) -> Function:
    """The function itself, remembered for compilation."""
    MARKED.append(function)
    return function


def choose(condition: Any, one: Any, other: Any) -> Any:
    """``one`` where the condition holds, else the other; compiled, a branch and no array.

    >>> float(choose(2.0 > 1.0, 3.0, 4.0))
    3.0
    """
    return np.where(condition, one, other)


def unguarded(function: Callable) -> Callable:
    """The function as it may be compiled: its arguments are taken as they come, neither checked nor made arrays.

    It is the same source without those words, so that what a correlation says stands in one place.

    >>> from plant.physics.pvt.standing import solution_gor
    >>> bool(unguarded(solution_gor)(-1e5, 350.0, 0.86, 0.6) > 0.0)  # guarded, it refuses such a pressure
    True
    """
    tree = _Unguarded().visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
    scope = dict(function.__globals__)
    exec(compile(ast.fix_missing_locations(tree), inspect.getfile(function), "exec"), scope)
    return scope[function.__name__]


class _Unguarded(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.decorator_list, node.returns = [], None
        for argument in node.args.args:
            argument.annotation = None
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        called = node.value.func if isinstance(node.value, ast.Call) else None
        return None if isinstance(called, ast.Name) and called.id in GUARDS else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        return node.args[0] if ast.unparse(node.func) == "np.asarray" else node
