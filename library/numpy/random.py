def seed(seed: value = None):
    """Seeds the generator that the functions of `np.random` share, MT19937, with an integer or a one-dimensional array of integers; then they give what
    NumPy's give. The generator begins with random bits of the host.

    >>> np.random.seed(1)
    """
    if seed is None:
        static_error("np.random.seed takes a seed here; leave out the call, as the generator begins with random bits of the host")
    if is_array(seed):
        if seed.size == 0:
            raise ValueError("Seed must be non-empty")
    if np.any(seed < 0) or np.any(seed > 4294967295):
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    if is_array(seed):
        np.generator_seed_by_array(0, seed.astype(np.uint32))
    else:
        np.generator_seed(0, seed)


def random_sample(size: extents = None):
    """Numbers of [0, 1): one, or an array of a shape.

    >>> np.random.random_sample((2, 3)).shape
    """
    return np.generator_fill(np.generator_uniform, size, np.float64)


random = random_sample


ranf = random_sample


sample = random_sample


def rand(d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Numbers of [0, 1): one, or an array whose extents, up to four, are given one by one.

    >>> np.random.rand(2, 3).shape
    """
    return np.random.random_sample(np.generator_extents(d0, d1, d2, d3))


def randn(d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Normal numbers of mean 0 and deviation 1: one, or an array whose extents, up to four, are given one by one.

    >>> np.random.randn(2, 3).shape
    """
    return np.random.standard_normal(np.generator_extents(d0, d1, d2, d3))


def standard_normal(size: extents = None):
    """Normal numbers of mean 0 and deviation 1.

    >>> np.random.standard_normal((2, 3)).shape
    """
    return np.generator_fill(np.generator_normal, size, np.float64)


def standard_exponential(size: extents = None):
    """Exponential numbers of mean 1.

    >>> np.random.standard_exponential(3).shape
    """
    return np.generator_fill(np.draw_standard_exponential, size, np.float64)


def standard_cauchy(size: extents = None):
    """Numbers with Cauchy's distribution.

    >>> np.random.standard_cauchy(3).shape
    """
    return np.generator_fill(np.draw_standard_cauchy, size, np.float64)


def uniform(low=0.0, high=1.0, size: extents = None):
    """Numbers of [low, high). Parameters may be arrays, here and below; the result then has their shape unless a size is given.

    >>> np.random.uniform(1.0, 2.0, 3).shape
    """
    return np.generator_fill(np.draw_uniform, size, np.float64, low, high)


def normal(loc=0.0, scale=1.0, size: extents = None):
    """Normal numbers of a mean and a deviation. Raises ValueError if a deviation is negative.

    >>> np.random.normal(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_normal, size, np.float64, loc, scale)


def lognormal(mean=0.0, sigma=1.0, size: extents = None):
    """Numbers whose logarithm is normal. Raises ValueError if a deviation is negative.

    >>> np.random.lognormal(0.0, 0.0, 3)
    """
    if np.any(sigma < 0):
        raise ValueError("sigma < 0")
    return np.generator_fill(np.draw_lognormal, size, np.float64, mean, sigma)


def exponential(scale=1.0, size: extents = None):
    """Exponential numbers of a mean. Raises ValueError if it is negative.

    >>> np.random.exponential(0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_exponential, size, np.float64, scale)


def standard_gamma(shape, size: extents = None):
    """Gamma numbers of scale 1. Raises ValueError if a shape is negative.

    >>> np.random.standard_gamma(2.0, 3).shape
    """
    if np.any(shape < 0):
        raise ValueError("shape < 0")
    return np.generator_fill(np.draw_standard_gamma, size, np.float64, shape)


def gamma(shape, scale=1.0, size: extents = None):
    """Gamma numbers. Raises ValueError if a parameter is negative.

    >>> np.random.gamma(2.0, 0.0, 3)
    """
    if np.any(shape < 0):
        raise ValueError("shape < 0")
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_gamma, size, np.float64, shape, scale)


