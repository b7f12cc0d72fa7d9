"""Share a service between groups, see the mean and the worst-off, and choose a rule."""
