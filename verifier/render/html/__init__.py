"""The report as one web page that needs nothing else: no network, and no JavaScript to be read."""
