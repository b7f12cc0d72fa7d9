from .records import responses

__all__ = ["responses"]
