"""Place the actors of a case on a plane of power and support, and choose steps."""
