def bit_generator_of(g: value):
    """The bit generator of what distributions are drawn from. That is a number, 0 for the generator of `np.random` or 1 for that of Python's `random`, or
    a bit generator, a `Generator` or a `RandomState`.

    >>> np.random.default_rng(1).random() < 1
    """
    if is_kind(g, "Generator") or is_kind(g, "RandomState"):
        return g.bit_generator
    return g


def bits_word(g: value):
    """The next 32 bits. Generators of 64 bits make two such numbers at a time, the low one first.

    >>> np.random.default_rng(1).random() < 1
    """
    b = np.bit_generator_of(g)
    if is_kind(b, "int"):
        return np.mt_word(generator_words(), 16 + 626 * b)
    if is_kind(b, "MT19937"):
        return np.mt_word(b.words, 0)
    if b.has_uint32 != 0:
        b.has_uint32 = 0
        return b.uinteger
    both = np.bits_long(b)
    b.has_uint32 = 1
    b.uinteger = np.uint32(both >> 32)
    return np.uint32(both & 0xFFFFFFFF)


def bits_long(g: value):
    """The next 64 bits, as a uint64.

    >>> np.random.default_rng(1).random() < 1
    """
    b = np.bit_generator_of(g)
    if is_kind(b, "PCG64"):
        np.pcg_advance(b, np.uint64(0x2360ED051FC65DA4), np.uint64(0x4385DF649FCCF645))
        return np.rotated_right(b.high ^ b.low, b.high >> 58)
    if is_kind(b, "PCG64DXSM"):
        factor = np.uint64(0xDA942042E4DD58B5)
        x = (b.high ^ (b.high >> 32)) * factor
        x = (x ^ (x >> 48)) * (b.low | 1)
        np.pcg_advance(b, np.uint64(0), factor)
        return x
    if is_kind(b, "SFC64"):
        x = b.a + b.b + b.counter
        b.counter += 1
        b.a = b.b ^ (b.b >> 11)
        b.b = b.c + (b.c << 3)
        b.c = np.rotated_right(b.c, np.uint64(40)) + x
        return x
    if is_kind(b, "Philox"):
        if b.used >= 4:
            np.philox_refill(b.counter, b.key, b.buffer)
            b.used = 0
        b.used += 1
        return b.buffer[b.used - 1]
    high = np.uint64(np.bits_word(b))
    return (high << 32) | np.uint64(np.bits_word(b))


def bits_double(g: value):
    """A number of [0, 1) with 53 bits.

    >>> np.random.default_rng(1).random() < 1
    """
    b = np.bit_generator_of(g)
    if is_kind(b, "int") or is_kind(b, "MT19937"):
        high = np.bits_word(b) >> 5
        low = np.bits_word(b) >> 6
        return (np.float64(high) * 67108864.0 + np.float64(low)) / 9007199254740992.0
    return np.float64(np.int64(np.bits_long(b) >> 11)) * (1.0 / 9007199254740992.0)


def bits_float(g: value):
    """A float32 of [0, 1) with 24 bits.

    >>> np.random.default_rng(1).random(dtype=np.float32) < 1
    """
    return np.float32(np.int32(np.bits_word(g) >> 8)) * np.float32(1.0 / 16777216.0)


def rotated_right(x: value, count: value):
    """A uint64 whose bits are rotated.

    >>> np.random.default_rng(1).random() < 1
    """
    return (x >> count) | (x << ((64 - count) & 63))


def high_product(x: value, y: value):
    """The upper 64 bits of the product of two uint64.

    >>> np.random.default_rng(1).random() < 1
    """
    x0 = x & 0xFFFFFFFF
    x1 = x >> 32
    y0 = y & 0xFFFFFFFF
    y1 = y >> 32
    middle = x1 * y0 + ((x0 * y0) >> 32)
    other = x0 * y1 + (middle & 0xFFFFFFFF)
    return x1 * y1 + (middle >> 32) + (other >> 32)


def pcg_advance(b: value, high: value, low: value):
    """The next state of a PCG generator: O'Neill 2014. The state of 128 bits is multiplied by (high, low), and the increment is added.

    >>> np.random.default_rng(1).random() < 1
    """
    product = b.low * low
    upper = np.high_product(b.low, low) + b.high * low + b.low * high + b.increment_high
    b.low = product + b.increment_low
    b.high = upper + np.uint64(b.low < product)


def philox_refill(counter: value, key: value, buffer: value):
    """Four numbers of Philox4x64-10 for the next counter: Salmon, Moraes, Dror and Shaw 2011.

    >>> np.random.Generator(np.random.Philox(1)).random() < 1
    """
    for k in range(4):
        counter[k] += 1
        if counter[k] != 0:
            break
    k0, k1 = key[0], key[1]
    c0, c1, c2, c3 = counter[0], counter[1], counter[2], counter[3]
    first = np.uint64(0xD2E7470EE14C6C93)
    second = np.uint64(0xCA5A826395121157)
    for _ in range(10):
        h0, h1 = np.high_product(first, c0), np.high_product(second, c2)
        c0, c1, c2, c3 = h1 ^ c1 ^ k0, second * c2, h0 ^ c3 ^ k1, first * c0
        k0 += np.uint64(0x9E3779B97F4A7C15)
        k1 += np.uint64(0xBB67AE8584CAA73B)
    buffer[0], buffer[1], buffer[2], buffer[3] = c0, c1, c2, c3


