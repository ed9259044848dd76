def draw_uniform(low: value, high: value):
    """A number between two, by NumPy's generator.

    >>> np.random.uniform(1.0, 1.0)
    """
    return low + (high - low) * np.generator_double(0)


def draw_normal(loc: value, scale: value):
    """A normal number.

    >>> np.random.normal(1.0, 0.0)
    """
    return loc + scale * np.generator_normal()


def draw_lognormal(mean: value, sigma: value):
    """A number whose logarithm is normal.

    >>> np.random.lognormal(0.0, 0.0)
    """
    return np.exp(mean + sigma * np.generator_normal())


def draw_standard_exponential():
    """An exponential number, by inversion.

    >>> np.random.standard_exponential(3).shape
    """
    return -np.log(1.0 - np.generator_double(0))


def draw_exponential(scale: value):
    """An exponential number.

    >>> np.random.exponential(0.0)
    """
    return scale * np.draw_standard_exponential()


def draw_standard_gamma(shape: value):
    """A gamma number: Marsaglia and Tsang 2000; below 1, Ahrens and Dieter 1974.

    >>> np.random.standard_gamma(0.0)
    """
    shape = np.float64(shape)
    if shape == 1.0:
        return np.draw_standard_exponential()
    if shape == 0.0:
        return 0.0
    if shape < 1.0:
        while True:
            u = np.generator_double(0)
            v = np.draw_standard_exponential()
            if u <= 1.0 - shape:
                x = u ** (1.0 / shape)
                if x <= v:
                    return x
            else:
                y = -np.log((1.0 - u) / shape)
                x = (1.0 - shape + shape * y) ** (1.0 / shape)
                if x <= v + y:
                    return x
    b = shape - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * b)
    while True:
        x = np.generator_normal()
        v = 1.0 + c * x
        while v <= 0.0:
            x = np.generator_normal()
            v = 1.0 + c * x
        v = v * v * v
        u = np.generator_double(0)
        if u < 1.0 - 0.0331 * (x * x) * (x * x):
            return b * v
        if np.log(u) < 0.5 * x * x + b * (1.0 - v + np.log(v)):
            return b * v


def draw_gamma(shape: value, scale: value):
    """A gamma number.

    >>> np.random.gamma(0.0, 1.0)
    """
    return scale * np.draw_standard_gamma(shape)


def draw_beta(a: value, b: value):
    """A beta number: Jöhnk 1964 for small parameters, else of two gamma numbers.

    >>> np.random.beta(1.0, 2.0, 3).shape
    """
    a = np.float64(a)
    b = np.float64(b)
    if a <= 1.0 and b <= 1.0:
        while True:
            u = np.generator_double(0)
            v = np.generator_double(0)
            x = u ** (1.0 / a)
            y = v ** (1.0 / b)
            if x + y <= 1.0 and u + v > 0.0:
                if x + y > 0.0:
                    return x / (x + y)
                log_x = np.log(u) / a
                log_y = np.log(v) / b
                most = max(log_x, log_y)
                log_x -= most
                log_y -= most
                return np.exp(log_x - np.log(np.exp(log_x) + np.exp(log_y)))
    first = np.draw_standard_gamma(a)
    second = np.draw_standard_gamma(b)
    return first / (first + second)


def draw_chisquare(df: value):
    """A number with the chi-square distribution.

    >>> np.random.chisquare(2.0, 3).shape
    """
    return 2.0 * np.draw_standard_gamma(df / 2.0)


def draw_f(dfnum: value, dfden: value):
    """A number with Fisher's distribution.

    >>> np.random.f(2.0, 3.0, 3).shape
    """
    above = np.draw_chisquare(dfnum) * dfden
    return above / (np.draw_chisquare(dfden) * dfnum)


def draw_standard_cauchy():
    """A number with Cauchy's distribution.

    >>> np.random.standard_cauchy(3).shape
    """
    above = np.generator_normal()
    return above / np.generator_normal()


def draw_standard_t(df: value):
    """A number with Student's distribution.

    >>> np.random.standard_t(2.0, 3).shape
    """
    above = np.generator_normal()
    below = np.draw_standard_gamma(df / 2.0)
    return np.sqrt(df / 2.0) * above / np.sqrt(below)


def draw_pareto(a: value):
    """A number with the distribution of Pareto (II).

    >>> np.random.pareto(2.0, 3).shape
    """
    return np.exp(np.draw_standard_exponential() / a) - 1.0


def draw_weibull(a: value):
    """A number with Weibull's distribution.

    >>> np.random.weibull(0.0)
    """
    if a == 0.0:
        return 0.0
    return np.draw_standard_exponential() ** (1.0 / a)


def draw_power(a: value):
    """A number of [0, 1] whose density is a power.

    >>> np.random.power(2.0, 3).shape
    """
    return (1.0 - np.exp(-np.draw_standard_exponential())) ** (1.0 / a)


def draw_laplace(loc: value, scale: value):
    """A number with Laplace's distribution.

    >>> np.random.laplace(1.0, 0.0)
    """
    u = np.generator_double(0)
    while u == 0.0:
        u = np.generator_double(0)
    if u >= 0.5:
        return loc - scale * np.log(2.0 - u - u)
    return loc + scale * np.log(u + u)


