"""Sort cards into named places: columns, or the boxes of a chain."""
