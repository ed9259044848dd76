def generator_word(which: value):
    """The next 32 bits of a generator, 0 of NumPy or 1 of Python's random: MT19937 (Matsumoto and Nishimura 1998). `generator_words` holds 16
    words that the host has chosen, and then for each generator its 624 words, how many of them are left, and whether it has been seeded.

    >>> np.random.seed(1)
    """
    words = generator_words()
    start = 16 + 626 * which
    left = words[start + 624]
    if left == 0:
        np.generator_refill(which)
        left = np.uint32(624)
    words[start + 624] = left - 1
    y = words[start + 624 - np.int64(left)]
    y ^= y >> 11
    y ^= (y << 7) & np.uint32(0x9D2C5680)
    y ^= (y << 15) & np.uint32(0xEFC60000)
    return y ^ (y >> 18)


def generator_refill(which: value):
    """Makes the next 624 words.

    >>> np.random.seed(1)
    """
    words = generator_words()
    start = 16 + 626 * which
    if words[start + 625] == 0:
        np.generator_seed_by_array(which, words[8 * which : 8 * which + 8])
    key = words[start : start + 624]
    for k in range(227):
        y = (key[k] & np.uint32(0x80000000)) | (key[k + 1] & np.uint32(0x7FFFFFFF))
        key[k] = key[k + 397] ^ (y >> 1) ^ ((np.uint32(0) - (y & 1)) & np.uint32(0x9908B0DF))
    for k in range(227, 623):
        y = (key[k] & np.uint32(0x80000000)) | (key[k + 1] & np.uint32(0x7FFFFFFF))
        key[k] = key[k - 227] ^ (y >> 1) ^ ((np.uint32(0) - (y & 1)) & np.uint32(0x9908B0DF))
    y = (key[623] & np.uint32(0x80000000)) | (key[0] & np.uint32(0x7FFFFFFF))
    key[623] = key[396] ^ (y >> 1) ^ ((np.uint32(0) - (y & 1)) & np.uint32(0x9908B0DF))
    words[start + 624] = 624


def generator_seed(which: value, seed: value):
    """Seeds a generator with a number.

    >>> np.random.seed(1)
    """
    words = generator_words()
    start = 16 + 626 * which
    word = np.uint32(seed)
    for k in range(624):
        words[start + k] = word
        word = (word ^ (word >> 30)) * np.uint32(1812433253) + np.uint32(k + 1)
    words[start + 624] = 0
    words[start + 625] = 1
    generator_floats()[2 * which] = 0.0


def generator_seed_by_array(which: value, seed: value):
    """Seeds a generator with an array of words.

    >>> np.random.seed(1)
    """
    np.generator_seed(which, 19650218)
    words = generator_words()
    start = 16 + 626 * which
    key = words[start : start + 624]
    i = 1
    j = 0
    for _ in range(max(624, len(seed))):
        key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) * np.uint32(1664525))) + seed[j] + np.uint32(j)
        i += 1
        j += 1
        if i >= 624:
            key[0] = key[623]
            i = 1
        if j >= len(seed):
            j = 0
    for _ in range(623):
        key[i] = (key[i] ^ ((key[i - 1] ^ (key[i - 1] >> 30)) * np.uint32(1566083941))) - np.uint32(i)
        i += 1
        if i >= 624:
            key[0] = key[623]
            i = 1
    key[0] = 0x80000000


def generator_double(which: value):
    """A number of [0, 1) with 53 bits.

    >>> np.random.seed(1)
    """
    a = np.generator_word(which) >> 5
    b = np.generator_word(which) >> 6
    return (np.float64(a) * 67108864.0 + np.float64(b)) / 9007199254740992.0


