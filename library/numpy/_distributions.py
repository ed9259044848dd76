def draw_uniform(g: value, low: value, high: value):
    """A number between two. Distributions are drawn from what `bit_generator_of` describes; where `Generator` has other algorithms than `np.random`, a test says so.

    >>> np.random.uniform(1.0, 1.0)
    """
    return low + (high - low) * np.bits_double(g)


def draw_normal(g: value, loc: value, scale: value):
    """A normal number.

    >>> np.random.normal(1.0, 0.0)
    """
    return loc + scale * np.draw_standard_normal(g)


def draw_lognormal(g: value, mean: value, sigma: value):
    """A number whose logarithm is normal.

    >>> np.random.lognormal(0.0, 0.0)
    """
    return np.exp(mean + sigma * np.draw_standard_normal(g))


def draw_standard_normal(g: value):
    """A normal number of mean 0 and deviation 1: of a `Generator` by the ziggurat, else by Marsaglia's polar method, which makes two and keeps one.

    >>> np.random.standard_normal(3).shape
    """
    if is_kind(g, "Generator"):
        return np.ziggurat_normal(g)
    kept = np.kept_normal(g)
    if kept[0] != 0.0:
        kept[0] = 0.0
        return kept[1]
    x1 = 0.0
    x2 = 0.0
    r2 = 0.0
    while r2 >= 1.0 or r2 == 0.0:
        x1 = 2.0 * np.bits_double(g) - 1.0
        x2 = 2.0 * np.bits_double(g) - 1.0
        r2 = x1 * x1 + x2 * x2
    f = np.sqrt(-2.0 * np.log(r2) / r2)
    kept[1] = f * x1
    kept[0] = 1.0
    return f * x2


def draw_standard_exponential(g: value):
    """An exponential number of mean 1: of a `Generator` by the ziggurat, else by inversion.

    >>> np.random.standard_exponential(3).shape
    """
    if is_kind(g, "Generator"):
        return np.ziggurat_exponential(g)
    return -np.log(1.0 - np.bits_double(g))


def draw_exponential(g: value, scale: value):
    """An exponential number.

    >>> np.random.exponential(0.0)
    """
    return scale * np.draw_standard_exponential(g)


def draw_standard_gamma(g: value, shape: value):
    """A gamma number: Marsaglia and Tsang 2000; below 1, Ahrens and Dieter 1974.

    >>> np.random.standard_gamma(0.0)
    """
    shape = np.float64(shape)
    if shape == 1.0:
        return np.draw_standard_exponential(g)
    if shape == 0.0:
        return 0.0
    if shape < 1.0:
        while True:
            u = np.bits_double(g)
            v = np.draw_standard_exponential(g)
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
        x = np.draw_standard_normal(g)
        v = 1.0 + c * x
        while v <= 0.0:
            x = np.draw_standard_normal(g)
            v = 1.0 + c * x
        v = v * v * v
        u = np.bits_double(g)
        if u < 1.0 - 0.0331 * (x * x) * (x * x):
            return b * v
        if np.log(u) < 0.5 * x * x + b * (1.0 - v + np.log(v)):
            return b * v


def draw_standard_gamma_single(g: value, shape: value):
    """A gamma number in float32.

    >>> np.random.default_rng(1).standard_gamma(2.0, 3, np.float32).shape
    """
    one = np.float32(1.0)
    shape = np.float32(shape)
    if shape == one:
        return np.ziggurat_exponential_single(g)
    if shape == 0.0:
        return np.float32(0.0)
    if shape < one:
        while True:
            u = np.bits_float(g)
            v = np.ziggurat_exponential_single(g)
            if u <= one - shape:
                x = u ** (one / shape)
                if x <= v:
                    return x
            else:
                y = -np.log((one - u) / shape)
                x = (one - shape + shape * y) ** (one / shape)
                if x <= v + y:
                    return x
    b = shape - one / np.float32(3.0)
    c = one / np.sqrt(np.float32(9.0) * b)
    while True:
        x = np.ziggurat_normal_single(g)
        v = one + c * x
        while v <= 0.0:
            x = np.ziggurat_normal_single(g)
            v = one + c * x
        v = v * v * v
        u = np.bits_float(g)
        if u < one - np.float32(0.0331) * (x * x) * (x * x):
            return b * v
        if np.log(u) < np.float32(0.5) * x * x + b * (one - v + np.log(v)):
            return b * v


