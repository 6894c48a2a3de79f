"""What the infrastructure tests share: the source folder, and how a test program ends."""

import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("GRIDEXIT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
SKIPPED = 77  # as CMakeLists.txt tells ctest


def skip_all(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def main():
    outcome = unittest.main(module="__main__", exit=False, verbosity=2).result
    if not outcome.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if outcome.testsRun == len(outcome.skipped) else 0)
