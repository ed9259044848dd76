def seed(a: integer = None):
    """Seeds the generator of the module `random` with an integer; then its functions give what Python's give.

    >>> random.seed(1)
    """
    if a is None:
        static_error("random.seed takes a seed here; leave out the call, as the generator begins with random bits of the host")
    np.mt_seed_by_array(generator_words(), 642, np.entropy_words(abs(a)))
    np.kept_normal(1)[0] = 0.0


def random():
    """A number of [0, 1).

    >>> 0 <= random.random() < 1
    """
    return float(np.bits_double(1))


def uniform(a: value, b: value):
    """A number between two.

    >>> random.uniform(1.0, 1.0)
    """
    return float(a + (b - a) * np.bits_double(1))


def getrandbits(k: value):
    """A non-negative integer of so many bits, up to 63 here.

    >>> random.getrandbits(0)
    """
    if k < 0:
        raise ValueError("number of bits must be non-negative")
    if k > 63:
        raise OverflowError("at most 63 bits fit")
    if k == 0:
        return 0
    if k <= 32:
        return int(np.bits_word(1) >> np.uint32(32 - k))
    low = int(np.bits_word(1))
    return low | (int(np.bits_word(1) >> np.uint32(64 - k)) << 32)


def below(n: value):
    """An integer below a positive number, by rejection.

    >>> random.randrange(1)
    """
    bits = 0
    rest = n
    while rest > 0:
        bits += 1
        rest >>= 1
    found = np.std_random.getrandbits(bits)
    while found >= n:
        found = np.std_random.getrandbits(bits)
    return found


def randrange(start: integer, stop: integer = None, step: integer = 1):
    """An integer of a range. Raises ValueError if it is empty.

    >>> random.randrange(3, 4)
    """
    if stop is None:
        if start <= 0:
            raise ValueError("empty range for randrange()")
        return np.std_random.below(start)
    width = stop - start
    if step == 1:
        if width <= 0:
            raise ValueError("empty range in randrange()")
        return start + np.std_random.below(width)
    if step == 0:
        raise ValueError("zero step for randrange()")
    if step > 0:
        count = (width + step - 1) // step
    else:
        count = (width + step + 1) // step
    if count <= 0:
        raise ValueError("empty range in randrange()")
    return start + step * np.std_random.below(count)


def randint(a: integer, b: integer):
    """An integer of [a, b].

    >>> random.randint(3, 3)
    """
    return np.std_random.randrange(a, b + 1)


def choice(seq: value):
    """An item of a list, a tuple or an array. Raises IndexError if there is none.

    >>> random.choice([2])
    """
    if len(seq) == 0:
        raise IndexError("Cannot choose from an empty sequence")
    return seq[np.std_random.below(len(seq))]


def shuffle(x: changed):
    """Puts the items of a list or an array into a random order, in place.

    >>> random.shuffle([1])
    """
    for k in range(len(x) - 1, 0, -1):
        j = np.std_random.below(k + 1)
        item = x[k]
        x[k] = x[j]
        x[j] = item


def gauss(mu: value = 0.0, sigma: value = 1.0):
    """A normal number: Box and Muller 1958, which makes two and keeps one.

    >>> random.gauss(1.0, 0.0)
    """
    kept = np.kept_normal(1)
    if kept[0] != 0.0:
        kept[0] = 0.0
        return float(mu + kept[1] * sigma)
    angle = np.bits_double(1) * (2.0 * np.pi)
    size = np.sqrt(-2.0 * np.log(1.0 - np.bits_double(1)))
    kept[0] = 1.0
    kept[1] = np.sin(angle) * size
    return float(mu + np.cos(angle) * size * sigma)


def normalvariate(mu: value = 0.0, sigma: value = 1.0):
    """A normal number: Kinderman and Monahan 1977.

    >>> random.normalvariate(1.0, 0.0)
    """
    z = 0.0
    while True:
        first = np.bits_double(1)
        second = 1.0 - np.bits_double(1)
        z = 1.7155277699214135 * (first - 0.5) / second
        if z * z / 4.0 <= -np.log(second):
            break
    return float(mu + z * sigma)


def lognormvariate(mu: value = 0.0, sigma: value = 1.0):
    """A number whose logarithm is normal.

    >>> random.lognormvariate(0.0, 0.0)
    """
    return float(np.exp(np.std_random.normalvariate(mu, sigma)))


def expovariate(lambd: value = 1.0):
    """An exponential number of mean 1 / lambd.

    >>> random.expovariate(1.0) >= 0
    """
    return float(-np.log(1.0 - np.bits_double(1)) / lambd)


def triangular(low: value = 0.0, high: value = 1.0, mode: value = None):
    """A number whose density is a triangle.

    >>> random.triangular(1.0, 1.0)
    """
    u = np.bits_double(1)
    if high == low:
        return float(low)
    if mode is None:
        c = 0.5
    else:
        c = (mode - low) / (high - low)
    if u > c:
        return float(high + (low - high) * np.sqrt((1.0 - u) * (1.0 - c)))
    return float(low + (high - low) * np.sqrt(u * c))


def paretovariate(alpha: value):
    """A number with the distribution of Pareto.

    >>> random.paretovariate(1.0) >= 1
    """
    return float((1.0 - np.bits_double(1)) ** (-1.0 / alpha))


