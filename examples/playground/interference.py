import numpy as np


def distance(x, y, at):
    return np.sqrt((x - at) ** 2 + y**2)


def interference(apart=(0.0, 8.0), wavelength=(0.3, 3.0), time=(0.0, 6.3)):
    """Waves that spread from two points."""
    x = np.linspace(-6, 6, 240)
    y = x[:, np.newaxis]
    k = 2 * np.pi / wavelength
    left = np.sin(k * distance(x, y, -apart / 2) - time)
    right = np.sin(k * distance(x, y, apart / 2) - time)
    return left + right
