def randomstate_seed(g: value, seed: value):
    """Seeds the generator again.

    >>> np.random.RandomState(1).seed(2)
    """
    np.bits_seed(g, seed)


def randomstate_random_sample(g: value, size: extents = None):
    """Numbers of [0, 1). The methods of `RandomState` are these functions, which make those of `np.random` too.

    >>> np.random.RandomState(1).random_sample(3).shape
    """
    return np.draws_fill(g, np.bits_double, size, np.float64)


randomstate_random = randomstate_random_sample


def randomstate_rand(g: value, d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Numbers of [0, 1) in an array of these extents.

    >>> np.random.RandomState(1).rand(2, 3).shape
    """
    return np.randomstate_random_sample(g, np.draws_extents(d0, d1, d2, d3))


def randomstate_randn(g: value, d0: value = None, d1: value = None, d2: value = None, d3: value = None, /):
    """Normal numbers in an array of these extents.

    >>> np.random.RandomState(1).randn(2, 3).shape
    """
    return np.randomstate_standard_normal(g, np.draws_extents(d0, d1, d2, d3))


def randomstate_standard_normal(g: value, size: extents = None):
    """Normal numbers of mean 0 and deviation 1.

    >>> np.random.RandomState(1).standard_normal(3).shape
    """
    return np.draws_fill(g, np.draw_standard_normal, size, np.float64)


def randomstate_standard_exponential(g: value, size: extents = None):
    """Exponential numbers of mean 1.

    >>> np.random.RandomState(1).standard_exponential(3).shape
    """
    return np.draws_fill(g, np.draw_standard_exponential, size, np.float64)


def randomstate_standard_gamma(g: value, shape, size: extents = None):
    """Gamma numbers of scale 1.

    >>> np.random.RandomState(1).standard_gamma(2.0, 3).shape
    """
    return np.generator_standard_gamma(g, shape, size)


def randomstate_randint(g: value, low, high=None, size: extents = None, dtype=int):
    """Integers of [low, high), or of [0, low) without high.

    >>> np.random.RandomState(1).randint(3, 4, 5)
    """
    if high is None:
        return np.draws_integers(g, 0, low, size, dtype, False)
    return np.draws_integers(g, low, high, size, dtype, False)


def randomstate_random_integers(g: value, low, high=None, size: extents = None):
    """Integers of [low, high], or of [1, low] without high.

    >>> np.random.RandomState(1).random_integers(3, 3, 5)
    """
    if high is None:
        return np.draws_integers(g, 1, low, size, int, True)
    return np.draws_integers(g, low, high, size, int, True)


def randomstate_shuffle(g: value, x: changed):
    """Puts the items of an array, along its first axis, or of a list into a random order, in place.

    >>> np.random.RandomState(1).shuffle(np.zeros(3))
    """
    np.generator_shuffle(g, x)


def randomstate_permutation(g: value, x):
    """The integers from 0 to x in a random order; or a copy of an array with its items, along the first axis, in a random order.

    >>> np.random.RandomState(1).permutation(1)
    """
    return np.generator_permutation(g, x)


def randomstate_choice(g: value, a, size: extents = None, replace=True, p=None):
    """Items of an array, or integers from 0 to a number.

    >>> np.random.RandomState(1).choice(1, 3)
    """
    if is_array(a):
        if len(a) == 0:
            raise ValueError("'a' cannot be empty unless no samples are taken")
        if size is None:
            return a[np.draws_choice(g, len(a), None, replace, p, True)]
        return a[np.draws_choice(g, len(a), size, replace, p, True)]
    if a <= 0:
        raise ValueError("a must be greater than 0 unless no samples are taken")
    return np.draws_choice(g, a, size, replace, p, True)


randomstate_standard_cauchy = generator_standard_cauchy


randomstate_multinomial = generator_multinomial


randomstate_dirichlet = generator_dirichlet


randomstate_uniform = generator_uniform


randomstate_normal = generator_normal


randomstate_lognormal = generator_lognormal


randomstate_exponential = generator_exponential


randomstate_gamma = generator_gamma


randomstate_beta = generator_beta


randomstate_chisquare = generator_chisquare


randomstate_f = generator_f


randomstate_standard_t = generator_standard_t


randomstate_pareto = generator_pareto


randomstate_weibull = generator_weibull


randomstate_power = generator_power


randomstate_laplace = generator_laplace


randomstate_gumbel = generator_gumbel


randomstate_logistic = generator_logistic


randomstate_rayleigh = generator_rayleigh


randomstate_wald = generator_wald


randomstate_vonmises = generator_vonmises


randomstate_triangular = generator_triangular


randomstate_poisson = generator_poisson


randomstate_binomial = generator_binomial


randomstate_negative_binomial = generator_negative_binomial


randomstate_geometric = generator_geometric


randomstate_zipf = generator_zipf


randomstate_logseries = generator_logseries


randomstate_noncentral_chisquare = generator_noncentral_chisquare


randomstate_noncentral_f = generator_noncentral_f


randomstate_hypergeometric = generator_hypergeometric
