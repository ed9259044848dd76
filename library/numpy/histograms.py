def histogram(a, bins=10, range: extents = None, density=False, weights=None):
    """Counts of the elements in equal bins over a range, or between the increasing edges in an array, and the edges of the bins. The last
    bin includes its right edge. With weights, their sums are in the place of the counts; a density has the integral 1.

    >>> np.histogram(np.array([1.0, 2.0, 1.0, 4.0]), bins=3)
    >>> np.histogram(np.array([1, 2, 1]), bins=4, range=(0, 4))
    >>> np.histogram(np.array([1.0, 2.0, 1.0, 4.0, np.nan]), np.array([1, 2, 4]))
    >>> np.histogram(np.array([1.0, 2.0, 1.0, 4.0]), 3, weights=np.array([0.5, 1.0, 2.0, 1.0]))
    >>> np.histogram(np.array([1.0, 2.0, 1.0, 4.0]), 3, density=True)
    """
    if density:
        parts, edges = np.histogram(a, bins, range, False, weights)
        return parts / as_dtype(np.diff(edges), np.float64) / np.sum(parts), edges
    if weights is not None:
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
    flat = np.ravel(a)
    if is_array(bins):
        edges = as_array(bins)
        if np.any(op(">", edges[:-1], edges[1:])):
            raise ValueError("`bins` must increase monotonically, when an array")
        if weights is not None:
            return np.weights_between(flat, edges, np.ravel(weights)), edges
        ordered = np.sort(flat)
        below = np.searchsorted(ordered, edges)
        below[-1] = np.searchsorted(ordered, edges[-1], "right")
        return np.diff(below), edges
    if bins < 1:
        raise ValueError("`bins` must be positive, when an integer")
    dtype = mean_dtype(flat)
    if range is None and flat.size == 0:
        # From the Python numbers 0 and 1.
        return np.zeros(bins, np.int64 if weights is None else weights.dtype), np.linspace(0, 1, bins + 1, True, dtype=dtype)
    if range is None:
        low = as_dtype(0, dtype)
        high = as_dtype(1, dtype)
        if flat.size > 0:
            low = as_dtype(np.min(flat), dtype)
            high = as_dtype(np.max(flat), dtype)
            if not (np.isfinite(low) and np.isfinite(high)):
                raise ValueError("autodetected range of the elements is not finite")
    else:
        dtype = result_dtype(as_dtype(0, dtype), range[0], range[1])
        low = np.float64(range[0])
        high = np.float64(range[1])
        if low > high:
            raise ValueError("max must be larger than min in range parameter.")
    if low == high:
        low -= 0.5
        high += 0.5
    edges = np.linspace(low, high, bins + 1, True, dtype=dtype)
    counts = np.zeros(bins, np.int64 if weights is None else weights.dtype)
    shares = flat if weights is None else np.ravel(weights)
    first = as_dtype(low, dtype)
    span = as_dtype(high - low, dtype)
    for i in np.arange(flat.size):
        item = flat[i]
        if item >= low and item <= high:
            x = as_dtype(item, dtype)
            k = int((x - first) / span * bins)
            if k == bins:
                k -= 1
            if x < edges[k]:
                k -= 1
            elif k != bins - 1 and x >= edges[k + 1]:
                k += 1
            counts[k] += 1 if weights is None else shares[i]
    return counts, edges


def histogram2d(x: vector, y: vector, bins: value = 10, range: value = None, density=False, weights=None):
    """How many points lie in each of the rectangles between edges along two axes, or the sums of their weights; and the edges along each. Bins are a
    number or an array of edges for both axes, or a tuple of one for each; a range is a tuple of pairs. The last bins include their right edges.

    >>> np.histogram2d(np.array([0.0, 1.0, 1.0]), np.array([0.0, 2.0, 1.5]), bins=2)
    >>> np.histogram2d(np.array([0.0, 1.0, 1.0]), np.array([0.0, 2.0, 1.5]), (1, 2), ((0.0, 1.0), (0.0, 4.0)), True)
    """
    if x.size != y.size:
        raise ValueError("x and y must have the same length.")
    dtype = result_dtype(x, y)
    points_x = as_dtype(x, dtype)
    points_y = as_dtype(y, dtype)
    if isinstance(bins, tuple):
        edges_x = np.edges_along(points_x, bins[0], None if range is None else range[0])
        edges_y = np.edges_along(points_y, bins[1], None if range is None else range[1])
    else:
        edges_x = np.edges_along(points_x, bins, None if range is None else range[0])
        edges_y = np.edges_along(points_y, bins, None if range is None else range[1])
    rows = np.bins_along(points_x, edges_x)
    columns = np.bins_along(points_y, edges_y)
    counts = np.zeros((edges_x.size - 1, edges_y.size - 1))
    for i in np.arange(x.size):
        if 0 <= rows[i] < counts.shape[0] and 0 <= columns[i] < counts.shape[1]:
            counts[rows[i], columns[i]] += 1.0 if weights is None else weights[i]
    if density:
        parts = counts / insert_axis(np.diff(edges_x), 1) / insert_axis(np.diff(edges_y), 0)
        return parts / np.sum(counts), edges_x, edges_y
    return counts, edges_x, edges_y


def histogram_bin_edges(a, bins=10, range: extents = None, weights=None):
    """The edges of the bins of np.histogram.

    >>> np.histogram_bin_edges(np.array([1.0, 2.0, 4.0]), 3)
    """
    counts, edges = np.histogram(a, bins, range, False, weights)
    return edges
