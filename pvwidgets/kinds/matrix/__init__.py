"""Sort cards into the four cells of the public value matrix."""
