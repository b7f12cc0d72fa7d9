"""``python -m pvwidgets`` is the command ``pvwidgets``."""

import sys

from .cli import main

sys.exit(main())
