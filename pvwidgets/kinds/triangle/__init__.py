"""The strategic triangle: a record to fill in, six rules, and the name of the whole."""
