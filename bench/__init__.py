"""What is measured by `make bench`: one module for each measurement, and no timed assertion."""
