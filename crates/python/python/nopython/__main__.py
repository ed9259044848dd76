"""The command line: ``nopython``, or ``python -m nopython``."""

import signal
import sys

from nopython import _native


def main():
    """Executes ``sys.argv`` and ends with the exit code."""
    # The command runs outside of the interpreter, so Ctrl-C ends the process as it ends other programs.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    sys.exit(_native.run_command(["nopython", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