def draw_gamma(g: value, shape: value, scale: value):
    """A gamma number.

    >>> np.random.gamma(0.0, 1.0)
    """
    return scale * np.draw_standard_gamma(g, shape)


def draw_beta(g: value, a: value, b: value):
    """A beta number: Jöhnk 1964 for small parameters, else of two gamma numbers.

    >>> np.random.beta(1.0, 2.0, 3).shape
    """
    a = np.float64(a)
    b = np.float64(b)
    new = is_kind(g, "Generator")
    if a <= 1.0 and b <= 1.0:
        if new and a < 3e-103 and b < 3e-103:
            return np.float64((a + b) * np.bits_double(g) < a)
        while True:
            u = np.bits_double(g)
            v = np.bits_double(g)
            x = u ** (1.0 / a)
            y = v ** (1.0 / b)
            if x + y <= 1.0 and (not new or u + v > 0.0):
                if x + y > 0.0 and (not new or (x > 0.0 and y > 0.0)):
                    return x / (x + y)
                log_x = np.log(u) / a
                log_y = np.log(v) / b
                most = max(log_x, log_y)
                log_x -= most
                log_y -= most
                return np.exp(log_x - np.log(np.exp(log_x) + np.exp(log_y)))
    first = np.draw_standard_gamma(g, a)
    second = np.draw_standard_gamma(g, b)
    return first / (first + second)


def draw_chisquare(g: value, df: value):
    """A number with the chi-square distribution.

    >>> np.random.chisquare(2.0, 3).shape
    """
    return 2.0 * np.draw_standard_gamma(g, df / 2.0)


def draw_f(g: value, dfnum: value, dfden: value):
    """A number with Fisher's distribution.

    >>> np.random.f(2.0, 3.0, 3).shape
    """
    above = np.draw_chisquare(g, dfnum) * dfden
    return above / (np.draw_chisquare(g, dfden) * dfnum)


def draw_standard_cauchy(g: value):
    """A number with Cauchy's distribution.

    >>> np.random.standard_cauchy(3).shape
    """
    above = np.draw_standard_normal(g)
    return above / np.draw_standard_normal(g)


def draw_standard_t(g: value, df: value):
    """A number with Student's distribution.

    >>> np.random.standard_t(2.0, 3).shape
    """
    above = np.draw_standard_normal(g)
    below = np.draw_standard_gamma(g, df / 2.0)
    return np.sqrt(df / 2.0) * above / np.sqrt(below)


def draw_pareto(g: value, a: value):
    """A number with the distribution of Pareto (II).

    >>> np.random.pareto(2.0, 3).shape
    """
    power = np.draw_standard_exponential(g) / a
    if is_kind(g, "Generator"):
        return np.expm1(power)
    return np.exp(power) - 1.0


def draw_weibull(g: value, a: value):
    """A number with Weibull's distribution.

    >>> np.random.weibull(0.0)
    """
    if a == 0.0:
        return 0.0
    return np.draw_standard_exponential(g) ** (1.0 / a)


def draw_power(g: value, a: value):
    """A number of [0, 1] whose density is a power.

    >>> np.random.power(2.0, 3).shape
    """
    x = -np.draw_standard_exponential(g)
    if is_kind(g, "Generator"):
        return (-np.expm1(x)) ** (1.0 / a)
    return (1.0 - np.exp(x)) ** (1.0 / a)


def draw_laplace(g: value, loc: value, scale: value):
    """A number with Laplace's distribution.

    >>> np.random.laplace(1.0, 0.0)
    """
    u = np.bits_double(g)
    while u == 0.0:
        u = np.bits_double(g)
    if u >= 0.5:
        return loc - scale * np.log(2.0 - u - u)
    return loc + scale * np.log(u + u)


def draw_gumbel(g: value, loc: value, scale: value):
    """A number with Gumbel's distribution.

    >>> np.random.gumbel(1.0, 0.0)
    """
    u = 1.0 - np.bits_double(g)
    while u == 1.0:
        u = 1.0 - np.bits_double(g)
    return loc - scale * np.log(-np.log(u))


def draw_logistic(g: value, loc: value, scale: value):
    """A number with the logistic distribution.

    >>> np.random.logistic(1.0, 0.0)
    """
    u = np.bits_double(g)
    while u == 0.0:
        u = np.bits_double(g)
    return loc + scale * np.log(u / (1.0 - u))


