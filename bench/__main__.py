"""`make bench`: every ratio, as min / median / max over interleaved rounds."""

import sys

from bench import serving, tallying

PARTS = {"tally": tallying.run, "serving": serving.run}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
