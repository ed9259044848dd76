def seed(seed: value = None):
    """Seeds the generator that the functions of `np.random` share, MT19937, with an integer or a one-dimensional array of integers; then they give what
    NumPy's give. The generator begins with random bits of the host.

    >>> np.random.seed(1)
    """
    if seed is None:
        static_error("np.random.seed takes a seed here; leave out the call, as the generator begins with random bits of the host")
    np.bits_seed(0, seed)


def random_sample(size: extents = None):
    """Numbers of [0, 1): one, or an array of a shape.

    >>> np.random.random_sample((2, 3)).shape
    """
    return np.randomstate_random_sample(0, size)


random = random_sample


ranf = random_sample


sample = random_sample


def rand(d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Numbers of [0, 1): one, or an array whose extents, up to four, are given one by one.

    >>> np.random.rand(2, 3).shape
    """
    return np.randomstate_rand(0, d0, d1, d2, d3)


def randn(d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Normal numbers of mean 0 and deviation 1: one, or an array whose extents, up to four, are given one by one.

    >>> np.random.randn(2, 3).shape
    """
    return np.randomstate_randn(0, d0, d1, d2, d3)


def standard_normal(size: extents = None):
    """Normal numbers of mean 0 and deviation 1.

    >>> np.random.standard_normal((2, 3)).shape
    """
    return np.randomstate_standard_normal(0, size)


def standard_exponential(size: extents = None):
    """Exponential numbers of mean 1.

    >>> np.random.standard_exponential(3).shape
    """
    return np.randomstate_standard_exponential(0, size)


def standard_cauchy(size: extents = None):
    """Numbers with Cauchy's distribution.

    >>> np.random.standard_cauchy(3).shape
    """
    return np.generator_standard_cauchy(0, size)


def uniform(low=0.0, high=1.0, size: extents = None):
    """Numbers of [low, high). Parameters may be arrays, here and below; the result then has their shape unless a size is given.

    >>> np.random.uniform(1.0, 2.0, 3).shape
    """
    return np.generator_uniform(0, low, high, size)


def normal(loc=0.0, scale=1.0, size: extents = None):
    """Normal numbers of a mean and a deviation. Raises ValueError if a deviation is negative.

    >>> np.random.normal(1.0, 0.0, 3)
    """
    return np.generator_normal(0, loc, scale, size)


def lognormal(mean=0.0, sigma=1.0, size: extents = None):
    """Numbers whose logarithm is normal. Raises ValueError if a deviation is negative.

    >>> np.random.lognormal(0.0, 0.0, 3)
    """
    return np.generator_lognormal(0, mean, sigma, size)


def exponential(scale=1.0, size: extents = None):
    """Exponential numbers of a mean. Raises ValueError if it is negative.

    >>> np.random.exponential(0.0, 3)
    """
    return np.generator_exponential(0, scale, size)


def standard_gamma(shape, size: extents = None):
    """Gamma numbers of scale 1. Raises ValueError if a shape is negative.

    >>> np.random.standard_gamma(2.0, 3).shape
    """
    return np.randomstate_standard_gamma(0, shape, size)


def gamma(shape, scale=1.0, size: extents = None):
    """Gamma numbers. Raises ValueError if a parameter is negative.

    >>> np.random.gamma(2.0, 0.0, 3)
    """
    return np.generator_gamma(0, shape, scale, size)


def beta(a, b, size: extents = None):
    """Beta numbers. Raises ValueError if a parameter is not positive.

    >>> np.random.beta(1.0, 2.0, 3).shape
    """
    return np.generator_beta(0, a, b, size)


def chisquare(df, size: extents = None):
    """Numbers with the chi-square distribution. Raises ValueError if the degrees of freedom are not positive.

    >>> np.random.chisquare(2.0, 3).shape
    """
    return np.generator_chisquare(0, df, size)


def f(dfnum, dfden, size: extents = None):
    """Numbers with Fisher's distribution. Raises ValueError if degrees of freedom are not positive.

    >>> np.random.f(2.0, 3.0, 3).shape
    """
    return np.generator_f(0, dfnum, dfden, size)


def standard_t(df, size: extents = None):
    """Numbers with Student's distribution. Raises ValueError if the degrees of freedom are not positive.

    >>> np.random.standard_t(2.0, 3).shape
    """
    return np.generator_standard_t(0, df, size)


def pareto(a, size: extents = None):
    """Numbers with the distribution of Pareto (II). Raises ValueError if the parameter is not positive.

    >>> np.random.pareto(2.0, 3).shape
    """
    return np.generator_pareto(0, a, size)


def weibull(a, size: extents = None):
    """Numbers with Weibull's distribution. Raises ValueError if the parameter is negative.

    >>> np.random.weibull(0.0, 3)
    """
    return np.generator_weibull(0, a, size)


def power(a, size: extents = None):
    """Numbers of [0, 1] with density a·x^(a − 1). Raises ValueError if the parameter is not positive.

    >>> np.random.power(2.0, 3).shape
    """
    return np.generator_power(0, a, size)


def laplace(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with Laplace's distribution. Raises ValueError if a scale is negative.

    >>> np.random.laplace(1.0, 0.0, 3)
    """
    return np.generator_laplace(0, loc, scale, size)


def gumbel(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with Gumbel's distribution. Raises ValueError if a scale is negative.

    >>> np.random.gumbel(1.0, 0.0, 3)
    """
    return np.generator_gumbel(0, loc, scale, size)


def logistic(loc=0.0, scale=1.0, size: extents = None):
    """Numbers with the logistic distribution. Raises ValueError if a scale is negative.

    >>> np.random.logistic(1.0, 0.0, 3)
    """
    return np.generator_logistic(0, loc, scale, size)


def rayleigh(scale=1.0, size: extents = None):
    """Numbers with Rayleigh's distribution. Raises ValueError if a scale is negative.

    >>> np.random.rayleigh(0.0, 3)
    """
    return np.generator_rayleigh(0, scale, size)


def wald(mean, scale, size: extents = None):
    """Numbers with Wald's distribution. Raises ValueError if a parameter is not positive.

    >>> np.random.wald(1.0, 1.0, 3).shape
    """
    return np.generator_wald(0, mean, scale, size)


def vonmises(mu, kappa, size: extents = None):
    """Angles with the distribution of von Mises. Raises ValueError if the concentration is negative.

    >>> np.random.vonmises(0.0, 1.0, 3).shape
    """
    return np.generator_vonmises(0, mu, kappa, size)


def triangular(left, mode, right, size: extents = None):
    """Numbers whose density is a triangle. Raises ValueError if left, mode and right are not in order, or left is right.

    >>> np.random.triangular(0.0, 1.0, 2.0, 3).shape
    """
    return np.generator_triangular(0, left, mode, right, size)


def poisson(lam=1.0, size: extents = None):
    """Numbers with Poisson's distribution. Raises ValueError if a mean is negative or NaN.

    >>> np.random.poisson(0.0, 3)
    """
    return np.generator_poisson(0, lam, size)


def binomial(n, p, size: extents = None):
    """Numbers with the binomial distribution. Raises ValueError if n is negative or p not of [0, 1].

    >>> np.random.binomial(3, 1.0, 2)
    """
    return np.generator_binomial(0, n, p, size)


def negative_binomial(n, p, size: extents = None):
    """Numbers with the negative binomial distribution. Raises ValueError if n is not positive or p not of (0, 1].

    >>> np.random.negative_binomial(2.0, 1.0, 3)
    """
    return np.generator_negative_binomial(0, n, p, size)


def geometric(p, size: extents = None):
    """Numbers with the geometric distribution. Raises ValueError if p is not of (0, 1].

    >>> np.random.geometric(1.0, 3)
    """
    return np.generator_geometric(0, p, size)


def zipf(a, size: extents = None):
    """Numbers with Zipf's distribution. Raises ValueError if the parameter is not above 1.

    >>> np.random.zipf(2.0, 3).shape
    """
    return np.generator_zipf(0, a, size)


def logseries(p, size: extents = None):
    """Numbers with the logarithmic distribution. Raises ValueError if p is not of [0, 1).

    >>> np.random.logseries(0.5, 3).shape
    """
    return np.generator_logseries(0, p, size)


def randint(low, high=None, size: extents = None, dtype=int):
    """Integers of [low, high), or of [0, low) without high. Raises ValueError if there are none.

    >>> np.random.randint(3, 4, 5)
    >>> np.random.randint(1, size=2, dtype=np.uint8)
    """
    return np.randomstate_randint(0, low, high, size, dtype)


def shuffle(x: changed):
    """Puts the items of an array, along its first axis, or of a list into a random order, in place.

    >>> np.random.shuffle(np.zeros(3))
    """
    np.randomstate_shuffle(0, x)


def permutation(x):
    """The integers from 0 to x in a random order; or a copy of an array with its items, along the first axis, in a random order.

    >>> np.random.permutation(1)
    >>> np.random.permutation(np.zeros((3, 2))).shape
    """
    return np.randomstate_permutation(0, x)


def choice(a, size: extents = None, replace=True, p=None):
    """Items of an array, or integers from 0 to a number: one, or an array of a shape; with replacement or without, uniformly or with probabilities. Raises
    ValueError if that is not possible.

    >>> np.random.choice(1, 3)
    >>> np.random.choice(np.array([2.5]))
    >>> np.random.choice(3, 2, p=np.array([0.0, 1.0, 0.0]))
    """
    return np.randomstate_choice(0, a, size, replace, p)


def multinomial(n, pvals: vector, size: extents = None):
    """How many of n independent events fall into each class; for a size, an array with one further axis. Raises ValueError if the probabilities have a sum
    above 1.

    >>> np.random.multinomial(3, np.array([1.0, 0.0]))
    """
    return np.generator_multinomial(0, n, pvals, size)


def dirichlet(alpha: vector, size: extents = None):
    """Points of a simplex with Dirichlet's distribution, along a further axis. Raises ValueError if a parameter is not positive.

    >>> np.random.dirichlet(np.array([1.0, 2.0]), 3).shape
    """
    return np.generator_dirichlet(0, alpha, size)


def noncentral_chisquare(df, nonc, size: extents = None):
    """Numbers with the noncentral chi-square distribution. Raises ValueError if the degrees of freedom are not positive, or the other parameter is negative.

    >>> np.random.noncentral_chisquare(2.0, 1.0, 3).shape
    """
    return np.generator_noncentral_chisquare(0, df, nonc, size)


def noncentral_f(dfnum, dfden, nonc, size: extents = None):
    """Numbers with Fisher's noncentral distribution. Raises ValueError if degrees of freedom are not positive, or the other parameter is negative.

    >>> np.random.noncentral_f(2.0, 3.0, 1.0, 3).shape
    """
    return np.generator_noncentral_f(0, dfnum, dfden, nonc, size)


def hypergeometric(ngood, nbad, nsample, size: extents = None):
    """How many of nsample items, taken out of ngood good ones and nbad bad ones, are good. Raises ValueError if a number is negative, or there are not so many.

    >>> np.random.hypergeometric(1, 0, 1, 2)
    """
    return np.generator_hypergeometric(0, ngood, nbad, nsample, size)


def random_integers(low, high=None, size: extents = None):
    """Integers of [low, high], or of [1, low] without high.

    >>> np.random.random_integers(3, 3, 5)
    """
    return np.randomstate_random_integers(0, low, high, size)


def SeedSequence(entropy: value = None, *, spawn_key: value = ()):
    """What generators are seeded with: a hash of integers, up to 127 bits long, or of random bits of the host. Its methods are `generate_state` and `spawn`.

    >>> np.random.SeedSequence(1).generate_state(2)
    """
    return new_record("SeedSequence", np.entropy_words(entropy), np.entropy_words(spawn_key), 0)


def PCG64(seed: value = None):
    """O'Neill's generator PCG XSL RR 128/64, which `default_rng` uses.

    >>> np.random.Generator(np.random.PCG64(1)).random() < 1
    """
    return np.pcg_seeded("PCG64", np.seed_longs(np.seed_sequence(seed), 4))


def PCG64DXSM(seed: value = None):
    """O'Neill's generator PCG CM DXSM 128/64.

    >>> np.random.Generator(np.random.PCG64DXSM(1)).random() < 1
    """
    return np.pcg_seeded("PCG64DXSM", np.seed_longs(np.seed_sequence(seed), 4))


def SFC64(seed: value = None):
    """Doty-Humphrey's generator SFC64.

    >>> np.random.Generator(np.random.SFC64(1)).random() < 1
    """
    words = np.seed_longs(np.seed_sequence(seed), 3)
    b = new_record("SFC64", words[0], words[1], words[2], np.uint64(1), 0, np.uint32(0))
    for _ in range(12):
        np.bits_long(b)
    return b


def Philox(seed: value = None):
    """Salmon's generator Philox4x64-10, which counts.

    >>> np.random.Generator(np.random.Philox(1)).random() < 1
    """
    key = np.seed_longs(np.seed_sequence(seed), 2)
    return new_record("Philox", np.zeros(4, np.uint64), key, np.zeros(4, np.uint64), 4, 0, np.uint32(0))


def MT19937(seed: value = None):
    """The Mersenne twister.

    >>> np.random.Generator(np.random.MT19937(1)).random() < 1
    """
    words = np.empty(626, np.uint32)
    words[:624] = np.seed_state(np.seed_sequence(seed), 624)
    words[0] = 0x80000000
    words[624] = 1
    words[625] = 1
    return new_record("MT19937", words)


def Generator(bit_generator: value):
    """A generator of random numbers from a bit generator, with the methods that NumPy's has.

    >>> np.random.Generator(np.random.PCG64(1)).random() < 1
    """
    return new_record("Generator", bit_generator)


def default_rng(seed: value = None):
    """A generator of random numbers: a `Generator` with `PCG64`, seeded with integers, a `SeedSequence`, or random bits of the host. A `Generator` is given
    back, and a bit generator is wrapped.

    >>> np.random.default_rng(1).random() < 1
    """
    if is_kind(seed, "Generator"):
        return seed
    if is_kind(seed, "BitGenerator"):
        return np.random.Generator(seed)
    return np.random.Generator(np.random.PCG64(seed))


def RandomState(seed: value = None):
    """A generator of random numbers as that of `np.random`, MT19937, or with a bit generator.

    >>> np.random.RandomState(1).rand() < 1
    """
    if is_kind(seed, "BitGenerator"):
        return new_record("RandomState", seed, np.zeros(2))
    if seed is None:
        return new_record("RandomState", np.random.MT19937(), np.zeros(2))
    state = new_record("RandomState", new_record("MT19937", np.empty(626, np.uint32)), np.zeros(2))
    np.bits_seed(state, seed)
    return state
