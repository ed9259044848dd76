"""Gravitation between bodies, integrated by the leapfrog method (kick, drift, kick)."""

import math

from numba import njit


@njit("void(float64[:, ::1], float64[:, ::1], float64[::1], float64)")
def kick(position, velocity, mass, dt):
    """Change velocities by the mutual accelerations m·r/|r|³ acting for `dt`, with gravitational constant 1."""
    n = len(mass)
    for i in range(n):
        for j in range(i + 1, n):
            dx = position[j, 0] - position[i, 0]
            dy = position[j, 1] - position[i, 1]
            dz = position[j, 2] - position[i, 2]
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * math.sqrt(squared))
            velocity[i, 0] += dx * (mass[j] * pull)
            velocity[i, 1] += dy * (mass[j] * pull)
            velocity[i, 2] += dz * (mass[j] * pull)
            velocity[j, 0] -= dx * (mass[i] * pull)
            velocity[j, 1] -= dy * (mass[i] * pull)
            velocity[j, 2] -= dz * (mass[i] * pull)


@njit("void(float64[:, ::1], float64[:, ::1], float64[::1], float64, int64)")
def advance(position, velocity, mass, dt, steps):
    """Move the bodies on by `steps` steps of length `dt`."""
    for _ in range(steps):
        kick(position, velocity, mass, 0.5 * dt)
        for i in range(len(mass)):
            for axis in range(3):
                position[i, axis] += dt * velocity[i, axis]
        kick(position, velocity, mass, 0.5 * dt)


@njit("float64(float64[:, ::1], float64[:, ::1], float64[::1])")
def energy(position, velocity, mass):
    """Kinetic plus potential energy, which the method conserves well."""
    total = 0.0
    for i in range(len(mass)):
        v = velocity[i]
        total += 0.5 * mass[i] * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
        for j in range(i + 1, len(mass)):
            dx = position[j, 0] - position[i, 0]
            dy = position[j, 1] - position[i, 1]
            dz = position[j, 2] - position[i, 2]
            total -= mass[i] * mass[j] / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total
