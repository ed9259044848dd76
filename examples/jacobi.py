"""Poisson's equation on a square grid, relaxed by Jacobi's method in slices."""

from numba import njit


@njit("void(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64)")
def sweep(u, f, out, h):
    """One sweep for ∂²u/∂x² + ∂²u/∂y² = f with grid spacing `h`; the border holds the boundary values."""
    out[1:-1, 1:-1] = 0.25 * (
        u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - h * h * f[1:-1, 1:-1]
    )


@njit("void(float64[:, ::1], float64[:, ::1], float64[:, ::1], float64, int64)")
def relax(u, f, scratch, h, pairs):
    """`pairs` times two sweeps, from `u` to `scratch` and back; both hold the boundary values."""
    for _ in range(pairs):
        sweep(u, f, scratch, h)
        sweep(scratch, f, u, h)
