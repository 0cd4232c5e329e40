"""The colours of a picture: the light tokens of static/css/foundations.css."""

PANEL = "#0b3d91"
PANEL_DEEP = "#072a66"
PANEL_GREEN = "#146c3a"
PAPER = "#ffffff"
SURFACE = "#f3f6fb"
LINE = "#d0d9e6"
LINE_STRONG = "#6b7a94"
INK = "#101b33"
MUTED = "#4a5770"
WEIGHT_1 = "#dce8f8"

# The panel once it is dark around it.
PANEL_DARK = "#164fae"
