def generator_random(g: value, size: extents = None, dtype=np.float64, out: value = None):
    """Numbers of [0, 1), also in float32. The methods of `Generator` are these functions, and many are those of `RandomState` too, or make the functions of
    `np.random`, whose generator is 0.

    >>> np.random.default_rng(1).random((2, 3)).shape
    """
    if dtype == np.float32:
        return np.draws_out(g, np.bits_float, size, np.float32, out)
    return np.draws_out(g, np.bits_double, size, np.float64, out)


def generator_standard_normal(g: value, size: extents = None, dtype=np.float64, out: value = None):
    """Normal numbers of mean 0 and deviation 1, also in float32.

    >>> np.random.default_rng(1).standard_normal((2, 3)).shape
    """
    if dtype == np.float32:
        return np.draws_out(g, np.ziggurat_normal_single, size, np.float32, out)
    return np.draws_out(g, np.draw_standard_normal, size, np.float64, out)


def generator_standard_exponential(g: value, size: extents = None, dtype=np.float64, method="zig", out: value = None):
    """Exponential numbers of mean 1, also in float32.

    >>> np.random.default_rng(1).standard_exponential(3).shape
    """
    if method == "inv":
        if dtype == np.float32:
            return np.draws_out(g, np.draw_inverse_exponential_single, size, np.float32, out)
        return np.draws_out(g, np.draw_inverse_exponential, size, np.float64, out)
    if dtype == np.float32:
        return np.draws_out(g, np.ziggurat_exponential_single, size, np.float32, out)
    return np.draws_out(g, np.draw_standard_exponential, size, np.float64, out)


def generator_standard_gamma(g: value, shape, size: extents = None, dtype=np.float64, out: value = None):
    """Gamma numbers of scale 1, also in float32.

    >>> np.random.default_rng(1).standard_gamma(2.0, 3).shape
    """
    if np.any(shape < 0):
        raise ValueError("shape < 0")
    if dtype == np.float32:
        return np.draws_out(g, np.draw_standard_gamma_single, size, np.float32, out, shape)
    return np.draws_out(g, np.draw_standard_gamma, size, np.float64, out, shape)


def generator_standard_cauchy(g: value, size: extents = None):
    """`np.random.standard_cauchy` from a generator.

    >>> np.random.default_rng(1).standard_cauchy(3).shape
    """
    return np.draws_fill(g, np.draw_standard_cauchy, size, np.float64)


def generator_integers(g: value, low, high=None, size: extents = None, dtype=np.int64, endpoint=False):
    """Integers of [low, high), or with endpoint of [low, high]; from 0 on without high.

    >>> np.random.default_rng(1).integers(3, 4, 5)
    >>> np.random.default_rng(1).integers(2, 2, 3, endpoint=True)
    """
    if high is None:
        return np.generator_integers(g, 0, low, size, dtype, endpoint)
    return np.draws_integers(g, low, high, size, dtype, endpoint)


def generator_shuffle(g: value, x: changed, axis=0):
    """Puts the items of an array along an axis, or of a list, into a random order, in place.

    >>> np.random.default_rng(1).shuffle(np.zeros(3))
    """
    if not is_array(x):
        for k in range(len(x) - 1, 0, -1):
            j = np.bits_interval(g, k)
            item = x[k]
            x[k] = x[j]
            x[j] = item
    elif x.ndim == 1 and not is_kind(x, "structured"):
        np.draws_shuffle(g, x, 1, np.bits_interval)
    else:
        # What an index gives of rows and of records is a view.
        rows = np.swapaxes(x, 0, axis) if x.ndim > 1 else x
        for k in range(len(rows) - 1, 0, -1):
            j = np.bits_interval(g, k)
            if j != k:
                held = rows[k].copy()
                rows[k] = rows[j]
                rows[j] = held


