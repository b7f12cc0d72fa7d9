"""Questions: one or several options, true or false with a reason, a number, or a cover of needs."""
