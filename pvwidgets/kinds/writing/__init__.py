"""Short written answers, compared with a model; steps of the log; the capstone."""
