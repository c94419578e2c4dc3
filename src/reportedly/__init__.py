"""Reads what many outlets wrote about one event and gives back one readout, every line of it a verbatim span."""

__all__: list[str] = []