def draw_rayleigh(g: value, scale: value):
    """A number with Rayleigh's distribution.

    >>> np.random.rayleigh(0.0)
    """
    if is_kind(g, "Generator"):
        return scale * np.sqrt(2.0 * np.ziggurat_exponential(g))
    return scale * np.sqrt(-2.0 * np.log1p(-np.bits_double(g)))


def draw_triangular(g: value, left: value, mode: value, right: value):
    """A number whose density is a triangle.

    >>> np.random.triangular(0.0, 1.0, 2.0, 3).shape
    """
    base = right - left
    before = mode - left
    ratio = before / base
    u = np.bits_double(g)
    if u <= ratio:
        return left + np.sqrt(u * (before * base))
    return right - np.sqrt((1.0 - u) * ((right - mode) * base))


def draw_wald(g: value, mean: value, scale: value):
    """A number with Wald's distribution: Michael, Schucany and Haas 1976.

    >>> np.random.wald(1.0, 1.0, 3).shape
    """
    y = np.draw_standard_normal(g)
    y = mean * y * y
    if is_kind(g, "Generator"):
        x = mean * (1.0 - 2.0 / (1.0 + np.sqrt(1.0 + 4.0 * scale / y)))
    else:
        x = mean + mean / (2.0 * scale) * (y - np.sqrt(4.0 * scale * y + y * y))
    u = np.bits_double(g)
    if u <= mean / (mean + x):
        return x
    return mean * mean / x


def draw_vonmises(g: value, mu: value, kappa: value):
    """An angle with the distribution of von Mises: Best and Fisher 1979.

    >>> np.random.vonmises(0.0, 1.0, 3).shape
    """
    if kappa < 1e-8:
        return np.pi * (2.0 * np.bits_double(g) - 1.0)
    if is_kind(g, "Generator") and kappa > 1e6:
        angle = mu + np.sqrt(1.0 / kappa) * np.draw_standard_normal(g)
        if angle < -np.pi:
            return angle + 2.0 * np.pi
        if angle > np.pi:
            return angle - 2.0 * np.pi
        return np.float64(angle)
    if kappa < 1e-5:
        s = 1.0 / kappa + kappa
    else:
        r = 1.0 + np.sqrt(1.0 + 4.0 * kappa * kappa)
        rho = (r - np.sqrt(2.0 * r)) / (2.0 * kappa)
        s = (1.0 + rho * rho) / (2.0 * rho)
    w = 0.0
    while True:
        u = np.bits_double(g)
        z = np.cos(np.pi * u)
        w = (1.0 + s * z) / (s + z)
        y = kappa * (s - w)
        v = np.bits_double(g)
        if y * (2.0 - y) - v >= 0.0 or np.log(y / v) + 1.0 - y >= 0.0:
            break
    u = np.bits_double(g)
    result = np.arccos(w)
    if u < 0.5:
        result = -result
    result += mu
    negative = result < 0.0
    mod = np.fmod(np.abs(result) + np.pi, 2.0 * np.pi) - np.pi
    if negative:
        mod *= -1.0
    return mod


def draw_poisson(g: value, lam: value):
    """A number with Poisson's distribution: by products of uniform numbers; from 10 on, Hörmann 1993.

    >>> np.random.poisson(0.0)
    """
    lam = np.float64(lam)
    if lam == 0.0:
        return 0
    if lam < 10.0:
        limit = np.exp(-lam)
        count = 0
        product = np.bits_double(g)
        while product > limit:
            count += 1
            product *= np.bits_double(g)
        return count
    log_lam = np.log(lam)
    b = 0.931 + 2.53 * np.sqrt(lam)
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    vr = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = np.bits_double(g) - 0.5
        v = np.bits_double(g)
        us = 0.5 - np.abs(u)
        k = int(np.floor((2.0 * a / us + b) * u + lam + 0.43))
        if us >= 0.07 and v <= vr:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if np.log(v) + np.log(inverse) - np.log(a / (us * us) + b) <= -lam + k * log_lam - kernel("lgamma", k + 1.0):
            return k


