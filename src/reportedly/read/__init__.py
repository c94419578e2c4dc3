"""Article → Reading: blocks, people, quotes, times and sourcing of ONE article."""

from reportedly.read._read import read, read_all

__all__ = ["read", "read_all"]
