"""The reference page: the OpenAPI description as one plain page, which works without any network."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; background: #d4d4d4; color: #303030; max-width: 60em; margin: 2em auto; }
section { background: #e0e0e0; border: 1px solid #8a8a8a; padding: 0 1em 1em; margin: 1em 0; }
code, pre { font: 13px/1.4 ui-monospace, monospace; } pre { overflow-x: auto; background: #d4d4d4; padding: .5em; }
h2 { font-size: 1.1em; } td { padding-right: 1em; vertical-align: top; }
"""


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Every route with its parameters, body, and an example of what it answers."""
    api = request.app.openapi()
    routes = [(path, verb, route) for path, verbs in api["paths"].items() for verb, route in verbs.items()]
    sections = "".join(_section(path, verb, route, api) for path, verb, route in routes)
    title, about = f"{api['info']['title']} {api['info']['version']}", api["info"]["description"]
    head = f"<meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>"
    body = f"<h1>{escape(title)}</h1><p>{escape(about)}</p>{sections}"
    return HTMLResponse(f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>")


def _section(path: str, verb: str, route: dict[str, Any], api: dict[str, Any]) -> str:
    rows = [
        f"<tr><td><code>{escape(p['name'])}</code><td>{escape(p.get('description', ''))}"
        for p in route.get("parameters", [])
    ]
    body = route.get("requestBody", {}).get("content", {}).get("application/json")
    reply: dict[str, Any] = next(iter(_good(route).get("content", {}).values()), {})
    summary = route.get("summary", "") + (f" · needs {route['x-permission']}" if "x-permission" in route else "")
    return "".join(
        (
            f"<section><h2><code>{verb.upper()} {escape(path)}</code> {escape(summary)}</h2>",
            f"<p>{escape(route.get('description', ''))}</p><table>{''.join(rows)}</table>",
            _example("Body", body, api), _example("Reply", reply, api), "</section>",
        )
    )  # fmt: skip


def _good(route: dict[str, Any]) -> dict[str, Any]:
    """What it answers where all is well."""
    return next((reply for status, reply in route["responses"].items() if status.startswith("2")), {})


def _example(title: str, content: dict[str, Any] | None, api: dict[str, Any]) -> str:
    example = _found(content or {}, api)
    if example is None:
        return ""
    text = example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
    return f"<p>{title}</p><pre>{escape(text)}</pre>"


def _found(content: dict[str, Any], api: dict[str, Any]) -> Any:
    schema = content.get("schema", {})
    for choice in schema.get("anyOf", [schema]):
        name = choice.get("$ref", "").rpartition("/")[2]
        if (example := api["components"]["schemas"].get(name, {}).get("example")) is not None:
            return example
    return content.get("example")
