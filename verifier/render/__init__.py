"""Forms in which findings are shown. Renderers read a report and change nothing."""
