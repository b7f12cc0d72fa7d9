"""The worksheet of a collaboration: as that of a triangle, from its own form and rules."""

from ..triangle.worksheet import answers, blocks

__all__ = ["answers", "blocks"]
