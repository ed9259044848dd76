"""An image convolved with a 3 by 3 kernel."""

from numba import njit


@njit("void(float64[:, ::1], float64[:, ::1], float64[:, ::1])")
def convolve(image, kernel, out):
    """Write the weighted sum of each pixel's 3 by 3 surroundings to `out`, which is smaller by 2 along both axes."""
    height, width = out.shape
    for row in range(height):
        for column in range(width):
            total = 0.0
            for i in range(3):
                for j in range(3):
                    total += kernel[i, j] * image[row + i, column + j]
            out[row, column] = total