def generator_below(limit: value):
    """An integer of 0 to a limit, which is one of them, by rejection: NumPy's generator.

    >>> np.random.seed(1)
    """
    mask = limit
    mask |= mask >> 1
    mask |= mask >> 2
    mask |= mask >> 4
    mask |= mask >> 8
    mask |= mask >> 16
    mask |= mask >> 32
    if limit <= 0xFFFFFFFF:
        word = np.int64(np.generator_word(0)) & mask
        while word > limit:
            word = np.int64(np.generator_word(0)) & mask
        return word
    word = np.generator_long() & mask
    while word > limit:
        word = np.generator_long() & mask
    return word


def generator_long():
    """64 bits of NumPy's generator, as an int64.

    >>> np.random.seed(1)
    """
    high = np.int64(np.generator_word(0))
    return (high << 32) | np.int64(np.generator_word(0))


def generator_normal():
    """A normal number: Marsaglia's polar method, which makes two and keeps one.

    >>> np.random.seed(1)
    """
    floats = generator_floats()
    if floats[0] != 0.0:
        floats[0] = 0.0
        return floats[1]
    x1 = 0.0
    x2 = 0.0
    r2 = 0.0
    while r2 >= 1.0 or r2 == 0.0:
        x1 = 2.0 * np.generator_double(0) - 1.0
        x2 = 2.0 * np.generator_double(0) - 1.0
        r2 = x1 * x1 + x2 * x2
    f = np.sqrt(-2.0 * np.log(r2) / r2)
    floats[1] = f * x1
    floats[0] = 1.0
    return f * x2


def generator_number(x: value, dtype: value):
    """A number as Python's own.

    >>> np.random.rand() < 1
    """
    if dtype == np.int64:
        return int(x)
    return float(x)


def generator_fill(draw: value, size: extents, dtype: value, a: value = None, b: value = None, c: value = None):
    """Numbers of a distribution with up to three parameters: one, or an array of them. Parameters that are arrays are broadcast to the size, or give it.

    >>> np.random.rand(3).shape
    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if not is_array(a) and not is_array(b) and not is_array(c):
        if size is None:
            return np.generator_number(np.generator_drawn(draw, a, b, c), dtype)
        out = np.empty(size, dtype)
        flat = np.reshape(out, -1)
        for k in range(flat.size):
            flat[k] = np.generator_drawn(draw, a, b, c)
        return out
    if size is None:
        out = np.empty(np.generator_sum(a, b, c).shape, dtype)
    else:
        out = np.empty(size, dtype)
    flat = np.reshape(out, -1)
    first = np.generator_given(a, out.shape)
    second = np.generator_given(b, out.shape)
    third = np.generator_given(c, out.shape)
    for k in range(flat.size):
        flat[k] = np.generator_drawn(draw, np.generator_at(first, k), np.generator_at(second, k), np.generator_at(third, k))
    return out


def generator_extents(d0: value, d1: value, d2: value, d3: value):
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


def generator_drawn(draw: value, a: value, b: value, c: value):
    """A number by the function of a distribution, which takes those of the parameters that there are.

    >>> np.random.normal(1.0, 0.0)
    """
    if a is None:
        return draw()
    if b is None:
        return draw(a)
    if c is None:
        return draw(a, b)
    return draw(a, b, c)


def generator_sum(a: value, b: value, c: value):
    """The sum of the parameters that there are, which has the shape that they are broadcast to.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if b is None:
        return a
    if c is None:
        return a + b
    return a + b + c


