"""The worksheet of a collaboration: as that of a triangle, from its own form and rules."""

from ..triangle.worksheet import answers, blocks, items

__all__ = ["answers", "blocks", "items"]
