

def picture(x=(-1.5, 0.0, 0.01), y=(-0.9, 1.1, 0.01), zoom=(0.0, 10.0), limit=(20, 400)):
    """The set around a point; each step of `zoom` halves what is seen."""
    counts = np.zeros((240, 320), np.int32)
    pixels = np.zeros((240, 320, 4), np.uint8)
    step = 3.2 / 320 / 2**zoom
    mandelbrot(counts, x - 160 * step, y - 120 * step, step, limit)
    paint(counts, limit, pixels)
    return pixels