def generator_given(x: value, shape: value):
    """The values of a parameter for each number of a shape, if there is such a parameter.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if x is None:
        return None
    return np.ravel(np.broadcast_to(np.atleast_1d(x), shape))


def generator_at(xs: value, k: value):
    """One of the values of a parameter, if there is such a parameter.

    >>> np.random.normal(np.zeros(3), 1.0).shape
    """
    if xs is None:
        return None
    return xs[k]


def generator_uniform():
    """A number of [0, 1) by NumPy's generator.

    >>> np.random.rand(3).shape
    """
    return np.generator_double(0)


def generator_choice(count: value, size: extents, replace, p):
    """Indices below a number: `np.random.choice`.

    >>> np.random.choice(1, 3)
    """
    if p is None:
        if replace:
            return np.generator_fill(np.draw_integer, size, np.int64, 0, count)
        wanted = np.generator_items(size)
        if wanted > count:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        order = np.random.permutation(count)
        if size is None:
            return int(order[0])
        return np.reshape(order[:wanted].copy(), size)
    if len(p) != count:
        raise ValueError("'a' and 'p' must have same size")
    if not np.all(p >= 0.0):
        raise ValueError("probabilities are not non-negative")
    if np.abs(np.sum(p) - 1.0) > 1.4901161193847656e-08:
        raise ValueError("probabilities do not sum to 1")
    wanted = np.generator_items(size)
    if replace:
        cdf = np.cumsum(p)
        cdf /= cdf[-1]
        if size is None:
            return int(np.searchsorted(cdf, np.generator_double(0), side="right"))
        return np.reshape(np.searchsorted(cdf, np.random.random_sample(wanted), side="right"), size)
    if np.sum(p > 0.0) < wanted:
        raise ValueError("Fewer non-zero entries in p than size")
    found = np.zeros(wanted, np.int64)
    weights = np.array(p, np.float64)
    done = 0
    while done < wanted:
        drawn = np.random.random_sample(wanted - done)
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
    if size is None:
        return int(found[0])
    return np.reshape(found, size)


def generator_items(size: extents):
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


def generator_longer(size: extents, last: value):
    """A shape with one further extent.

    >>> np.random.choice(1, 3)
    """
    if isinstance(size, tuple):
        return size + (last,)
    return (size, last)


def generator_multinomial(n: value, pvals: value, out: value):
    """Counts of classes, by conditional binomial numbers.

    >>> np.random.multinomial(0, np.array([0.5, 0.5]))
    """
    rest = 1.0
    left = n
    for k in range(len(pvals) - 1):
        count = np.draw_binomial(left, pvals[k] / rest)
        out[k] = count
        left -= count
        if left <= 0:
            break
        rest -= pvals[k]
    if left > 0:
        out[len(pvals) - 1] = left


def generator_dirichlet(alpha: value, out: value):
    """Gamma numbers divided by their sum.

    >>> np.random.dirichlet(np.array([1.0, 2.0])).shape
    """
    total = 0.0
    for k in range(len(alpha)):
        out[k] = np.draw_standard_gamma(alpha[k])
        total += out[k]
    inverse = 1.0 / total
    for k in range(len(alpha)):
        out[k] = out[k] * inverse


def generator_within(low, high, limits: value, name: value):
    """Raises ValueError unless the integers of [low, high) are between limits.

    >>> np.random.randint(1, size=2, dtype=np.uint8)
    """
    if np.any(low < limits[0]):
        raise ValueError(f"low is out of bounds for {name}")
    if np.any(high - 1 > limits[1]):
        raise ValueError(f"high is out of bounds for {name}")


def generator_narrow(low, high, size: extents, dtype: value, bits: value, limits: value, name: value):
    """Integers of [low, high), of so many bits of the generator's words each.

    >>> np.random.randint(1, size=2, dtype=np.uint8)
    """
    np.generator_within(low, high, limits, name)
    total = np.generator_items(size)
    out = np.empty(total, np.int64)
    lows = np.broadcast_to(np.atleast_1d(low), (total,))
    highs = np.broadcast_to(np.atleast_1d(high), (total,))
    word = np.uint32(0)
    left = 0
    for k in range(total):
        limit = np.int64(highs[k]) - 1 - np.int64(lows[k])
        mask = limit | (limit >> 1)
        mask |= mask >> 2
        mask |= mask >> 4
        mask |= mask >> 8
        found = 0
        while limit > 0:
            if left == 0:
                word = np.generator_word(0)
                left = 32 // bits - 1
            else:
                word >>= bits
                left -= 1
            found = np.int64(word) & mask
            if found <= limit:
                break
        out[k] = lows[k] + found
    if size is None:
        return as_dtype(out[0], dtype)
    return np.reshape(as_dtype(out, dtype), size)
