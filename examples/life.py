"""Conway's game of life on a torus, in slices. The grid carries a border of one cell, a copy of the opposite edge."""

import numpy as np
from numba import njit, uint8, void


@njit(void(uint8[:, ::1], uint8[:, ::1]))
def step(grid, out):
    """Write the next generation of `grid` to `out`; cells are 0 or 1, and the border of `grid` is renewed first."""
    grid[0] = grid[-2]
    grid[-1] = grid[1]
    grid[:, 0] = grid[:, -2]
    grid[:, -1] = grid[:, 1]
    alive = grid[1:-1, 1:-1]
    neighbours = (
        grid[:-2, :-2] + grid[:-2, 1:-1] + grid[:-2, 2:]
        + grid[1:-1, :-2] + grid[1:-1, 2:]
        + grid[2:, :-2] + grid[2:, 1:-1] + grid[2:, 2:]
    )
    # A cell lives with three neighbours, or with two if it is alive: exactly when (neighbours | alive) is 3.
    out[1:-1, 1:-1] = (neighbours | alive) == 3


@njit(void(uint8[:, ::1], uint8[:, ::1]))
def glow(grid, heat):
    """Set `heat` to 255 where `grid` is alive, and let it fade by an eighth elsewhere."""
    heat[:, :] = np.where(grid[1:-1, 1:-1] == 1, 255, heat - heat // 8 - (heat > 0))