def generator_permutation(g: value, x, axis=0):
    """The integers from 0 to x in a random order; or a copy of an array with its items, along an axis, in a random order.

    >>> np.random.default_rng(1).permutation(1)
    >>> np.random.default_rng(1).permutation(np.zeros((3, 2))).shape
    """
    if not is_array(x):
        order = np.arange(x)
        np.draws_shuffle(g, order, 1, np.bits_interval)
        return order
    if x.ndim == 1:
        out = x.copy()
        np.generator_shuffle(g, out)
        return out
    order = np.arange(x.shape[axis])
    np.draws_shuffle(g, order, 1, np.bits_interval)
    return np.take(x, order, axis)


def generator_permuted(g: value, x, axis=None, out: value = None):
    """A copy of an array whose items have a random order: all of them, or along an axis each row for itself.

    >>> np.random.default_rng(1).permuted(np.zeros((2, 3))).shape
    """
    if out is not None:
        out[...] = np.generator_permuted(g, x, axis)
        return out
    made = x.copy()
    if axis is None:
        flat = np.reshape(made, -1)
        np.draws_shuffle(g, flat, 1, np.bits_interval)
        return np.reshape(flat, x.shape)
    lines = np.moveaxis(made, axis, -1)
    flat = np.reshape(lines, (-1, x.shape[axis]))
    for row in flat:
        np.draws_shuffle(g, row, 1, np.bits_interval)
    return np.moveaxis(np.reshape(flat, lines.shape), -1, axis).copy()


def generator_choice(g: value, a, size: extents = None, replace=True, p=None, axis=0, shuffle=True):
    """Items of an array along an axis, or integers from 0 to a number: one, or an array of a shape; with replacement or without, uniformly or with
    probabilities. Raises ValueError if that is not possible.

    >>> np.random.default_rng(1).choice(1, 3)
    >>> np.random.default_rng(1).choice(np.array([2.5]))
    """
    if is_array(a):
        if a.shape[axis] == 0 and np.draws_items(size) > 0:
            raise ValueError("a cannot be empty unless no samples are taken")
        return np.take(a, np.draws_choice(g, a.shape[axis], size, replace, p, shuffle), axis)
    if a <= 0 and np.draws_items(size) > 0:
        raise ValueError("a must be a positive integer unless no samples are taken")
    return np.draws_choice(g, a, size, replace, p, shuffle)


def generator_multinomial(g: value, n, pvals: vector, size: extents = None):
    """How many of n independent events fall into each class, along a further axis; n may be an array. Raises ValueError if the probabilities have a sum above 1.

    >>> np.random.default_rng(1).multinomial(3, np.array([1.0, 0.0]))
    """
    if np.any(n < 0):
        raise ValueError("n < 0")
    if not np.all((pvals >= 0.0) & (pvals <= 1.0)):
        raise ValueError("pvals < 0, pvals > 1 or pvals contains NaNs")
    if np.sum(pvals[:-1]) > 1.0 + 1e-12:
        raise ValueError("sum(pvals[:-1]) > 1.0")
    if is_array(n):
        if size is None:
            return np.generator_multinomial(g, n, pvals, n.shape)
    elif size is None:
        row = np.zeros(len(pvals), np.int64)
        np.draws_multinomial(g, n, pvals, row)
        return row
    out = np.zeros(np.draws_longer(size, len(pvals)), np.int64)
    rows = np.reshape(out, (-1, len(pvals)))
    counts = np.ravel(np.broadcast_to(np.atleast_1d(n), out.shape[:-1]))
    for k in range(len(rows)):
        np.draws_multinomial(g, counts[k], pvals, rows[k])
    return out


