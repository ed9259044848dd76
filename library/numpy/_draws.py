def draws_fill(g: value, draw: value, size: extents, dtype: value, a: value = None, b: value = None, c: value = None):
    """Numbers of a distribution with up to three parameters: one, or an array of them. Parameters that are arrays are broadcast to the size, or give it.

    >>> np.random.rand(3).shape
    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if not is_array(a) and not is_array(b) and not is_array(c):
        if size is None:
            return np.draws_number(np.draws_call(g, draw, a, b, c), dtype)
        out = np.empty(size, dtype)
        flat = np.reshape(out, -1)
        for k in range(flat.size):
            flat[k] = np.draws_call(g, draw, a, b, c)
        return out
    if size is None:
        out = np.empty(np.draws_sum(a, b, c).shape, dtype)
    else:
        out = np.empty(size, dtype)
    flat = np.reshape(out, -1)
    first = np.draws_given(a, out.shape)
    second = np.draws_given(b, out.shape)
    third = np.draws_given(c, out.shape)
    for k in range(flat.size):
        flat[k] = np.draws_call(g, draw, np.draws_at(first, k), np.draws_at(second, k), np.draws_at(third, k))
    return out


def draws_call(g: value, draw: value, a: value, b: value, c: value):
    """A number by the function of a distribution, which takes those of the parameters that there are.

    >>> np.random.normal(1.0, 0.0)
    """
    if a is None:
        return draw(g)
    if b is None:
        return draw(g, a)
    if c is None:
        return draw(g, a, b)
    return draw(g, a, b, c)


def draws_number(x: value, dtype: value):
    """A number as Python's own.

    >>> np.random.rand() < 1
    """
    if dtype == np.int64:
        return int(x)
    if dtype == np.uint64:
        return x
    return float(x)


def draws_sum(a: value, b: value, c: value):
    """The sum of the parameters that there are, which has the shape that they are broadcast to.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if b is None:
        return a
    if c is None:
        return a + b
    return a + b + c


def draws_given(x: value, shape: value):
    """The values of a parameter for each number of a shape, if there is such a parameter.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if x is None:
        return None
    return np.ravel(np.broadcast_to(np.atleast_1d(x), shape))


def draws_at(xs: value, k: value):
    """One of the values of a parameter, if there is such a parameter.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if xs is None:
        return None
    return xs[k]


def draws_extents(d0: value, d1: value, d2: value, d3: value):
    """The extents that are given as a shape, or None without any.

    >>> np.random.rand(2, 3).shape
    """
    if d0 is None:
        return None
    if d1 is None:
        return d0
    if d2 is None:
        return (d0, d1)
    if d3 is None:
        return (d0, d1, d2)
    return (d0, d1, d2, d3)


def draws_items(size: extents):
    """How many items an array of a shape has; 1 for None.

    >>> np.random.choice(1, 3)
    """
    if size is None:
        return 1
    if isinstance(size, tuple):
        count = 1
        for extent in size:
            count *= extent
        return count
    return size


def draws_longer(size: extents, last: value):
    """A shape with one further extent.

    >>> np.random.choice(1, 3)
    """
    if isinstance(size, tuple):
        return size + (last,)
    return (size, last)


def draws_multinomial(g: value, n: value, pvals: value, out: value):
    """Counts of classes, by conditional binomial numbers.

    >>> np.random.multinomial(0, np.array([0.5, 0.5]))
    """
    rest = 1.0
    left = n
    for k in range(len(pvals) - 1):
        count = np.draw_binomial(g, left, pvals[k] / rest)
        out[k] = count
        left -= count
        if left <= 0:
            break
        rest -= pvals[k]
    if left > 0:
        out[len(pvals) - 1] = left


def draws_dirichlet(g: value, alpha: value, out: value):
    """Gamma numbers divided by their sum; of a `Generator` with small parameters the parts of a stick that is broken at beta numbers.

    >>> np.random.dirichlet(np.array([1.0, 2.0])).shape
    """
    if is_kind(g, "Generator"):
        if len(alpha) > 0 and np.max(alpha) < 0.1:
            left = 1.0
            for k in range(len(alpha) - 1):
                rest = np.sum(alpha[k + 1 :][::-1])
                if rest == 0.0 and alpha[k] == 0.0:
                    return
                part = np.draw_beta(g, alpha[k], rest)
                out[k] = left * part
                left *= 1.0 - part
                if rest == 0.0:
                    break
            out[len(alpha) - 1] = left
            return
    total = 0.0
    for k in range(len(alpha)):
        out[k] = np.draw_standard_gamma(g, alpha[k])
        total += out[k]
    inverse = 1.0 / total
    for k in range(len(alpha)):
        out[k] = out[k] * inverse


def draws_out(g: value, draw: value, size: extents, dtype: value, out: value, a: value = None):
    """Numbers of a distribution with up to one parameter, put into an array if there is one.

    >>> np.random.default_rng(1).random(3).shape
    """
    if out is None:
        return np.draws_fill(g, draw, size, dtype, a)
    if out.dtype != dtype:
        raise TypeError("Supplied output array has the wrong type.")
    if size is None:
        out[...] = np.draws_fill(g, draw, out.shape, dtype, a)
    else:
        made = np.draws_fill(g, draw, size, dtype, a)
        if made.shape != out.shape:
            raise ValueError("size must match out.shape when used together")
        out[...] = made
    return out