def draw_gumbel(loc: value, scale: value):
    """A number with Gumbel's distribution.

    >>> np.random.gumbel(1.0, 0.0)
    """
    u = 1.0 - np.generator_double(0)
    while u == 1.0:
        u = 1.0 - np.generator_double(0)
    return loc - scale * np.log(-np.log(u))


def draw_logistic(loc: value, scale: value):
    """A number with the logistic distribution.

    >>> np.random.logistic(1.0, 0.0)
    """
    u = np.generator_double(0)
    while u == 0.0:
        u = np.generator_double(0)
    return loc + scale * np.log(u / (1.0 - u))


def draw_rayleigh(scale: value):
    """A number with Rayleigh's distribution.

    >>> np.random.rayleigh(0.0)
    """
    return scale * np.sqrt(-2.0 * np.log1p(-np.generator_double(0)))


def draw_triangular(left: value, mode: value, right: value):
    """A number whose density is a triangle.

    >>> np.random.triangular(0.0, 1.0, 2.0, 3).shape
    """
    base = right - left
    before = mode - left
    ratio = before / base
    u = np.generator_double(0)
    if u <= ratio:
        return left + np.sqrt(u * (before * base))
    return right - np.sqrt((1.0 - u) * ((right - mode) * base))


def draw_wald(mean: value, scale: value):
    """A number with Wald's distribution: Michael, Schucany and Haas 1976.

    >>> np.random.wald(1.0, 1.0, 3).shape
    """
    part = mean / (2.0 * scale)
    y = np.generator_normal()
    y = mean * y * y
    x = mean + part * (y - np.sqrt(4.0 * scale * y + y * y))
    u = np.generator_double(0)
    if u <= mean / (mean + x):
        return x
    return mean * mean / x


def draw_vonmises(mu: value, kappa: value):
    """An angle with the distribution of von Mises: Best and Fisher 1979.

    >>> np.random.vonmises(0.0, 1.0, 3).shape
    """
    if kappa < 1e-8:
        return np.pi * (2.0 * np.generator_double(0) - 1.0)
    if kappa < 1e-5:
        s = 1.0 / kappa + kappa
    else:
        r = 1.0 + np.sqrt(1.0 + 4.0 * kappa * kappa)
        rho = (r - np.sqrt(2.0 * r)) / (2.0 * kappa)
        s = (1.0 + rho * rho) / (2.0 * rho)
    w = 0.0
    while True:
        u = np.generator_double(0)
        z = np.cos(np.pi * u)
        w = (1.0 + s * z) / (s + z)
        y = kappa * (s - w)
        v = np.generator_double(0)
        if y * (2.0 - y) - v >= 0.0 or np.log(y / v) + 1.0 - y >= 0.0:
            break
    u = np.generator_double(0)
    result = np.arccos(w)
    if u < 0.5:
        result = -result
    result += mu
    negative = result < 0.0
    mod = np.fmod(np.abs(result) + np.pi, 2.0 * np.pi) - np.pi
    if negative:
        mod *= -1.0
    return mod


def draw_poisson(lam: value):
    """A number with Poisson's distribution: by products of uniform numbers; from 10 on, Hörmann 1993.

    >>> np.random.poisson(0.0)
    """
    lam = np.float64(lam)
    if lam == 0.0:
        return 0
    if lam < 10.0:
        limit = np.exp(-lam)
        count = 0
        product = np.generator_double(0)
        while product > limit:
            count += 1
            product *= np.generator_double(0)
        return count
    log_lam = np.log(lam)
    b = 0.931 + 2.53 * np.sqrt(lam)
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    vr = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = np.generator_double(0) - 0.5
        v = np.generator_double(0)
        us = 0.5 - np.abs(u)
        k = int(np.floor((2.0 * a / us + b) * u + lam + 0.43))
        if us >= 0.07 and v <= vr:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if np.log(v) + np.log(inverse) - np.log(a / (us * us) + b) <= -lam + k * log_lam - kernel("lgamma", k + 1.0):
            return k


def draw_binomial(n: value, p: value):
    """A number with the binomial distribution: by inversion; from a mean of 30 on, Kachitvichyanukul and Schmeiser 1988.

    >>> np.random.binomial(0, 0.5)
    """
    n = int(n)
    p = np.float64(p)
    least = min(p, 1.0 - p)
    if least * n <= 30.0:
        count = np.draw_binomial_inversion(n, least)
    else:
        count = np.draw_binomial_btpe(n, least)
    if p > 0.5:
        return n - count
    return count


def draw_binomial_inversion(n: value, p: value):
    """The same for a small mean and p up to 1/2.

    >>> np.random.binomial(0, 0.5)
    """
    q = 1.0 - p
    first = np.exp(n * np.log(q))
    mean = n * p
    bound = int(min(float(n), mean + 10.0 * np.sqrt(mean * q + 1.0)))
    count = 0
    share = first
    u = np.generator_double(0)
    while u > share:
        count += 1
        if count > bound:
            count = 0
            share = first
            u = np.generator_double(0)
        else:
            u -= share
            share = ((n - count + 1) * p * share) / (count * q)
    return count