def draw_binomial(g: value, n: value, p: value):
    """A number with the binomial distribution: by inversion; from a mean of 30 on, Kachitvichyanukul and Schmeiser 1988.

    >>> np.random.binomial(0, 0.5)
    """
    n = int(n)
    p = np.float64(p)
    least = min(p, 1.0 - p)
    if least * n <= 30.0:
        count = np.draw_binomial_inversion(g, n, least)
    else:
        count = np.draw_binomial_btpe(g, n, least)
    if p > 0.5:
        return n - count
    return count


def draw_binomial_inversion(g: value, n: value, p: value):
    """The same for a small mean and p up to 1/2.

    >>> np.random.binomial(0, 0.5)
    """
    q = 1.0 - p
    first = np.exp(n * np.log(q))
    mean = n * p
    bound = int(min(float(n), mean + 10.0 * np.sqrt(mean * q + 1.0)))
    count = 0
    share = first
    u = np.bits_double(g)
    while u > share:
        count += 1
        if count > bound:
            count = 0
            share = first
            u = np.bits_double(g)
        else:
            u -= share
            share = ((n - count + 1) * p * share) / (count * q)
    return count


def draw_binomial_btpe(g: value, n: value, r: value):
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
        u = np.bits_double(g) * p4
        v = np.bits_double(g)
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


def draw_negative_binomial(g: value, n: value, p: value):
    """A number with the negative binomial distribution.

    >>> np.random.negative_binomial(2.0, 0.5, 3).shape
    """
    return np.draw_poisson(g, np.draw_standard_gamma(g, n) * (1.0 - p) / p)


def draw_geometric(g: value, p: value):
    """A number with the geometric distribution.

    >>> np.random.geometric(1.0)
    """
    if p >= 0.333333333333333333333333:
        count = 1
        product = np.float64(p)
        total = product
        q = 1.0 - p
        u = np.bits_double(g)
        while u > total:
            product *= q
            total += product
            count += 1
        return count
    if is_kind(g, "Generator"):
        count = np.ceil(-np.ziggurat_exponential(g) / np.log1p(-p))
        if count >= 9223372036854775807.0:
            return 9223372036854775807
        return int(count)
    return int(np.ceil(np.log(1.0 - np.bits_double(g)) / np.log(1.0 - p)))


def draw_zipf(g: value, a: value):
    """A number with Zipf's distribution, by rejection (Devroye 1986).

    >>> np.random.zipf(2.0, 3).shape
    """
    if is_kind(g, "Generator") and a >= 1025.0:
        return 1
    am1 = a - 1.0
    b = 2.0**am1
    least = 9223372036854775807.0 ** (-am1)
    while True:
        if is_kind(g, "Generator"):
            u = np.bits_double(g)
            u = u * least + (1.0 - u)
        else:
            u = 1.0 - np.bits_double(g)
        v = np.bits_double(g)
        x = np.floor(u ** (-1.0 / am1))
        if x > 9223372036854775807.0 or x < 1.0:
            continue
        t = (1.0 + 1.0 / x) ** am1
        if v * x * (t - 1.0) / (b - 1.0) <= t / b:
            return int(x)


def draw_logseries(g: value, p: value):
    """A number with the logarithmic distribution: Kemp 1981.

    >>> np.random.logseries(0.5, 3).shape
    """
    r = np.log1p(-p)
    while True:
        v = np.bits_double(g)
        if v >= p:
            return 1
        u = np.bits_double(g)
        q = -np.expm1(r * u)
        if v <= q * q:
            result = int(np.floor(1.0 + np.log(v) / np.log(q)))
            if result < 1 or v == 0.0:
                continue
            return result
        if v >= q:
            return 1
        return 2


def draw_noncentral_chisquare(g: value, df: value, nonc: value):
    """A number with the noncentral chi-square distribution.

    >>> np.random.noncentral_chisquare(2.0, 1.0, 3).shape
    """
    if np.isnan(nonc):
        return np.nan
    if nonc == 0.0:
        return np.draw_chisquare(g, df)
    if df > 1.0:
        rest = np.draw_chisquare(g, df - 1.0)
        n = np.draw_standard_normal(g) + np.sqrt(nonc)
        return rest + n * n
    return np.draw_chisquare(g, df + 2.0 * np.draw_poisson(g, nonc / 2.0))


def draw_noncentral_f(g: value, dfnum: value, dfden: value, nonc: value):
    """A number with Fisher's noncentral distribution.

    >>> np.random.noncentral_f(2.0, 3.0, 1.0, 3).shape
    """
    above = np.draw_noncentral_chisquare(g, dfnum, nonc) * dfden
    return above / (np.draw_chisquare(g, dfden) * dfnum)