def draws_shuffle(g: value, x: value, first: value, below: value):
    """Puts a row of numbers into a random order (Fisher and Yates), down to the index of the first one that is exchanged, by a function that gives indices.

    >>> np.random.default_rng(1).permutation(1)
    """
    for k in range(len(x) - 1, first - 1, -1):
        j = below(g, k)
        held = x[k]
        x[k] = x[j]
        x[j] = held


def draws_integers(g: value, low: value, high: value, size: extents, dtype: value, endpoint: value):
    """Integers of [low, high), or with endpoint of [low, high], of a dtype.

    >>> np.random.randint(3, 4, 5)
    """
    if dtype == np.bool_:
        return np.draws_narrow(g, low, high, size, dtype, endpoint, 1, (0, 1), "bool")
    if dtype == np.int8:
        return np.draws_narrow(g, low, high, size, dtype, endpoint, 8, (-128, 127), "int8")
    if dtype == np.uint8:
        return np.draws_narrow(g, low, high, size, dtype, endpoint, 8, (0, 255), "uint8")
    if dtype == np.int16:
        return np.draws_narrow(g, low, high, size, dtype, endpoint, 16, (-32768, 32767), "int16")
    if dtype == np.uint16:
        return np.draws_narrow(g, low, high, size, dtype, endpoint, 16, (0, 65535), "uint16")
    if dtype == np.int32:
        last = np.draws_last(low, high, endpoint, (-2147483648, 2147483647), "int32")
    elif dtype == np.uint32:
        last = np.draws_last(low, high, endpoint, (0, 4294967295), "uint32")
    elif dtype == np.uint64:
        last = np.draws_last(low, high, endpoint, (0, 18446744073709551615), "uint64")
        first = np.draws_as_uint64(low)
        return as_dtype(np.draws_fill(g, np.draw_offset, size, np.uint64, first, np.draws_as_uint64(last) - first), dtype)
    else:
        last = np.draws_last(low, high, endpoint, (-9223372036854775808, 9223372036854775807), "int64")
    first = np.draws_as_uint64(low)
    found = np.draws_fill(g, np.draw_offset, size, np.int64, first, np.draws_as_uint64(last) - first)
    if dtype is int:
        return found
    return as_dtype(found, dtype)


def draws_as_uint64(x: value):
    """Integers as uint64, negative ones in two's complement.

    >>> np.random.randint(3, 4, 5)
    """
    if is_unsigned(x):
        return as_dtype(x, np.uint64)
    return as_dtype(as_dtype(x, np.int64), np.uint64)


def draws_last(low: value, high: value, endpoint: value, limits: value, name: value):
    """The last integers of ranges. Raises ValueError if a range is empty or not between limits.

    >>> np.random.randint(3, 4, 5)
    """
    if endpoint:
        last = high
    else:
        last = high - 1
    if np.any(low < limits[0]):
        raise ValueError(f"low is out of bounds for {name}")
    if np.any(last > limits[1]):
        raise ValueError(f"high is out of bounds for {name}")
    if np.any(low > last):
        if np.any(low != 0):
            if endpoint:
                raise ValueError("low > high")
            raise ValueError("low >= high")
        if endpoint:
            raise ValueError("high < 0")
        raise ValueError("high <= 0")
    return last


def draws_narrow(g: value, low: value, high: value, size: extents, dtype: value, endpoint: value, bits: value, limits: value, name: value):
    """The same for small dtypes, of so many bits of a word of 32 each.

    >>> np.random.randint(1, size=2, dtype=np.uint8)
    """
    last = np.draws_last(low, high, endpoint, limits, name)
    if size is None:
        if is_array(low) or is_array(last):
            out = np.zeros((low + last).shape, np.int64)
        else:
            out = np.zeros(1, np.int64)
    else:
        out = np.zeros(size, np.int64)
    flat = np.reshape(out, -1)
    lows = np.draws_given(low, out.shape)
    lasts = np.draws_given(last, out.shape)
    full = np.uint64((1 << bits) - 1)
    word = np.uint32(0)
    left = 0
    for k in range(flat.size):
        limit = np.uint64(np.int64(lasts[k]) - np.int64(lows[k]))
        mask = np.mask_of(limit)
        found = np.uint64(0)
        while limit > 0:
            if left == 0:
                word = np.bits_word(g)
                left = 32 // bits - 1
            else:
                word >>= bits
                left -= 1
            part = np.uint64(word) & full
            if is_kind(g, "Generator"):
                found = (part * (limit + 1)) >> bits
                if (part * (limit + 1)) & full >= (full - limit) % (limit + 1):
                    break
            else:
                found = part & mask
                if found <= limit:
                    break
        flat[k] = np.int64(lows[k]) + np.int64(found)
    if size is None and not is_array(low) and not is_array(last):
        return as_dtype(out[0], dtype)
    return as_dtype(out, dtype)


