"""The colours of the pages, for what Bokeh draws; ``static/screens.css`` has the same for the rest."""

BACKGROUND = "#D4D4D4"
PAPER = "#E0E0E0"
SOFT = "#CBCBCB"
LINE = "#8A8A8A"
HAIR = "#B4B4B4"
TEXT = "#303030"
FAINT = "#5E5E5E"
VALUE = "#1F3A5F"
NORMAL = "#B8C4CE"
PRIORITY = {1: "#D40000", 2: "#E87600", 3: "#E6C300", 4: "#8E5FA8"}
ON_PRIORITY = {1: "#FFFFFF", 2: "#1A1A1A", 3: "#1A1A1A", 4: "#FFFFFF"}
MARKER = {1: "square", 2: "triangle", 3: "inverted_triangle", 4: "circle"}
RUNNING = "#F7F7F7"
STOPPED = "#4E4E4E"
FONT = "Inter, Segoe UI, Roboto, DejaVu Sans, Arial, sans-serif"
