def ziggurat_tables(exponential: value):
    """The tables of the ziggurat for normal or exponential numbers (Marsaglia and Tsang 2000), which are filled when they are first asked for: for each
    of 256 layers the width of a unit, the height, and the limit below which a number of 52 or 53 bits is inside; then the same in float32.

    >>> np.random.default_rng(1).standard_normal(3).shape
    """
    if exponential:
        tables = module_floats("$exponential", 1536)
    else:
        tables = module_floats("$normal", 1536)
    if tables[256] == 0.0:
        if exponential:
            np.ziggurat_fill_exponential(tables)
            np.ziggurat_fill_single(tables, 53)
            # Where NumPy's tables have not the nearest float32.
            tables[994] = 4.4002547383570345e-07
            tables[1152] = 0.18818119168281555
            tables[1178] = 0.1324453353881836
            tables[1195] = 0.10132299363613129
        else:
            np.ziggurat_fill_normal(tables)
            np.ziggurat_fill_single(tables, 52)
    return tables


def ziggurat_fill_normal(tables: value):
    """The layers from the outermost one inwards, as NumPy's have been computed: in double precision.

    >>> np.random.default_rng(1).standard_normal(3).shape
    """
    unit = 1.0 / 4503599627370496.0
    area = 0.004928673233974652
    x = 3.654152885361009
    y = np.exp(-0.5 * x * x)
    tables[0] = area / y * unit
    tables[256] = 1.0
    for k in range(255, 0, -1):
        tables[k] = x * unit
        tables[256 + k] = y
        x = np.sqrt(-2.0 * np.log(area / x + y))
        # Where the logarithms and powers that NumPy's were computed with have a neighbour of ours.
        if k == 25 or k == 44 or k == 97 or k == 116:
            x -= x * 1.1102230246251565e-16
        y = np.exp(-0.5 * x * x)
        if k == 39:
            y += y * 1.1102230246251565e-16
        elif k == 120:
            y -= y * 1.1102230246251565e-16
    tables[512] = np.round(tables[255] / tables[0] / unit)
    for k in range(2, 256):
        tables[512 + k] = np.round(tables[k - 1] / tables[k] / unit)


def ziggurat_fill_exponential(tables: value):
    """The layers from the outermost one inwards, correctly rounded: x and y of the next layer are x + log(1 + v / (x·y)) and y + v / x, where v is the
    area of a layer, in pairs of floats.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    unit = 1.0 / 9007199254740992.0
    area = (0.003949659822581557, 2.0147157867326924e-19)
    x = (7.69711747013105, -3.6248703662417595e-16)
    y = np.pair_quotient(area, np.pair_sum(x, (1.0, 0.0)))
    before = np.pair_quotient(area, y)
    tables[0] = before[0] * unit
    tables[256] = 1.0
    tables[512] = 2.0 * np.pair_floor(np.pair_quotient(x, before), 4503599627370496.0)
    for k in range(255, 0, -1):
        tables[k] = x[0] * unit
        tables[256 + k] = y[0]
        step = np.pair_quotient(area, x)
        inner = np.pair_sum(x, np.pair_log1p(np.pair_quotient(step, y), -1.0))
        y = np.pair_sum(y, step)
        if k > 1:
            tables[512 + k] = 2.0 * np.pair_floor(np.pair_quotient(inner, x), 4503599627370496.0)
        x = inner


def ziggurat_fill_single(tables: value, bits: value):
    """The tables for float32, whose numbers have 23 bits, from those for so many bits.

    >>> np.random.default_rng(1).standard_normal(3, np.float32).shape
    """
    scale = 2.0 ** (bits - 23)
    for k in range(256):
        tables[768 + k] = np.float64(np.float32(tables[k] * scale))
        tables[1024 + k] = np.float64(np.float32(tables[256 + k]))
        tables[1280 + k] = np.round(tables[512 + k] / scale)


def pair_sum(a: value, b: value):
    """The sum of two numbers, each of which is the sum of a float and a much smaller one (Dekker 1971).

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    high = a[0] + b[0]
    part = high - a[0]
    low = (a[0] - (high - part)) + (b[0] - part) + a[1] + b[1]
    total = high + low
    return total, low - (total - high)


def pair_product(a: value, b: value):
    """The product of two such numbers.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    product = a[0] * b[0]
    a_high = np.upper_half(a[0])
    b_high = np.upper_half(b[0])
    a_low = a[0] - a_high
    b_low = b[0] - b_high
    low = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    low += a[0] * b[1] + a[1] * b[0]
    total = product + low
    return total, low - (total - product)


def upper_half(x: value):
    """A float of 26 bits near another one (Veltkamp 1968).

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    scaled = 134217729.0 * x
    return scaled - (scaled - x)