def draw_hypergeometric(g: value, good: value, bad: value, sample: value):
    """How many of a sample are good: by drawing them one by one; of large samples by the ratio of uniform numbers (Stadlober 1989).

    >>> np.random.hypergeometric(1, 0, 1)
    """
    good = int(good)
    bad = int(bad)
    sample = int(sample)
    if is_kind(g, "Generator"):
        if sample >= 10 and sample <= good + bad - 10:
            return np.draw_hypergeometric_ratio(g, good, bad, sample)
        return np.draw_hypergeometric_each(g, good, bad, sample)
    if sample > 10:
        return np.draw_hypergeometric_ratio(g, good, bad, sample)
    if sample <= 0:
        return 0
    rest = bad + good - sample
    least = float(min(bad, good))
    y = least
    k = sample
    while y > 0.0 and k > 0:
        y -= np.floor(np.bits_double(g) + y / (rest + k))
        k -= 1
    found = int(least - y)
    if good > bad:
        return sample - found
    return found


def draw_hypergeometric_each(g: value, good: value, bad: value, sample: value):
    """The same for small samples, and for those that leave few.

    >>> np.random.default_rng(1).hypergeometric(1, 0, 1)
    """
    total = good + bad
    wanted = sample
    if sample > total // 2:
        wanted = total - sample
    left = good
    rest = total
    while wanted > 0 and left > 0 and rest > left:
        rest -= 1
        if np.bits_interval(g, rest) < left:
            left -= 1
        wanted -= 1
    if rest == left:
        left -= wanted
    if sample > total // 2:
        return left
    return good - left


def draw_hypergeometric_ratio(g: value, good: value, bad: value, sample: value):
    """The same for large samples.

    >>> np.random.default_rng(1).hypergeometric(20, 20, 20) <= 20
    """
    total = good + bad
    least = min(good, bad)
    most = max(good, bad)
    wanted = min(sample, total - sample)
    p = least / total
    if is_kind(g, "Generator"):
        q = most / total
        size = float(total - wanted) * wanted
    else:
        q = 1.0 - p
        size = float(total - wanted) * sample
    a = wanted * p + 0.5
    c = np.sqrt(size * p * q / (total - 1) + 0.5)
    h = 1.7155277699214135 * c + 0.8989161620588988
    m = int(np.floor(float(wanted + 1) * (least + 1) / (total + 2)))
    peak = np.draw_hypergeometric_weight(m, least, wanted, most)
    bound = min(min(wanted, least) + 1.0, np.floor(a + 16.0 * c))
    k = 0
    while True:
        u = np.bits_double(g)
        v = np.bits_double(g)
        x = a + h * (v - 0.5) / u
        if x < 0.0 or x >= bound:
            continue
        k = int(np.floor(x))
        t = peak - np.draw_hypergeometric_weight(k, least, wanted, most)
        if u * (4.0 - u) - 3.0 <= t:
            break
        if u * (u - t) < 1.0 and 2.0 * np.log(u) <= t:
            break
    if good > bad:
        k = wanted - k
    if wanted < sample:
        k = good - k
    return k


def draw_hypergeometric_weight(k: value, least: value, wanted: value, most: value):
    """The logarithm of the part of the probability of k that depends on it, negated.

    >>> np.random.default_rng(1).hypergeometric(20, 20, 20) <= 20
    """
    first = kernel("lgamma", k + 1.0) + kernel("lgamma", least - k + 1.0)
    return first + kernel("lgamma", wanted - k + 1.0) + kernel("lgamma", most - wanted + k + 1.0)


def draw_offset(g: value, low: value, limit: value):
    """An integer of low to low + limit, as its bits in a uint64.

    >>> np.random.randint(3, 4)
    """
    return low + np.bits_bounded(g, limit)


def draw_inverse_exponential(g: value):
    """An exponential number of mean 1, by inversion.

    >>> np.random.default_rng(1).standard_exponential(3, method="inv").shape
    """
    return -np.log1p(-np.bits_double(g))


def draw_inverse_exponential_single(g: value):
    """The same in float32.

    >>> np.random.default_rng(1).standard_exponential(3, np.float32, "inv").shape
    """
    return -np.log1p(-np.bits_float(g))