def weibullvariate(alpha: value, beta: value):
    """A number with Weibull's distribution.

    >>> random.weibullvariate(0.0, 1.0)
    """
    return float(alpha * (-np.log(1.0 - np.bits_double(1))) ** (1.0 / beta))


def gammavariate(alpha: value, beta: value):
    """A gamma number: Cheng 1977; below 1, Ahrens and Dieter 1974. Raises ValueError if a parameter is not positive.

    >>> random.gammavariate(1.0, 1.0) >= 0
    """
    if alpha <= 0.0 or beta <= 0.0:
        raise ValueError("gammavariate: alpha and beta must be > 0.0")
    x = 0.0
    if alpha > 1.0:
        root = np.sqrt(2.0 * alpha - 1.0)
        b = alpha - np.log(4.0)
        c = alpha + root
        while True:
            first = np.bits_double(1)
            if not 1e-7 < first < 0.9999999:
                continue
            second = 1.0 - np.bits_double(1)
            v = np.log(first / (1.0 - first)) / root
            x = alpha * np.exp(v)
            z = first * first * second
            r = b + c * v - x
            if r + (1.0 + np.log(4.5)) - 4.5 * z >= 0.0 or r >= np.log(z):
                break
    elif alpha == 1.0:
        x = -np.log(1.0 - np.bits_double(1))
    else:
        b = (np.e + alpha) / np.e
        while True:
            p = b * np.bits_double(1)
            if p <= 1.0:
                x = p ** (1.0 / alpha)
            else:
                x = -np.log((b - p) / alpha)
            u = np.bits_double(1)
            if p > 1.0:
                if u <= x ** (alpha - 1.0):
                    break
            elif u <= np.exp(-x):
                break
    return float(x * beta)


def betavariate(alpha: value, beta: value):
    """A beta number, of two gamma numbers.

    >>> 0 <= random.betavariate(1.0, 1.0) <= 1
    """
    first = np.std_random.gammavariate(alpha, 1.0)
    if first == 0.0:
        return 0.0
    return float(first / (first + np.std_random.gammavariate(beta, 1.0)))


def vonmisesvariate(mu: value, kappa: value):
    """An angle with the distribution of von Mises: Best and Fisher 1979.

    >>> 0 <= random.vonmisesvariate(0.0, 1.0) < 7
    """
    if kappa <= 1e-6:
        return float(2.0 * np.pi * np.bits_double(1))
    s = 0.5 / kappa
    r = s + np.sqrt(1.0 + s * s)
    z = 0.0
    while True:
        z = np.cos(np.pi * np.bits_double(1))
        d = z / (r + z)
        u = np.bits_double(1)
        if u < 1.0 - d * d or u <= (1.0 - d) * np.exp(d):
            break
    q = 1.0 / r
    angle = np.arccos((q + z) / (1.0 + q * z))
    if np.bits_double(1) > 0.5:
        return float((mu + angle) % (2.0 * np.pi))
    return float((mu - angle) % (2.0 * np.pi))


def sample(population: value, k: integer):
    """A list of k different items of a list. Raises ValueError if there are not so many.

    >>> random.sample([2], 1)
    """
    n = len(population)
    if k < 0 or k > n:
        raise ValueError("Sample larger than population or is negative")
    most = 21
    if k > 5:
        most += 4 ** int(np.ceil(np.log(k * 3.0) / np.log(4.0)))
    order = np.arange(n)
    taken = np.zeros(n, np.bool_)
    picked = np.zeros(k, np.int64)
    for i in range(k):
        if n <= most:
            j = np.std_random.below(n - i)
            picked[i] = order[j]
            order[j] = order[n - i - 1]
        else:
            j = np.std_random.below(n)
            while taken[j]:
                j = np.std_random.below(n)
            taken[j] = True
            picked[i] = j
    return np.std_random.taken(population, picked)


def choices(population: value, weights=None, *, cum_weights=None, k: integer = 1):
    """A list of k items of a list, with replacement, as probable as weights or sums of weights say. Raises ValueError if the weights do not serve.

    >>> random.choices([2], k=3)
    """
    n = len(population)
    if weights is None and cum_weights is None:
        picked = np.zeros(k, np.int64)
        for i in range(k):
            picked[i] = int(np.floor(np.bits_double(1) * n))
        return np.std_random.taken(population, picked)
    if weights is None:
        sums = cum_weights
    elif cum_weights is None:
        sums = np.cumsum(weights)
    else:
        static_error("random.choices takes weights or cum_weights; leave out one of them")
    if len(sums) != n:
        raise ValueError("The number of weights does not match the population")
    total = sums[n - 1] + 0.0
    if total <= 0.0:
        raise ValueError("Total of weights must be greater than zero")
    if not np.isfinite(total):
        raise ValueError("Total of weights must be finite")
    picked = np.zeros(k, np.int64)
    for i in range(k):
        picked[i] = np.searchsorted(sums[: n - 1], np.bits_double(1) * total, side="right")
    return np.std_random.taken(population, picked)


def taken(population: value, picked: value):
    """A list of the items of a list at indices.

    >>> random.sample([2], 1)
    """
    out = list_like(population)
    for k in picked:
        out.append(population[k])
    return out
