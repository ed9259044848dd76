import numpy as np


def wave(frequency=2.0, phase=(0.0, 6.3), shape=["sine", "square", "saw"]):
    t = np.linspace(0.0, 2 * np.pi, 600)
    angle = frequency * t + phase
    if shape == "sine":
        y = np.sin(angle)
    elif shape == "square":
        y = np.sign(np.sin(angle))
    else:
        y = angle / np.pi % 2 - 1
    return t, y
