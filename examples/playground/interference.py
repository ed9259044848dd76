import numpy as np


def distance(x, y, at):
    return np.sqrt((x - at) ** 2 + y**2)


def interference(distance_apart=(0.0, 8.0), wavelength=(0.3, 3.0), time=(0.0, 6.3)):
    """Waves that spread from two points."""
    y, x = np.linspace(-6, 6, 240)[:, np.newaxis], np.linspace(-6, 6, 240)
    k = 2 * np.pi / wavelength
    left = np.sin(k * distance(x, y, -distance_apart / 2) - time)
    right = np.sin(k * distance(x, y, distance_apart / 2) - time)
    return left + right
