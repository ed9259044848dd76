"""Evaluates the docstring examples of library functions: one expression a line in, one canonical text a line out."""

import random
import sys
import warnings

import numpy as np
from canonical import evaluate

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(evaluate(line.strip(), {"np": np, "random": random}))
