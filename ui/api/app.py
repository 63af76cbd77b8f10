"""The application: every route under ``/api/v1``, and what is the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import Depends, FastAPI

from control.access.identity import Place
from ui import identity
from ui.api import (
    alarm_metrics,
    alarms,
    assets,
    commands,
    drill,
    field,
    history,
    live,
    problem,
    reference,
    sessions,
    status,
    studies,
    tags,
    users,
    values,
)
from ui.api.asked import known_keys
from ui.api.context import Context
from ui.api.host import KnownHosts
from ui.api.record import days, imports, production, routes
from ui.api.record.hot_answer import HotAnswers
from ui.api.shield import Shield
from ui.identity.bucket import Buckets
from ui.identity.door import Door, Who
from ui.identity.door_table import DoorTable

ROOT = "/api/v1"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
DOORS = DoorTable.load(Path(identity.__file__).with_name("api_doors.toml"))
ROUTERS = (
    assets,
    tags,
    values,
    live,
    history,
    alarms,
    alarm_metrics,
    commands,
    studies,
    status,
    drill,
    field,
    sessions,
    users,
    days,
    imports,
    production,
    routes,
)


def create_app(
    context: Context, who: Who, place: Place, hosts: Sequence[str] = LOOPBACK, buckets: Buckets | None = None
) -> FastAPI:
    """The API over ``context``, at ``place``, for those whom ``who`` knows and who call it by one of these names."""
    app = FastAPI(
        title="Gemelo", version=_version(), openapi_url=f"{ROOT}/openapi.json", docs_url=None, redoc_url=None,
        description="A field's values, history, alarms and commands. Each route says which permission it needs.",
        dependencies=[Depends(known_keys)],
    )  # fmt: skip
    app.state.context = context
    describe = app.openapi
    app.openapi = lambda: problem.described(describe(), DOORS)  # type: ignore[method-assign]
    problem.install(app)
    for module in ROUTERS:
        app.include_router(module.router, prefix=ROOT)
    app.include_router(status.probes)
    app.include_router(status.probes, prefix=ROOT, include_in_schema=False)
    app.include_router(reference.router)
    app.add_middleware(HotAnswers)
    app.add_middleware(Door, table=DOORS, who=who, place=place, refuse=problem.refuse, buckets=buckets or Buckets())
    app.add_middleware(KnownHosts, names=hosts)
    app.add_middleware(Shield)
    return app


def _version() -> str:
    try:
        return version("gemelo")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
