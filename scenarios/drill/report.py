"""A drill's report: one page that needs nothing else, and the same as plain values.

What happened and when, what was done, where the points went, and each trend with the expert's behind the trainee's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from bokeh.models.annotations import Label, Legend, Span
from bokeh.models.ranges import Range1d
from bokeh.plotting import figure

from plant.asset.duration import shown
from plant.asset.name import called
from plant.asset.tag import Tag, asset_of, signal_of
from scenarios.chart import GROUND, PAPER, SHADES, TEXT
from scenarios.drill.drill import Drill
from scenarios.drill.play import Try
from scenarios.drill.score import Score
from scenarios.whole_page import table_of, whole_page

WORDS = {
    "en": {
        "points": "points", "failed": "failed", "briefing": "Briefing", "lost": "Where the points went", "what": "What",
        "about": "About", "how": "How", "done": "What happened", "time": "Time", "cost": "What it cost",
        "here": "This try", "expert": "Expert", "regret": "Cost above the expert's",
        "nothing lost": "No point was lost.",
        "missed": "missed", "late": "late", "wrong": "wrong act", "limit": "limit crossed", "diagnosis": "diagnosis",
        "oil_bbl": "Oil made [bbl]", "energy_kWh": "Energy [kWh]", "flared_m3": "Gas flared [m³]",
        "hot_degree_h": "Degree-hours over 150 °C", "starts": "Starts", "refused": "refused", "hint": "hint",
        "acknowledged": "acknowledged",
    },
    "es": {
        "points": "puntos", "failed": "no superado", "briefing": "Instrucciones", "lost": "Dónde se perdieron puntos",
        "what": "Qué", "about": "Sobre", "how": "Cómo", "done": "Qué pasó", "time": "Hora", "cost": "Qué costó",
        "here": "Este intento", "expert": "Experto", "regret": "Costo sobre el del experto",
        "nothing lost": "No se perdió ningún punto.", "missed": "omitido", "late": "tarde", "wrong": "acto indebido",
        "limit": "límite cruzado", "diagnosis": "diagnóstico", "oil_bbl": "Crudo producido [bbl]",
        "energy_kWh": "Energía [kWh]", "flared_m3": "Gas quemado [m³]", "hot_degree_h": "Grados-hora sobre 150 °C",
        "starts": "Arranques", "refused": "rechazado", "hint": "pista",
        "acknowledged": "reconocida",
    },
}  # fmt: skip


def plain(drill: Drill, one: Try, score: Score, expert: Try) -> dict[str, Any]:
    """The report as plain values, without the trends."""
    return {
        "drill": drill.name, "player": one.player, "seed": one.seed, "points": round(score.points, 1),
        "failed": score.has_failed, "regret_bbl": round(score.regret, 3),
        "deductions": [asdict(deduction) for deduction in score.deductions], "done": one.done,
        "deeds": [asdict(deed) for deed in one.deeds], "answer": one.answer, "hints": [at for at, _ in one.hints],
        "acknowledged": one.acknowledged, "totals": asdict(one.totals),
        "expert": asdict(expert.totals),
    }  # fmt: skip


def page(drill: Drill, one: Try, score: Score, expert: Try, language: str = "en") -> str:
    """The report as an HTML page."""
    words = WORDS[language]
    mark = words["failed"] if score.has_failed else f"{score.points:.0f} {words['points']}"
    x_range = Range1d(start=0.0, end=drill.length / 60)
    title = f"{drill.title[language]}: {one.player}, {mark}"
    told = [f"<p>{escape(drill.briefing[language])}</p>", *_tables(drill, one, score, expert, language)]
    trends = [_chart(tag, one, expert, x_range, language) for tag in drill.trends]
    return whole_page(language, title, trends, before="\n".join(told))


def _tables(drill: Drill, one: Try, score: Score, expert: Try, language: str) -> Iterator[str]:
    words = WORDS[language]
    acts = {expected.act.name: expected.act.says[language] for expected in drill.expected}
    acts |= {wrong.act.name: wrong.act.says[language] for wrong in drill.forbidden}
    lost = [
        (words[d.kind], acts.get(d.subject, _tag(d.subject, language)), d.detail, f"{d.points:.1f}")
        for d in score.deductions
    ]
    yield f"<h2>{words['lost']}</h2>"
    head = words["what"], words["about"], words["how"], words["points"]
    yield _table(head, lost, 3) if lost else f"<p>{words['nothing lost']}</p>"
    yield f"<h2>{words['done']}</h2>"
    yield _table((words["time"], words["what"], words["about"]), list(_story(one, acts, language)))
    yield f"<h2>{words['cost']}</h2>"
    totals, best = asdict(one.totals), asdict(expert.totals)
    rows = [(words[name], f"{value:.1f}", f"{best[name]:.1f}") for name, value in totals.items()]
    rows.append((f"{words['regret']} [bbl]", f"{score.regret:.2f}", "0"))
    yield _table((words["what"], words["here"], words["expert"]), rows, 1, 2)


def _story(one: Try, acts: dict[str, str], language: str) -> Iterator[tuple[str, str, str]]:
    words = WORDS[language]
    told = [(at, name, acts.get(name, "")) for name, at in one.done.items()]
    told += [(at, words["wrong"], wrong.act.says[language]) for at, wrong in one.wrong]
    told += [(d.at, f"{words['refused']}: {d.tag}", d.refused) for d in one.deeds if d.refused]
    told += [(at, words["hint"], hint.says[language]) for at, hint in one.hints]
    told += [(at, words["acknowledged"], alarm) for at, alarm in one.acknowledged]
    for at, what, about in sorted(told):
        yield shown(at), what, about


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *numbers: int) -> str:
    marks = [' class="number"' if i in numbers else "" for i in range(len(head))]
    cells = ((f"<td{mark}>{escape(cell)}</td>" for mark, cell in zip(marks, row, strict=True)) for row in rows)
    return table_of(head, (f"<tr>{''.join(row)}</tr>" for row in cells))


def _tag(name: str, language: str) -> str:
    return f"{asset_of(name).partition('.')[2]} {called(signal_of(name), language)}" if "." in name else name


def _chart(tag: Tag, one: Try, expert: Try, x_range: Range1d, language: str) -> figure:
    unit = tag.signal.unit
    plot = figure(
        title=f"{_tag(tag.name, language)} [{unit.symbol}]", height=220, sizing_mode="stretch_width", x_range=x_range,
        tools="xpan,xwheel_zoom,box_zoom,reset", background_fill_color=PAPER, border_fill_color=GROUND,
        min_border_left=80,
    )  # fmt: skip
    plot.toolbar.logo, plot.toolbar.autohide = None, True
    plot.xaxis.axis_label = "min"
    plot.add_layout(Legend(background_fill_color=GROUND, border_line_color=None, orientation="horizontal"), "above")
    for whose, shade, dash in ((expert, SHADES[3], "dashed"), (one, SHADES[0], "solid")):
        look: dict[str, Any] = {"color": shade, "line_dash": dash, "legend_label": whose.player, "line_width": 1.5}
        plot.line(whose.time / 60, unit.from_si(whose.trends[tag.name]), **look)
    for i, (name, at) in enumerate(one.done.items()):
        plot.add_layout(Span(location=at / 60, dimension="height", line_color=TEXT, line_dash="dotted"))
        label = Label(x=at / 60, y=4 + 40 * (i % 3), y_units="screen", text=name, angle=90, angle_units="deg")
        label.text_font_size = "8pt"
        plot.add_layout(label)
    return plot