def mt_word(words: value, start: value):
    """The next 32 bits of MT19937 (Matsumoto and Nishimura 1998), whose state begins at an index: 624 words, how many of them are left, and whether it has
    been seeded.

    >>> np.random.seed(1)
    """
    left = words[start + 624]
    if left == 0:
        np.mt_refill(words, start)
        left = np.uint32(624)
    words[start + 624] = left - 1
    y = words[start + 624 - np.int64(left)]
    y ^= y >> 11
    y ^= (y << 7) & np.uint32(0x9D2C5680)
    y ^= (y << 15) & np.uint32(0xEFC60000)
    return y ^ (y >> 18)


def mt_refill(words: value, start: value):
    """Makes the next 624 words. A state of the module that has not been seeded is seeded with eight words of the host's, which stand at the beginning.

    >>> np.random.seed(1)
    """
    if words[start + 625] == 0:
        which = start // 626
        np.mt_seed_by_array(words, start, words[8 * which : 8 * which + 8])
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


def mt_seed(words: value, start: value, seed: value):
    """Seeds MT19937 with a number.

    >>> np.random.seed(1)
    """
    word = np.uint32(seed)
    for k in range(624):
        words[start + k] = word
        word = (word ^ (word >> 30)) * np.uint32(1812433253) + np.uint32(k + 1)
    words[start + 624] = 0
    words[start + 625] = 1


def mt_seed_by_array(words: value, start: value, seed: value):
    """Seeds MT19937 with an array of words.

    >>> np.random.seed(1)
    """
    np.mt_seed(words, start, 19650218)
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


def bits_seed(g: value, seed: value):
    """Seeds MT19937, the generator of `np.random` or that of a `RandomState`, as `np.random.seed` does, and forgets a normal number that is kept.

    >>> np.random.seed(1)
    """
    if is_array(seed):
        if seed.size == 0:
            raise ValueError("Seed must be non-empty")
    if np.any(seed < 0) or np.any(seed > 4294967295):
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    words = np.mt_words(g)
    start = np.mt_start(g)
    if is_array(seed):
        np.mt_seed_by_array(words, start, seed.astype(np.uint32))
    else:
        np.mt_seed(words, start, seed)
    np.kept_normal(g)[0] = 0.0


def mt_words(g: value):
    """The array in which the state of an MT19937 lies.

    >>> np.random.seed(1)
    """
    b = np.bit_generator_of(g)
    if is_kind(b, "int"):
        return generator_words()
    return b.words


def mt_start(g: value):
    """Where in it the state begins.

    >>> np.random.seed(1)
    """
    if is_kind(g, "int"):
        return 16 + 626 * g
    return 0


def kept_normal(g: value):
    """What is kept of normal numbers that are made two at a time: a number that is not 0 if there is one, and the normal number.

    >>> np.random.seed(1)
    """
    if is_kind(g, "int"):
        return generator_floats()[2 * g : 2 * g + 2]
    return g.kept


def bits_interval(g: value, limit: value):
    """An integer of 0 to a limit, which is one of them, by rejection of what a mask leaves.

    >>> np.random.seed(1)
    """
    limit = np.uint64(limit)
    if limit == 0:
        return 0
    mask = np.mask_of(limit)
    if limit <= 0xFFFFFFFF:
        found = np.uint64(np.bits_word(g)) & mask
        while found > limit:
            found = np.uint64(np.bits_word(g)) & mask
    else:
        found = np.bits_long(g) & mask
        while found > limit:
            found = np.bits_long(g) & mask
    return np.int64(found)


def mask_of(limit: value):
    """The least number of ones alone, in binary, that is not below a uint64.

    >>> np.random.seed(1)
    """
    mask = limit | (limit >> 1)
    mask |= mask >> 2
    mask |= mask >> 4
    mask |= mask >> 8
    mask |= mask >> 16
    return mask | (mask >> 32)


def bits_bounded(g: value, limit: value):
    """A uint64 of 0 to a limit, which is one of them: by multiplication (Lemire 2019), or in the old generators by rejection of what a mask leaves.

    >>> np.random.default_rng(1).integers(1)
    """
    if limit == 0:
        return limit
    if limit == 0xFFFFFFFF:
        return np.uint64(np.bits_word(g))
    if limit == np.uint64(0xFFFFFFFFFFFFFFFF):
        return np.bits_long(g)
    if not is_kind(g, "Generator"):
        return np.uint64(np.bits_interval(g, limit))
    count = limit + 1
    if limit < 0xFFFFFFFF:
        product = np.uint64(np.bits_word(g)) * count
        if product & 0xFFFFFFFF < count:
            least = (0xFFFFFFFF - limit) % count
            while product & 0xFFFFFFFF < least:
                product = np.uint64(np.bits_word(g)) * count
        return product >> 32
    word = np.bits_long(g)
    if word * count < count:
        least = (np.uint64(0xFFFFFFFFFFFFFFFF) - limit) % count
        while word * count < least:
            word = np.bits_long(g)
    return np.high_product(word, count)


def bits_below(g: value, limit: value):
    """An int of 0 to a limit, which is one of them.

    >>> np.random.default_rng(1).permutation(1)
    """
    return np.int64(np.bits_bounded(g, np.uint64(limit)))