def draw_binomial_btpe(n: value, r: value):
    """The same for a large mean and p up to 1/2.

    >>> np.random.binomial(0, 0.5)
    """
    q = 1.0 - r
    fm = n * r + r
    m = int(np.floor(fm))
    p1 = np.floor(2.195 * np.sqrt(n * r * q) - 4.6 * q) + 0.5
    xm = m + 0.5
    xl = xm - p1
    xr = xm + p1
    c = 0.134 + 20.5 / (15.3 + m)
    a = (fm - xl) / (fm - xl * r)
    left = a * (1.0 + a / 2.0)
    a = (xr - fm) / (xr * q)
    right = a * (1.0 + a / 2.0)
    p2 = p1 * (1.0 + 2.0 * c)
    p3 = p2 + c / left
    p4 = p3 + c / right
    nrq = n * r * q
    while True:
        u = np.generator_double(0) * p4
        v = np.generator_double(0)
        if u <= p1:
            return int(np.floor(xm - p1 * v + u))
        if u <= p2:
            x = xl + (u - p1) / c
            v = v * c + 1.0 - np.abs(m - x + 0.5) / p1
            if v > 1.0:
                continue
            y = int(np.floor(x))
        elif u <= p3:
            y = int(np.floor(xl + np.log(v) / left))
            if y < 0 or v == 0.0:
                continue
            v = v * (u - p2) * left
        else:
            y = int(np.floor(xr - np.log(v) / right))
            if y > n or v == 0.0:
                continue
            v = v * (u - p3) * right
        k = abs(y - m)
        if k <= 20 or k >= nrq / 2.0 - 1.0:
            s = r / q
            a = s * (n + 1)
            f = 1.0
            if m < y:
                for i in range(m + 1, y + 1):
                    f *= a / i - s
            elif m > y:
                for i in range(y + 1, m + 1):
                    f /= a / i - s
            if v <= f:
                return y
            continue
        rho = (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5)
        t = -k * k / (2.0 * nrq)
        logarithm = np.log(v)
        if logarithm < t - rho:
            return y
        if logarithm > t + rho:
            continue
        x1 = y + 1.0
        f1 = m + 1.0
        z = n + 1.0 - m
        w = n - y + 1.0
        most = (
            xm * np.log(f1 / x1)
            + (n - m + 0.5) * np.log(z / w)
            + (y - m) * np.log(w * r / (x1 * q))
            + np.draw_binomial_rest(f1)
            + np.draw_binomial_rest(z)
            + np.draw_binomial_rest(x1)
            + np.draw_binomial_rest(w)
        )
        if logarithm <= most:
            return y


def draw_binomial_rest(x: value):
    """The end of Stirling's series.

    >>> np.random.binomial(0, 0.5)
    """
    square = x * x
    return (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square) / x / 166320.0


def draw_negative_binomial(n: value, p: value):
    """A number with the negative binomial distribution.

    >>> np.random.negative_binomial(2.0, 0.5, 3).shape
    """
    return np.draw_poisson(np.draw_standard_gamma(n) * (1.0 - p) / p)


def draw_geometric(p: value):
    """A number with the geometric distribution.

    >>> np.random.geometric(1.0)
    """
    if p >= 0.333333333333333333333333:
        count = 1
        product = np.float64(p)
        total = product
        q = 1.0 - p
        u = np.generator_double(0)
        while u > total:
            product *= q
            total += product
            count += 1
        return count
    return int(np.ceil(np.log(1.0 - np.generator_double(0)) / np.log(1.0 - p)))


def draw_zipf(a: value):
    """A number with Zipf's distribution, by rejection (Devroye 1986).

    >>> np.random.zipf(2.0, 3).shape
    """
    am1 = a - 1.0
    b = 2.0**am1
    while True:
        u = 1.0 - np.generator_double(0)
        v = np.generator_double(0)
        x = np.floor(u ** (-1.0 / am1))
        if x > 9223372036854775807.0 or x < 1.0:
            continue
        t = (1.0 + 1.0 / x) ** am1
        if v * x * (t - 1.0) / (b - 1.0) <= t / b:
            return int(x)


def draw_logseries(p: value):
    """A number with the logarithmic distribution: Kemp 1981.

    >>> np.random.logseries(0.5, 3).shape
    """
    r = np.log1p(-p)
    while True:
        v = np.generator_double(0)
        if v >= p:
            return 1
        u = np.generator_double(0)
        q = -np.expm1(r * u)
        if v <= q * q:
            result = int(np.floor(1.0 + np.log(v) / np.log(q)))
            if result < 1 or v == 0.0:
                continue
            return result
        if v >= q:
            return 1
        return 2


def draw_integer(low: value, high: value):
    """An integer of [low, high).

    >>> np.random.randint(3, 4)
    """
    limit = np.int64(high) - 1 - np.int64(low)
    if limit == 0:
        return np.int64(low)
    if limit < 0:
        raise ValueError("a range of more than 2**63 integers does not fit")
    return np.int64(low) + np.generator_below(limit)
