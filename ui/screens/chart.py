"""Charts: how everything that Bokeh draws looks here."""

from __future__ import annotations

from typing import Any

from bokeh.models import CustomJSTickFormatter

from ui.screens import palette


def plain_axes(drawn: Any) -> None:
    """Grey paper, thin lines, small labels: the curve is what should be seen."""
    drawn.background_fill_color = drawn.border_fill_color = palette.PAPER
    drawn.outline_line_color = None
    drawn.toolbar.logo = None
    drawn.grid.grid_line_color = palette.SOFT
    for axis in drawn.axis:
        axis.axis_line_color = axis.major_tick_line_color = palette.LINE
        axis.minor_tick_line_color = None
        axis.major_label_text_color = axis.axis_label_text_color = palette.TEXT
        axis.major_label_text_font = axis.axis_label_text_font = palette.FONT
        axis.major_label_text_font_size = axis.axis_label_text_font_size = "11px"
        axis.axis_label_text_font_style = "normal"


def number_axis(axis: Any, language: str) -> None:
    """Write an axis' numbers as the reader's language does; Bokeh's own formatters know but one."""
    axis.formatter = CustomJSTickFormatter(
        args={"language": language},
        code="return new Intl.NumberFormat(language, {maximumFractionDigits: 3}).format(tick)",
    )