def draws_choice(g: value, count: value, size: extents, replace, p, shuffle):
    """Indices below a number, with replacement or without, uniformly or with probabilities.

    >>> np.random.choice(1, 3)
    """
    if p is None:
        if replace:
            return np.draws_fill(g, np.draw_offset, size, np.int64, np.uint64(0), np.uint64(count - 1))
        wanted = np.draws_items(size)
        if wanted > count:
            if is_kind(g, "Generator"):
                raise ValueError("Cannot take a larger sample than population when replace is False")
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        return np.draws_reshaped(np.draws_distinct(g, count, wanted, shuffle), size)
    np.draws_check(g, count, p)
    wanted = np.draws_items(size)
    if replace:
        cdf = np.cumsum(p)
        cdf /= cdf[-1]
        return np.draws_reshaped(np.searchsorted(cdf, np.draws_fill(g, np.bits_double, wanted, np.float64), side="right"), size)
    if np.sum(p > 0.0) < wanted:
        raise ValueError("Fewer non-zero entries in p than size")
    found = np.zeros(wanted, np.int64)
    weights = np.array(p, np.float64)
    done = 0
    while done < wanted:
        drawn = np.draws_fill(g, np.bits_double, wanted - done, np.float64)
        for k in range(done):
            weights[found[k]] = 0.0
        cdf = np.cumsum(weights)
        cdf /= cdf[-1]
        new = np.searchsorted(cdf, drawn, side="right")
        first = done
        for index in new:
            known = False
            for k in range(first, done):
                known = known or found[k] == index
            if not known:
                found[done] = index
                done += 1
    return np.draws_reshaped(found, size)


def draws_check(g: value, count: value, p: value):
    """Raises ValueError unless probabilities fit so many items and have the sum 1.

    >>> np.random.choice(3, 2, p=np.array([0.0, 1.0, 0.0]))
    """
    new = is_kind(g, "Generator")
    if len(p) != count:
        if new:
            raise ValueError("a and p must have same size")
        raise ValueError("'a' and 'p' must have same size")
    if new and np.isnan(np.sum(p)):
        raise ValueError("Probabilities contain NaN")
    if not np.all(p >= 0.0):
        if new:
            raise ValueError("Probabilities are not non-negative")
        raise ValueError("probabilities are not non-negative")
    if np.abs(np.sum(p) - 1.0) > 1.4901161193847656e-08:
        if new:
            raise ValueError("Probabilities do not sum to 1. See Notes section of docstring for more information.")
        raise ValueError("probabilities do not sum to 1")


def draws_reshaped(found: value, size: extents):
    """Numbers in an array of a shape; the first one for None.

    >>> np.random.choice(1, 3)
    """
    if size is None:
        return int(found[0])
    return np.reshape(found, size)


def draws_distinct(g: value, count: value, wanted: value, shuffle: value):
    """Different indices below a number: the end of a permutation, or for few of many Floyd's algorithm (Bentley and Floyd 1987) with a table of what it has
    found.

    >>> np.random.choice(1, 3)
    """
    if not is_kind(g, "Generator"):
        order = np.arange(count)
        np.draws_shuffle(g, order, 1, np.bits_interval)
        return order[:wanted].copy()
    cutoff = 20
    if shuffle:
        cutoff = 50
    if count > 10000 and wanted > count // cutoff:
        order = np.arange(count)
        np.draws_shuffle(g, order, max(count - wanted, 1), np.bits_below)
        return order[count - wanted :].copy()
    out = np.empty(wanted, np.int64)
    mask = np.int64(np.mask_of(np.uint64(1.2 * wanted)))
    table = np.full(mask + 1, -1)
    for k in range(count - wanted, count):
        found = np.bits_below(g, k)
        at = found & mask
        while table[at] != -1 and table[at] != found:
            at = (at + 1) & mask
        if table[at] == found:
            found = k
            at = k & mask
            while table[at] != -1:
                at = (at + 1) & mask
        table[at] = found
        out[k - (count - wanted)] = found
    if shuffle:
        np.draws_shuffle(g, out, 1, np.bits_below)
    return out


def draws_colors(g: value, colors: value, nsample: value, items: value, one_by_one: value, out: value):
    """Counts of colors in a sample: by exchanging items, or by hypergeometric numbers.

    >>> np.random.default_rng(1).multivariate_hypergeometric(np.array([1, 0]), 1)
    """
    total = np.sum(colors)
    wanted = nsample
    if nsample > total // 2:
        wanted = total - nsample
    if one_by_one:
        for k in range(wanted):
            j = k + np.bits_interval(g, total - k - 1)
            held = items[k]
            items[k] = items[j]
            items[j] = held
        for k in range(wanted):
            out[items[k]] += 1
    else:
        rest = total
        left = wanted
        for k in range(len(colors) - 1):
            if left <= 0:
                break
            rest -= colors[k]
            found = np.draw_hypergeometric(g, colors[k], rest, left)
            out[k] = found
            left -= found
        if left > 0:
            out[len(colors) - 1] = left
    if nsample > total // 2:
        out[:] = colors - out
