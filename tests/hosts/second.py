def total(n=3):
    return np.arange(n).sum()


nopython.interact(total, n=(1, 100))