def generator_dirichlet(g: value, alpha: vector, size: extents = None):
    """Points of a simplex with Dirichlet's distribution, along a further axis. Raises ValueError if a parameter is negative, or of the old generators 0.

    >>> np.random.default_rng(1).dirichlet(np.array([1.0, 2.0]), 3).shape
    """
    if is_kind(g, "Generator"):
        if np.any(alpha < 0):
            raise ValueError("alpha < 0")
    elif np.any(alpha <= 0):
        raise ValueError("alpha <= 0")
    if size is None:
        row = np.zeros(len(alpha))
        np.draws_dirichlet(g, alpha, row)
        return row
    out = np.zeros(np.draws_longer(size, len(alpha)))
    for row in np.reshape(out, (-1, len(alpha))):
        np.draws_dirichlet(g, alpha, row)
    return out


def generator_multivariate_hypergeometric(g: value, colors: vector, nsample: value, size: extents = None, method="marginals"):
    """How many items of each color are in a sample of a collection, along a further axis.

    >>> np.random.default_rng(1).multivariate_hypergeometric(np.array([1, 0]), 1)
    """
    if np.any(colors < 0):
        raise ValueError("colors must be a one-dimensional sequence of nonnegative integers not exceeding 9223372036854775807.")
    if nsample < 0:
        raise ValueError("nsample must be nonnegative.")
    if nsample > np.sum(colors):
        raise ValueError("nsample > sum(colors)")
    items = np.repeat(np.arange(len(colors)), colors if method == "count" else 0 * colors)
    if size is None:
        row = np.zeros(len(colors), np.int64)
        np.draws_colors(g, colors, nsample, items, method == "count", row)
        return row
    out = np.zeros(np.draws_longer(size, len(colors)), np.int64)
    for row in np.reshape(out, (-1, len(colors))):
        np.draws_colors(g, colors, nsample, items, method == "count", row)
    return out


def generator_uniform(g: value, low=0.0, high=1.0, size: extents = None):
    """`np.random.uniform` from a generator.

    >>> np.random.default_rng(1).uniform(1.0, 2.0, 3).shape
    """
    return np.draws_fill(g, np.draw_uniform, size, np.float64, low, high)


def generator_normal(g: value, loc=0.0, scale=1.0, size: extents = None):
    """`np.random.normal` from a generator.

    >>> np.random.default_rng(1).normal(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_normal, size, np.float64, loc, scale)


def generator_lognormal(g: value, mean=0.0, sigma=1.0, size: extents = None):
    """`np.random.lognormal` from a generator.

    >>> np.random.default_rng(1).lognormal(0.0, 0.0, 3)
    """
    if np.any(sigma < 0):
        raise ValueError("sigma < 0")
    return np.draws_fill(g, np.draw_lognormal, size, np.float64, mean, sigma)


def generator_exponential(g: value, scale=1.0, size: extents = None):
    """`np.random.exponential` from a generator.

    >>> np.random.default_rng(1).exponential(0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_exponential, size, np.float64, scale)


def generator_gamma(g: value, shape, scale=1.0, size: extents = None):
    """`np.random.gamma` from a generator.

    >>> np.random.default_rng(1).gamma(2.0, 0.0, 3)
    """
    if np.any(shape < 0):
        raise ValueError("shape < 0")
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_gamma, size, np.float64, shape, scale)


