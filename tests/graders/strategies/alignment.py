from ..random_records import responses

__all__ = ["responses"]
