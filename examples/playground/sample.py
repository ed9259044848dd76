import numpy as np


def sample(n=(10, 5000), power=(0.2, 4.0)):
    """Numbers between 0 and 1 that are not random, raised to a power."""
    x = (np.arange(n) * 0.618034 % 1) ** power
    counts = np.histogram(x, bins=20)[0]
    return {
        "counts": counts,
        "sorted": np.sort(x),
        "mean": x.mean(),
        "spread": x.std(),
    }