def pair_quotient(a: value, b: value):
    """The quotient of two such numbers, by long division.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    out = (a[0] / b[0], 0.0)
    for _ in range(2):
        rest = np.pair_sum(a, np.pair_product((-out[0], -out[1]), b))
        out = np.pair_sum(out, (rest[0] / b[0], 0.0))
    return out


def pair_log1p(z: value, sign: value):
    """The logarithm of 1 + z, or its negative, for such a z of [0, 2]: the series of 2·artanh(z / (2 + z)).

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    power = np.pair_quotient((sign * z[0], sign * z[1]), np.pair_sum(z, (2.0, 0.0)))
    square = np.pair_product(power, power)
    total = (0.0, 0.0)
    for k in range(1, 100, 2):
        total = np.pair_sum(total, np.pair_quotient(power, (0.5 * k, 0.0)))
        power = np.pair_product(power, square)
    return total


def pair_floor(x: value, scale: value):
    """The integer part of such a number times a power of two.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    high = np.floor(x[0] * scale)
    return high + np.floor(x[0] * scale - high + x[1] * scale)


def ziggurat_normal(g: value):
    """A normal number.

    >>> np.random.default_rng(1).standard_normal(3).shape
    """
    tables = np.ziggurat_tables(False)
    while True:
        word = np.bits_long(g)
        layer = np.int64(word & 255)
        size = np.float64(np.int64((word >> 9) & 0xFFFFFFFFFFFFF))
        x = size * tables[layer]
        if word & 256 != 0:
            x = -x
        if size < tables[512 + layer]:
            return x
        if layer == 0:
            return np.ziggurat_normal_tail(g, (word >> 17) & 1 != 0)
        below = tables[256 + layer]
        if (tables[255 + layer] - below) * np.bits_double(g) + below < np.exp(-0.5 * x * x):
            return x


def ziggurat_normal_tail(g: value, negative: value):
    """A normal number beyond the outermost layer: Marsaglia 1964.

    >>> np.random.default_rng(1).standard_normal(3).shape
    """
    while True:
        x = -0.27366123732975828 * np.log1p(-np.bits_double(g))
        y = -np.log1p(-np.bits_double(g))
        if y + y > x * x:
            x += 3.654152885361009
            if negative:
                return -x
            return x


def ziggurat_exponential(g: value):
    """An exponential number of mean 1.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    tables = np.ziggurat_tables(True)
    while True:
        word = np.bits_long(g) >> 3
        layer = np.int64(word & 255)
        size = np.float64(np.int64(word >> 8))
        x = size * tables[layer]
        if size < tables[512 + layer]:
            return x
        if layer == 0:
            return 7.69711747013105 - np.log1p(-np.bits_double(g))
        below = tables[256 + layer]
        if (tables[255 + layer] - below) * np.bits_double(g) + below < np.exp(-x):
            return x


def ziggurat_normal_single(g: value):
    """A normal number in float32.

    >>> np.random.default_rng(1).standard_normal(3, np.float32).shape
    """
    tables = np.ziggurat_tables(False)
    while True:
        word = np.bits_word(g)
        layer = np.int64(word & 255)
        size = np.float32(np.int32(word >> 9))
        x = size * np.float32(tables[768 + layer])
        if word & 256 != 0:
            x = -x
        if size < np.float32(tables[1280 + layer]):
            return x
        if layer == 0:
            while True:
                x = np.float32(-0.27366123732975828) * np.log1p(-np.bits_float(g))
                y = -np.log1p(-np.bits_float(g))
                if y + y > x * x:
                    x += np.float32(3.654152885361009)
                    if (word >> 17) & 1 != 0:
                        return -x
                    return x
        below = np.float32(tables[1024 + layer])
        if np.float64((np.float32(tables[1023 + layer]) - below) * np.bits_float(g) + below) < np.exp(-0.5 * np.float64(x) * np.float64(x)):
            return x


def ziggurat_exponential_single(g: value):
    """An exponential number of mean 1 in float32.

    >>> np.random.default_rng(1).standard_exponential(3, np.float32).shape
    """
    tables = np.ziggurat_tables(True)
    while True:
        word = np.bits_word(g) >> 1
        layer = np.int64(word & 255)
        size = np.float32(np.int32(word >> 8))
        x = size * np.float32(tables[768 + layer])
        if size < np.float32(tables[1280 + layer]):
            return x
        if layer == 0:
            return np.float32(7.69711747013105) - np.log1p(-np.bits_float(g))
        below = np.float32(tables[1024 + layer])
        if (np.float32(tables[1023 + layer]) - below) * np.bits_float(g) + below < np.exp(-x):
            return x