def generator_beta(g: value, a, b, size: extents = None):
    """`np.random.beta` from a generator.

    >>> np.random.default_rng(1).beta(1.0, 2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    if np.any(b <= 0):
        raise ValueError("b <= 0")
    return np.draws_fill(g, np.draw_beta, size, np.float64, a, b)


def generator_chisquare(g: value, df, size: extents = None):
    """`np.random.chisquare` from a generator.

    >>> np.random.default_rng(1).chisquare(2.0, 3).shape
    """
    if np.any(df <= 0):
        raise ValueError("df <= 0")
    return np.draws_fill(g, np.draw_chisquare, size, np.float64, df)


def generator_f(g: value, dfnum, dfden, size: extents = None):
    """`np.random.f` from a generator.

    >>> np.random.default_rng(1).f(2.0, 3.0, 3).shape
    """
    if np.any(dfnum <= 0):
        raise ValueError("dfnum <= 0")
    if np.any(dfden <= 0):
        raise ValueError("dfden <= 0")
    return np.draws_fill(g, np.draw_f, size, np.float64, dfnum, dfden)


def generator_standard_t(g: value, df, size: extents = None):
    """`np.random.standard_t` from a generator.

    >>> np.random.default_rng(1).standard_t(2.0, 3).shape
    """
    if np.any(df <= 0):
        raise ValueError("df <= 0")
    return np.draws_fill(g, np.draw_standard_t, size, np.float64, df)


def generator_pareto(g: value, a, size: extents = None):
    """`np.random.pareto` from a generator.

    >>> np.random.default_rng(1).pareto(2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    return np.draws_fill(g, np.draw_pareto, size, np.float64, a)


def generator_weibull(g: value, a, size: extents = None):
    """`np.random.weibull` from a generator.

    >>> np.random.default_rng(1).weibull(0.0, 3)
    """
    if np.any(a < 0):
        raise ValueError("a < 0")
    return np.draws_fill(g, np.draw_weibull, size, np.float64, a)


def generator_power(g: value, a, size: extents = None):
    """`np.random.power` from a generator.

    >>> np.random.default_rng(1).power(2.0, 3).shape
    """
    if np.any(a <= 0):
        raise ValueError("a <= 0")
    return np.draws_fill(g, np.draw_power, size, np.float64, a)


def generator_laplace(g: value, loc=0.0, scale=1.0, size: extents = None):
    """`np.random.laplace` from a generator.

    >>> np.random.default_rng(1).laplace(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_laplace, size, np.float64, loc, scale)


def generator_gumbel(g: value, loc=0.0, scale=1.0, size: extents = None):
    """`np.random.gumbel` from a generator.

    >>> np.random.default_rng(1).gumbel(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_gumbel, size, np.float64, loc, scale)


def generator_logistic(g: value, loc=0.0, scale=1.0, size: extents = None):
    """`np.random.logistic` from a generator.

    >>> np.random.default_rng(1).logistic(1.0, 0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_logistic, size, np.float64, loc, scale)


def generator_rayleigh(g: value, scale=1.0, size: extents = None):
    """`np.random.rayleigh` from a generator.

    >>> np.random.default_rng(1).rayleigh(0.0, 3)
    """
    if np.any(scale < 0):
        raise ValueError("scale < 0")
    return np.draws_fill(g, np.draw_rayleigh, size, np.float64, scale)


def generator_wald(g: value, mean, scale, size: extents = None):
    """`np.random.wald` from a generator.

    >>> np.random.default_rng(1).wald(1.0, 1.0, 3).shape
    """
    if np.any(mean <= 0):
        raise ValueError("mean <= 0")
    if np.any(scale <= 0):
        raise ValueError("scale <= 0")
    return np.draws_fill(g, np.draw_wald, size, np.float64, mean, scale)


def generator_vonmises(g: value, mu, kappa, size: extents = None):
    """`np.random.vonmises` from a generator.

    >>> np.random.default_rng(1).vonmises(0.0, 1.0, 3).shape
    """
    if np.any(kappa < 0):
        raise ValueError("kappa < 0")
    return np.draws_fill(g, np.draw_vonmises, size, np.float64, mu, kappa)


def generator_triangular(g: value, left, mode, right, size: extents = None):
    """`np.random.triangular` from a generator.

    >>> np.random.default_rng(1).triangular(0.0, 1.0, 2.0, 3).shape
    """
    if np.any(left > mode):
        raise ValueError("left > mode")
    if np.any(mode > right):
        raise ValueError("mode > right")
    if np.any(left == right):
        raise ValueError("left == right")
    return np.draws_fill(g, np.draw_triangular, size, np.float64, left, mode, right)


def generator_poisson(g: value, lam=1.0, size: extents = None):
    """`np.random.poisson` from a generator.

    >>> np.random.default_rng(1).poisson(0.0, 3)
    """
    if not np.all(lam >= 0):
        raise ValueError("lam < 0 or lam is NaN")
    return np.draws_fill(g, np.draw_poisson, size, np.int64, lam)


def generator_binomial(g: value, n, p, size: extents = None):
    """`np.random.binomial` from a generator.

    >>> np.random.default_rng(1).binomial(3, 1.0, 2)
    """
    if np.any(n < 0):
        raise ValueError("n < 0")
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("p < 0, p > 1 or p is NaN")
    return np.draws_fill(g, np.draw_binomial, size, np.int64, n, p)


def generator_negative_binomial(g: value, n, p, size: extents = None):
    """`np.random.negative_binomial` from a generator.

    >>> np.random.default_rng(1).negative_binomial(2.0, 1.0, 3)
    """
    if np.any(n <= 0):
        raise ValueError("n <= 0")
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError("p <= 0, p > 1 or p contains NaNs")
    return np.draws_fill(g, np.draw_negative_binomial, size, np.int64, n, p)


def generator_geometric(g: value, p, size: extents = None):
    """`np.random.geometric` from a generator.

    >>> np.random.default_rng(1).geometric(1.0, 3)
    """
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError("p <= 0, p > 1 or p contains NaNs")
    return np.draws_fill(g, np.draw_geometric, size, np.int64, p)


def generator_zipf(g: value, a, size: extents = None):
    """`np.random.zipf` from a generator.

    >>> np.random.default_rng(1).zipf(2.0, 3).shape
    """
    if not np.all(a > 1):
        raise ValueError("a <= 1 or a is NaN")
    return np.draws_fill(g, np.draw_zipf, size, np.int64, a)


def generator_logseries(g: value, p, size: extents = None):
    """`np.random.logseries` from a generator.

    >>> np.random.default_rng(1).logseries(0.5, 3).shape
    """
    if not np.all((p >= 0) & (p < 1)):
        raise ValueError("p < 0, p >= 1 or p is NaN")
    return np.draws_fill(g, np.draw_logseries, size, np.int64, p)


def generator_noncentral_chisquare(g: value, df, nonc, size: extents = None):
    """`np.random.noncentral_chisquare` from a generator.

    >>> np.random.default_rng(1).noncentral_chisquare(2.0, 1.0, 3).shape
    """
    if np.any(df <= 0):
        raise ValueError("df <= 0")
    if np.any(nonc < 0):
        raise ValueError("nonc < 0")
    return np.draws_fill(g, np.draw_noncentral_chisquare, size, np.float64, df, nonc)


def generator_noncentral_f(g: value, dfnum, dfden, nonc, size: extents = None):
    """`np.random.noncentral_f` from a generator.

    >>> np.random.default_rng(1).noncentral_f(2.0, 3.0, 1.0, 3).shape
    """
    if np.any(dfnum <= 0):
        raise ValueError("dfnum <= 0")
    if np.any(dfden <= 0):
        raise ValueError("dfden <= 0")
    if np.any(nonc < 0):
        raise ValueError("nonc < 0")
    return np.draws_fill(g, np.draw_noncentral_f, size, np.float64, dfnum, dfden, nonc)


def generator_hypergeometric(g: value, ngood, nbad, nsample, size: extents = None):
    """`np.random.hypergeometric` from a generator.

    >>> np.random.default_rng(1).hypergeometric(1, 0, 1, 2)
    """
    if np.any(ngood < 0):
        raise ValueError("ngood < 0")
    if np.any(nbad < 0):
        raise ValueError("nbad < 0")
    if np.any(nsample < 0):
        raise ValueError("nsample < 0")
    if np.any(ngood + nbad < nsample):
        raise ValueError("ngood + nbad < nsample")
    return np.draws_fill(g, np.draw_hypergeometric, size, np.int64, ngood, nbad, nsample)