def beta(a, b, size: extents = None):
    """Beta numbers. Raises ValueError if a parameter is not positive.

    >>> np.random.beta(1.0, 2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    if np.any(b <= 0):
        raise ValueError("b <= 0")
    return np.generator_fill(np.draw_beta, size, np.float64, a, b)


def chisquare(df, size: extents = None):
    """Numbers with the chi-square distribution. Raises ValueError if the degrees of freedom are not positive.

    >>> np.random.chisquare(2.0, 3).shape
    """
    if np.any(df <= 0):
        raise ValueError("df <= 0")
    return np.generator_fill(np.draw_chisquare, size, np.float64, df)


def f(dfnum, dfden, size: extents = None):
    """Numbers with Fisher's distribution. Raises ValueError if degrees of freedom are not positive.

    >>> np.random.f(2.0, 3.0, 3).shape
    """
    if np.any(dfnum <= 0):
        raise ValueError("dfnum <= 0")
    if np.any(dfden <= 0):
        raise ValueError("dfden <= 0")
    return np.generator_fill(np.draw_f, size, np.float64, dfnum, dfden)


def standard_t(df, size: extents = None):
    """Numbers with Student's distribution. Raises ValueError if the degrees of freedom are not positive.

    >>> np.random.standard_t(2.0, 3).shape
    """
    if np.any(df <= 0):
        raise ValueError("df <= 0")
    return np.generator_fill(np.draw_standard_t, size, np.float64, df)


def pareto(a, size: extents = None):
    """Numbers with the distribution of Pareto (II). Raises ValueError if the parameter is not positive.

    >>> np.random.pareto(2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    return np.generator_fill(np.draw_pareto, size, np.float64, a)


def weibull(a, size: extents = None):
    """Numbers with Weibull's distribution. Raises ValueError if the parameter is negative.

    >>> np.random.weibull(0.0, 3)
    """
    if np.any(a < 0):
        raise ValueError("a < 0")
    return np.generator_fill(np.draw_weibull, size, np.float64, a)


def power(a, size: extents = None):
    """Numbers of [0, 1] with density a·x^(a − 1). Raises ValueError if the parameter is not positive.

    >>> np.random.power(2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    return np.generator_fill(np.draw_power, size, np.float64, a)


def laplace(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with Laplace's distribution. Raises ValueError if a scale is negative.

    >>> np.random.laplace(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_laplace, size, np.float64, loc, scale)


def gumbel(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with Gumbel's distribution. Raises ValueError if a scale is negative.

    >>> np.random.gumbel(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_gumbel, size, np.float64, loc, scale)


def logistic(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with the logistic distribution. Raises ValueError if a scale is negative.

    >>> np.random.logistic(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_logistic, size, np.float64, loc, scale)


def rayleigh(scale=1.0, size: extents = None):
    """Numbers with Rayleigh's distribution. Raises ValueError if a scale is negative.

    >>> np.random.rayleigh(0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.generator_fill(np.draw_rayleigh, size, np.float64, scale)


def wald(mean, scale, size: extents = None):
    """Numbers with Wald's distribution. Raises ValueError if a parameter is not positive.

    >>> np.random.wald(1.0, 1.0, 3).shape
    """
    if np.any(mean <= 0):
        raise ValueError("mean <= 0")
    if np.any(scale <= 0):
        raise ValueError("scale <= 0")
    return np.generator_fill(np.draw_wald, size, np.float64, mean, scale)


def vonmises(mu, kappa, size: extents = None):
    """Angles with the distribution of von Mises. Raises ValueError if the concentration is negative.

    >>> np.random.vonmises(0.0, 1.0, 3).shape
    """
    if np.any(kappa < 0):
        raise ValueError("kappa < 0")
    return np.generator_fill(np.draw_vonmises, size, np.float64, mu, kappa)


def triangular(left, mode, right, size: extents = None):
    """Numbers whose density is a triangle. Raises ValueError if left, mode and right are not in order, or left is right.

    >>> np.random.triangular(0.0, 1.0, 2.0, 3).shape
    """
    if np.any(left > mode):
        raise ValueError("left > mode")
    if np.any(mode > right):
        raise ValueError("mode > right")
    if np.any(left == right):
        raise ValueError("left == right")
    return np.generator_fill(np.draw_triangular, size, np.float64, left, mode, right)


def poisson(lam=1.0, size: extents = None):
    """Numbers with Poisson's distribution. Raises ValueError if a mean is negative or NaN.

    >>> np.random.poisson(0.0, 3)
    """
    if not np.all(lam >= 0):
        raise ValueError("lam < 0 or lam is NaN")
    return np.generator_fill(np.draw_poisson, size, np.int64, lam)


def binomial(n, p, size: extents = None):
    """Numbers with the binomial distribution. Raises ValueError if n is negative or p not of [0, 1].

    >>> np.random.binomial(3, 1.0, 2)
    """
    if np.any(n < 0):
        raise ValueError("n < 0")
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("p < 0, p > 1 or p is NaN")
    return np.generator_fill(np.draw_binomial, size, np.int64, n, p)


def negative_binomial(n, p, size: extents = None):
    """Numbers with the negative binomial distribution. Raises ValueError if n is not positive or p not of (0, 1].

    >>> np.random.negative_binomial(2.0, 1.0, 3)
    """
    if np.any(n <= 0):
        raise ValueError("n <= 0")
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError("p <= 0, p > 1 or p contains NaNs")
    return np.generator_fill(np.draw_negative_binomial, size, np.int64, n, p)


def geometric(p, size: extents = None):
    """Numbers with the geometric distribution. Raises ValueError if p is not of (0, 1].

    >>> np.random.geometric(1.0, 3)
    """
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError("p <= 0, p > 1 or p contains NaNs")
    return np.generator_fill(np.draw_geometric, size, np.int64, p)


def zipf(a, size: extents = None):
    """Numbers with Zipf's distribution. Raises ValueError if the parameter is not above 1.

    >>> np.random.zipf(2.0, 3).shape
    """
    if not np.all(a > 1):
        raise ValueError("a <= 1 or a is NaN")
    return np.generator_fill(np.draw_zipf, size, np.int64, a)


def logseries(p, size: extents = None):
    """Numbers with the logarithmic distribution. Raises ValueError if p is not of [0, 1).

    >>> np.random.logseries(0.5, 3).shape
    """
    if not np.all((p >= 0) & (p < 1)):
        raise ValueError("p < 0, p >= 1 or p is NaN")
    return np.generator_fill(np.draw_logseries, size, np.int64, p)


def randint(low, high=None, size: extents = None, dtype=int):
    """Integers of [low, high), or of [0, low) without high. Raises ValueError if there are none.

    >>> np.random.randint(3, 4, 5)
    >>> np.random.randint(1, size=2, dtype=np.uint8)
    """
    if high is None:
        if np.any(low <= 0):
            raise ValueError("high <= 0")
        return np.random.randint(0, low, size, dtype)
    if np.any(low >= high):
        raise ValueError("low >= high")
    if dtype == np.int8:
        return np.generator_narrow(low, high, size, dtype, 8, (-128, 127), "int8")
    if dtype == np.uint8:
        return np.generator_narrow(low, high, size, dtype, 8, (0, 255), "uint8")
    if dtype == np.int16:
        return np.generator_narrow(low, high, size, dtype, 16, (-32768, 32767), "int16")
    if dtype == np.uint16:
        return np.generator_narrow(low, high, size, dtype, 16, (0, 65535), "uint16")
    if dtype == np.bool_:
        return np.generator_narrow(low, high, size, dtype, 1, (0, 1), "bool")
    if dtype == np.int32:
        np.generator_within(low, high, (-2147483648, 2147483647), "int32")
    if dtype == np.uint32:
        np.generator_within(low, high, (0, 4294967295), "uint32")
    if dtype == np.int64:
        return np.generator_fill(np.draw_integer, size, dtype, low, high)
    return as_dtype(np.generator_fill(np.draw_integer, size, np.int64, low, high), dtype)


def shuffle(x: changed):
    """Puts the items of an array, along its first axis, or of a list into a random order, in place.

    >>> np.random.shuffle(np.zeros(3))
    """
    for k in range(len(x) - 1, 0, -1):
        j = np.generator_below(k)
        # What an index gives of these is a view.
        if is_array(x) and (x.ndim > 1 or is_kind(x, "structured")):
            held = x[k].copy()
            x[k] = x[j]
            x[j] = held
        else:
            item = x[k]
            x[k] = x[j]
            x[j] = item


def permutation(x):
    """The integers from 0 to x in a random order; or a copy of an array with its items, along the first axis, in a random order.

    >>> np.random.permutation(1)
    >>> np.random.permutation(np.zeros((3, 2))).shape
    """
    if not is_array(x):
        out = np.arange(x)
        np.random.shuffle(out)
        return out
    if x.ndim == 1:
        out = x.copy()
        np.random.shuffle(out)
        return out
    order = np.arange(len(x))
    np.random.shuffle(order)
    return x[order]


def choice(a, size: extents = None, replace=True, p=None):
    """Items of an array, or integers from 0 to a number: one, or an array of a shape; with replacement or without, uniformly or with probabilities. Raises
    ValueError if that is not possible.

    >>> np.random.choice(1, 3)
    >>> np.random.choice(np.array([2.5]))
    >>> np.random.choice(3, 2, p=np.array([0.0, 1.0, 0.0]))
    """
    if is_array(a):
        if len(a) == 0:
            raise ValueError("'a' cannot be empty unless no samples are taken")
        if size is None:
            return a[np.generator_choice(len(a), None, replace, p)]
        return a[np.generator_choice(len(a), size, replace, p)]
    if a <= 0:
        raise ValueError("a must be greater than 0 unless no samples are taken")
    return np.generator_choice(a, size, replace, p)


def multinomial(n: value, pvals: vector, size: extents = None):
    """How many of n independent events fall into each class; for a size, an array with one further axis. Raises ValueError if the probabilities have a sum
    above 1.

    >>> np.random.multinomial(3, np.array([1.0, 0.0]))
    """
    if np.sum(pvals[:-1]) > 1.0 + 1e-12:
        raise ValueError("sum(pvals[:-1]) > 1.0")
    if size is None:
        out = np.zeros(len(pvals), np.int64)
        np.generator_multinomial(n, pvals, out)
        return out
    out = np.zeros(np.generator_longer(size, len(pvals)), np.int64)
    rows = np.reshape(out, (-1, len(pvals)))
    for row in rows:
        np.generator_multinomial(n, pvals, row)
    return out


def dirichlet(alpha: vector, size: extents = None):
    """Points of a simplex with Dirichlet's distribution, along a further axis. Raises ValueError if a parameter is not positive.

    >>> np.random.dirichlet(np.array([1.0, 2.0]), 3).shape
    """
    if np.any(alpha <= 0):
        raise ValueError("alpha <= 0")
    if size is None:
        out = np.empty(len(alpha))
        np.generator_dirichlet(alpha, out)
        return out
    out = np.empty(np.generator_longer(size, len(alpha)))
    rows = np.reshape(out, (-1, len(alpha)))
    for row in rows:
        np.generator_dirichlet(alpha, row)
    return out
