

def generation(number=(0, 400), width=(1, 60)):
    """A bar of cells, some generations later."""
    grid = np.zeros((98, 130), np.uint8)
    out = np.zeros((98, 130), np.uint8)
    grid[48, 65 - width : 65 + width] = 1
    for _ in range(number):
        step(grid, out)
        grid[:, :] = out
    return grid[1:-1, 1:-1]
