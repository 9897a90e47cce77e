"""``python -m cov_cli`` is ``cov``."""

import sys

from cov_cli.main import main

if __name__ == "__main__":
    sys.exit(main())
