def root_of_unity(k, n):
    """The cosine and the sine of k n-ths of a full turn, reduced exactly to an eighth of a turn. Used by np.fft.

    >>> np.fft.fft(np.ones(3))
    """
    quarter = (4 * k + n // 2) // n
    angle = (4 * k - quarter * n) * (np.pi / 2) / n
    c = np.cos(angle)
    s = np.sin(angle)
    if quarter % 4 == 1:
        return -s, c
    if quarter % 4 == 2:
        return -c, -s
    if quarter % 4 == 3:
        return s, -c
    return c, s


def roots_of_unity(n, like):
    """The cosines and minus the sines of 0 to n - 1 n-ths of a full turn, each as the product of two exact to the last place. Used by np.fft.

    >>> np.fft.fft(np.ones(3))
    """
    size = int(np.sqrt(float(n))) + 1
    fine_re = np.empty(size)
    fine_im = np.empty(size)
    for j in range(size):
        c, s = np.root_of_unity(j, n)
        fine_re[j] = c
        fine_im[j] = s
    re = np.empty(n, like.dtype)
    im = np.empty(n, like.dtype)
    for start in range(0, n, size):
        c, s = np.root_of_unity(start, n)
        part_re = re[start : start + size]
        part_im = im[start : start + size]
        for j in range(part_re.size):
            part_re[j] = as_like(c * fine_re[j] - s * fine_im[j], like)
            part_im[j] = as_like(-(c * fine_im[j] + s * fine_re[j]), like)
    return re, im


def radix_2(xr, xi, yr, yi, wr, wi, s, first):
    """One pass of the fast Fourier transform: sums of 2 elements, multiplied by roots of unity (T. G. Stockham, High-speed convolution and
    correlation, 1966). A transform becomes 2 of length n / 2; s of them lie interleaved before. Used by np.fft.

    >>> np.fft.fft(np.ones(2))
    """
    m = xr.size // (2 * s)
    step = wr.size // xr.size * s
    a = reshape_to(xr, (2, m, s))
    b = reshape_to(xi, (2, m, s))
    c = reshape_to(yr, (m, 2, s))
    d = reshape_to(yi, (m, 2, s))
    for i in range(1 if first else m):
        for j in range(m if first else s):
            p = j if first else i
            q = i if first else j
            t = p * step
            r0 = a[0, p, q]
            i0 = b[0, p, q]
            r1 = a[1, p, q]
            i1 = b[1, p, q]
            c[p, 0, q] = r0 + r1
            d[p, 0, q] = i0 + i1
            u = r0 - r1
            v = i0 - i1
            f = wr[t]
            g = wi[t]
            c[p, 1, q] = u * f - v * g
            d[p, 1, q] = u * g + v * f


def radix_3(xr, xi, yr, yi, wr, wi, s, first):
    """One pass of the fast Fourier transform: sums of 3 elements, multiplied by roots of unity (T. G. Stockham, High-speed convolution and
    correlation, 1966). A transform becomes 3 of length n / 3; s of them lie interleaved before. Used by np.fft.

    >>> np.fft.fft(np.ones(3))
    """
    half = as_dtype(0.5, xr.dtype)
    root = as_dtype(0.8660254037844386, xr.dtype)
    m = xr.size // (3 * s)
    step = wr.size // xr.size * s
    a = reshape_to(xr, (3, m, s))
    b = reshape_to(xi, (3, m, s))
    c = reshape_to(yr, (m, 3, s))
    d = reshape_to(yi, (m, 3, s))
    for i in range(1 if first else m):
        for j in range(m if first else s):
            p = j if first else i
            q = i if first else j
            t = p * step
            r0 = a[0, p, q]
            i0 = b[0, p, q]
            r1 = a[1, p, q]
            i1 = b[1, p, q]
            r2 = a[2, p, q]
            i2 = b[2, p, q]
            sum_re = r1 + r2
            sum_im = i1 + i2
            mid_re = r0 - half * sum_re
            mid_im = i0 - half * sum_im
            turn_re = root * (i1 - i2)
            turn_im = root * (r2 - r1)
            c[p, 0, q] = r0 + sum_re
            d[p, 0, q] = i0 + sum_im
            u = mid_re + turn_re
            v = mid_im + turn_im
            f = wr[t]
            g = wi[t]
            c[p, 1, q] = u * f - v * g
            d[p, 1, q] = u * g + v * f
            u = mid_re - turn_re
            v = mid_im - turn_im
            f = wr[2 * t]
            g = wi[2 * t]
            c[p, 2, q] = u * f - v * g
            d[p, 2, q] = u * g + v * f


def radix_4(xr, xi, yr, yi, wr, wi, s, first):
    """One pass of the fast Fourier transform: sums of 4 elements, multiplied by roots of unity (T. G. Stockham, High-speed convolution and
    correlation, 1966). A transform becomes 4 of length n / 4; s of them lie interleaved before. Used by np.fft.

    >>> np.fft.fft(np.ones(4))
    """
    m = xr.size // (4 * s)
    step = wr.size // xr.size * s
    a = reshape_to(xr, (4, m, s))
    b = reshape_to(xi, (4, m, s))
    c = reshape_to(yr, (m, 4, s))
    d = reshape_to(yi, (m, 4, s))
    for i in range(1 if first else m):
        for j in range(m if first else s):
            p = j if first else i
            q = i if first else j
            t = p * step
            r0 = a[0, p, q]
            i0 = b[0, p, q]
            r1 = a[1, p, q]
            i1 = b[1, p, q]
            r2 = a[2, p, q]
            i2 = b[2, p, q]
            r3 = a[3, p, q]
            i3 = b[3, p, q]
            even_re = r0 + r2
            even_im = i0 + i2
            odd_re = r1 + r3
            odd_im = i1 + i3
            apart_re = r0 - r2
            apart_im = i0 - i2
            turn_re = i1 - i3
            turn_im = r3 - r1
            c[p, 0, q] = even_re + odd_re
            d[p, 0, q] = even_im + odd_im
            u = apart_re + turn_re
            v = apart_im + turn_im
            f = wr[t]
            g = wi[t]
            c[p, 1, q] = u * f - v * g
            d[p, 1, q] = u * g + v * f
            u = even_re - odd_re
            v = even_im - odd_im
            f = wr[2 * t]
            g = wi[2 * t]
            c[p, 2, q] = u * f - v * g
            d[p, 2, q] = u * g + v * f
            u = apart_re - turn_re
            v = apart_im - turn_im
            f = wr[3 * t]
            g = wi[3 * t]
            c[p, 3, q] = u * f - v * g
            d[p, 3, q] = u * g + v * f


def radix_5(xr, xi, yr, yi, wr, wi, s, first):
    """One pass of the fast Fourier transform: sums of 5 elements, multiplied by roots of unity (T. G. Stockham, High-speed convolution and
    correlation, 1966). A transform becomes 5 of length n / 5; s of them lie interleaved before. Used by np.fft.

    >>> np.fft.fft(np.ones(5))
    """
    c1 = as_dtype(0.30901699437494745, xr.dtype)
    c2 = as_dtype(-0.8090169943749475, xr.dtype)
    s1 = as_dtype(0.9510565162951535, xr.dtype)
    s2 = as_dtype(0.5877852522924731, xr.dtype)
    m = xr.size // (5 * s)
    step = wr.size // xr.size * s
    a = reshape_to(xr, (5, m, s))
    b = reshape_to(xi, (5, m, s))
    c = reshape_to(yr, (m, 5, s))
    d = reshape_to(yi, (m, 5, s))
    for i in range(1 if first else m):
        for j in range(m if first else s):
            p = j if first else i
            q = i if first else j
            t = p * step
            r0 = a[0, p, q]
            i0 = b[0, p, q]
            r1 = a[1, p, q]
            i1 = b[1, p, q]
            r2 = a[2, p, q]
            i2 = b[2, p, q]
            r3 = a[3, p, q]
            i3 = b[3, p, q]
            r4 = a[4, p, q]
            i4 = b[4, p, q]
            out_re = r1 + r4
            out_im = i1 + i4
            in_re = r2 + r3
            in_im = i2 + i3
            far_re = r1 - r4
            far_im = i1 - i4
            near_re = r2 - r3
            near_im = i2 - i3
            mid_re = r0 + c1 * out_re + c2 * in_re
            mid_im = i0 + c1 * out_im + c2 * in_im
            end_re = r0 + c2 * out_re + c1 * in_re
            end_im = i0 + c2 * out_im + c1 * in_im
            turn_re = s1 * far_im + s2 * near_im
            turn_im = -(s1 * far_re + s2 * near_re)
            back_re = s2 * far_im - s1 * near_im
            back_im = s1 * near_re - s2 * far_re
            c[p, 0, q] = r0 + out_re + in_re
            d[p, 0, q] = i0 + out_im + in_im
            u = mid_re + turn_re
            v = mid_im + turn_im
            f = wr[t]
            g = wi[t]
            c[p, 1, q] = u * f - v * g
            d[p, 1, q] = u * g + v * f
            u = end_re + back_re
            v = end_im + back_im
            f = wr[2 * t]
            g = wi[2 * t]
            c[p, 2, q] = u * f - v * g
            d[p, 2, q] = u * g + v * f
            u = end_re - back_re
            v = end_im - back_im
            f = wr[3 * t]
            g = wi[3 * t]
            c[p, 3, q] = u * f - v * g
            d[p, 3, q] = u * g + v * f
            u = mid_re - turn_re
            v = mid_im - turn_im
            f = wr[4 * t]
            g = wi[4 * t]
            c[p, 4, q] = u * f - v * g
            d[p, 4, q] = u * g + v * f


def transformed(xr, xi, yr, yi, wr, wi):
    """The Fourier transform of a line whose length has no prime factors but 2, 3 and 5, by the Stockham algorithm; the arrays are written to.
    Used by np.fft.

    >>> np.fft.fft(np.ones(4))
    """
    s = 1
    rest = xr.size
    while rest > 1:
        if rest % 4 == 0:
            r = 4
            if s == 1:
                np.radix_4(xr, xi, yr, yi, wr, wi, s, True)
            else:
                np.radix_4(xr, xi, yr, yi, wr, wi, s, False)
        elif rest % 2 == 0:
            r = 2
            np.radix_2(xr, xi, yr, yi, wr, wi, s, False)
        elif rest % 3 == 0:
            r = 3
            np.radix_3(xr, xi, yr, yi, wr, wi, s, False)
        else:
            r = 5
            np.radix_5(xr, xi, yr, yi, wr, wi, s, False)
        s *= r
        rest //= r
        xr, yr = yr, xr
        xi, yi = yi, xi
    return xr, xi


def without_small_factors(n):
    """A number divided by 2, 3 and 5 as often as it can be. Used by np.fft.

    >>> np.fft.fft(np.ones(4))
    """
    rest = n
    while rest % 2 == 0:
        rest //= 2
    while rest % 3 == 0:
        rest //= 3
    while rest % 5 == 0:
        rest //= 5
    return rest


def fourier_plan(n, like):
    """What transforms of one length have in common: roots of unity for the length that is computed with; and for a length with other prime
    factors than 2, 3 and 5, which is computed as a convolution, the chirp and its transform (L. I. Bluestein, A linear filtering approach to
    the computation of discrete Fourier transform, 1970). Used by np.fft.

    >>> np.fft.fft(np.ones(4))
    """
    if np.without_small_factors(n) == 1:
        wr, wi = np.roots_of_unity(n, like)
        none = np.empty(0, like.dtype)
        return wr, wi, none, none, none, none
    length = 2 * n - 1
    while np.without_small_factors(length) > 1:
        length += 1
    wr, wi = np.roots_of_unity(length, like)
    re, im = np.roots_of_unity(2 * n, like)
    cr = np.empty(n, like.dtype)
    ci = np.empty(n, like.dtype)
    xr = np.zeros(length, like.dtype)
    xi = np.zeros(length, like.dtype)
    square = 0
    for k in range(n):
        cr[k] = re[square]
        ci[k] = im[square]
        xr[k] = re[square]
        xi[k] = -im[square]
        if k > 0:
            xr[length - k] = xr[k]
            xi[length - k] = xi[k]
        square = (square + 2 * k + 1) % (2 * n)
    sr, si = np.transformed(xr, xi, np.empty_like(xr), np.empty_like(xi), wr, wi)
    return wr, wi, cr, ci, sr, si


def fourier_line(re, im, plan):
    """The Fourier transform of a line in its place. Used by np.fft.

    >>> np.fft.fft(np.ones(4))
    """
    wr, wi, cr, ci, sr, si = plan
    n = re.size
    if cr.size == 0:
        yr, yi = np.transformed(re, im, np.empty_like(re), np.empty_like(im), wr, wi)
        for k in range(n):
            re[k] = yr[k]
            im[k] = yi[k]
        return
    xr = np.zeros(wr.size, re.dtype)
    xi = np.zeros(wr.size, re.dtype)
    for k in range(n):
        xr[k] = re[k] * cr[k] - im[k] * ci[k]
        xi[k] = re[k] * ci[k] + im[k] * cr[k]
    yr, yi = np.transformed(xr, xi, np.empty_like(xr), np.empty_like(xi), wr, wi)
    zr = np.empty_like(xr)
    zi = np.empty_like(xi)
    for k in range(wr.size):
        zr[k] = yr[k] * sr[k] - yi[k] * si[k]
        zi[k] = yr[k] * si[k] + yi[k] * sr[k]
    # Backwards: with the parts exchanged.
    bi, br = np.transformed(zi, zr, np.empty_like(xr), np.empty_like(xi), wr, wi)
    scale = as_dtype(1 / wr.size, re.dtype)
    for k in range(n):
        f = br[k] * scale
        g = bi[k] * scale
        re[k] = f * cr[k] - g * ci[k]
        im[k] = f * ci[k] + g * cr[k]


def fourier_scale(n, norm, inverse):
    """The factor of a transform of length n. Used by np.fft.

    >>> np.fft.fft(np.ones(4), norm="ortho")
    """
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    if norm == "ortho":
        return 1 / np.sqrt(float(n))
    if norm is None or norm == "backward":
        return 1 / n if inverse else 1.0
    if norm == "forward":
        return 1.0 if inverse else 1 / n
    raise ValueError(f'Invalid norm value {norm}; should be "backward","ortho" or "forward".')


def lines_along(a, values, axis: axis):
    """Lines as those of an array of a's shape along an axis, but for their length. Used by np.fft.

    >>> np.fft.fft(np.ones((2, 2)), axis=0)
    """
    shape = swap_axes(a, axis, a.ndim - 1).shape
    return swap_axes(np.reshape(values, shape[:-1] + (values.shape[1],)), axis, a.ndim - 1)


def fourier(a, n, axis: axis, norm, inverse):
    """Transforms of complex lines along an axis, cut or filled up with zeros to n elements. Used by np.fft.fft and np.fft.ifft.

    >>> np.fft.ifft(np.ones(4))
    """
    rows = np.rows_along(as_dtype(a, mean_dtype(a)), axis)
    count = rows.shape[1] if n is None else n
    scale = np.fourier_scale(count, norm, inverse)
    out = np.empty((rows.shape[0], count), result_dtype(rows, as_dtype(0, np.complex64)))
    re = np.empty(count, part_dtype(rows))
    im = np.empty(count, part_dtype(rows))
    plan = np.fourier_plan(count, re)
    f = as_dtype(scale, re.dtype)
    given = min(count, rows.shape[1])
    for k in range(rows.shape[0]):
        row = rows[k]
        line = out[k]
        for i in range(given):
            re[i] = row[i].real
            im[i] = row[i].imag
        re[given:] = 0
        im[given:] = 0
        if inverse:
            np.fourier_line(im, re, plan)
        else:
            np.fourier_line(re, im, plan)
        for i in range(count):
            line[i] = complex(re[i] * f, im[i] * f)
    return np.lines_along(a, out, axis)


def fourier_of_real(a, n, axis: axis, norm):
    """The first half of the transforms of real lines along an axis: of an even number of elements as the transform of half as many complex
    ones. Used by np.fft.rfft.

    >>> np.fft.rfft(np.ones(4))
    """
    if is_complex(a):
        static_error("np.fft.rfft takes real numbers; use np.fft.fft")
    rows = np.rows_along(as_dtype(a, mean_dtype(a)), axis)
    count = rows.shape[1] if n is None else n
    scale = np.fourier_scale(count, norm, False)
    half = count // 2
    out = np.empty((rows.shape[0], half + 1), result_dtype(rows, as_dtype(0, np.complex64)))
    even = count % 2 == 0
    length = half if even else count
    re = np.empty(length, rows.dtype)
    im = np.empty(length, rows.dtype)
    plan = np.fourier_plan(length, re)
    wr, wi = np.roots_of_unity(count if even else 1, re)
    f = as_dtype(scale, re.dtype)
    padded = np.zeros(count, rows.dtype)
    given = min(count, rows.shape[1])
    for k in range(rows.shape[0]):
        padded[:given] = rows[k, :given]
        line = out[k]
        if even:
            for i in range(length):
                re[i] = padded[2 * i]
                im[i] = padded[2 * i + 1]
            np.fourier_line(re, im, plan)
            line[0] = complex((re[0] + im[0]) * f, re[0] - re[0])
            line[half] = complex((re[0] - im[0]) * f, re[0] - re[0])
            g = f / 2
            for i in range(1, half):
                sum_re = re[i] + re[half - i]
                sum_im = im[i] - im[half - i]
                apart_re = im[i] + im[half - i]
                apart_im = re[half - i] - re[i]
                line[i] = complex(
                    (sum_re + wr[i] * apart_re - wi[i] * apart_im) * g, (sum_im + wr[i] * apart_im + wi[i] * apart_re) * g
                )
        else:
            re[:] = padded
            im[:] = 0
            np.fourier_line(re, im, plan)
            for i in range(half + 1):
                line[i] = complex(re[i] * f, im[i] * f)
            line[0] = complex(re[0] * f, re[0] - re[0])
    return np.lines_along(a, out, axis)


def fourier_to_real(a, n, axis: axis, norm):
    """Real lines from the first half of their transforms along an axis: the reverse of fourier_of_real. Used by np.fft.irfft.

    >>> np.fft.irfft(np.ones(3))
    """
    rows = np.rows_along(as_dtype(a, mean_dtype(a)), axis)
    count = 2 * (rows.shape[1] - 1) if n is None else n
    scale = np.fourier_scale(count, norm, True)
    half = count // 2
    out = np.empty((rows.shape[0], count), part_dtype(rows))
    even = count % 2 == 0
    length = half if even else count
    re = np.empty(length, out.dtype)
    im = np.empty(length, out.dtype)
    plan = np.fourier_plan(length, re)
    wr, wi = np.roots_of_unity(count if even else 1, re)
    f = as_dtype(scale, re.dtype)
    part_re = np.zeros(half + 1, out.dtype)
    part_im = np.zeros(half + 1, out.dtype)
    given = min(half + 1, rows.shape[1])
    for k in range(rows.shape[0]):
        row = rows[k]
        for i in range(given):
            part_re[i] = row[i].real
            part_im[i] = row[i].imag
        # The transform of real numbers is real at 0, and in the middle.
        part_im[0] = 0
        if even:
            part_im[half] = 0
            for i in range(length):
                sum_re = part_re[i] + part_re[half - i]
                sum_im = part_im[i] - part_im[half - i]
                apart_re = part_re[i] - part_re[half - i]
                apart_im = part_im[i] + part_im[half - i]
                re[i] = sum_re - (wr[i] * apart_im - wi[i] * apart_re)
                im[i] = sum_im + (wr[i] * apart_re + wi[i] * apart_im)
            np.fourier_line(im, re, plan)
            for i in range(length):
                out[k, 2 * i] = re[i] * f
                out[k, 2 * i + 1] = im[i] * f
        else:
            re[0] = part_re[0]
            im[0] = 0
            for i in range(1, half + 1):
                re[i] = part_re[i]
                im[i] = part_im[i]
                re[count - i] = part_re[i]
                im[count - i] = -part_im[i]
            np.fourier_line(im, re, plan)
            out[k] = re * f
    return np.lines_along(a, out, axis)


def fourier_axes(a, s: extents, axes: axes):
    """The axes of a transform in several dimensions: all, the last ones, for which there are lengths, or those that are named. Used by
    np.fft.fftn.

    >>> np.fft.fftn(np.ones((2, 2)))
    """
    if axes is not None:
        return axes
    if s is None:
        return np.last_axes(a.ndim)
    if isinstance(s, tuple):
        return np.last_axes(len(s))
    return -1


def fourier_over(a, s: extents, axes: axes, norm, inverse):
    """Complex transforms along several axes, the last one first. Used by np.fft.fftn.

    >>> np.fft.fftn(np.ones((2, 2)))
    """
    if not isinstance(axes, tuple):
        return np.fourier(a, np.fourier_length(a, s, axes), axes, norm, inverse)
    if len(axes) == 0:
        return as_dtype(a, result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, np.complex64)))
    x = np.fourier(a, np.fourier_length(a, s, axes), axes[-1], norm, inverse)
    if s is None:
        return np.fourier_over(x, None, axes[:-1], norm, inverse)
    return np.fourier_over(x, s[:-1], axes[:-1], norm, inverse)


def fourier_length(a, s: extents, axes: axes):
    """The length of a transform along the last of several axes, which -1 stands for. Used by np.fft.fftn.

    >>> np.fft.fftn(np.ones((2, 2)), (4, -1), (0, 1))
    """
    if not isinstance(axes, tuple):
        if s is None:
            return a.shape[axes]
        if not isinstance(s, tuple):
            return a.shape[axes] if s == -1 else s
        if len(s) != 1:
            raise ValueError("Shape and axes have different lengths.")
        return a.shape[axes] if s[0] == -1 else s[0]
    if s is None:
        return a.shape[axes[-1]]
    if not isinstance(s, tuple):
        raise ValueError("Shape and axes have different lengths.")
    if len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    return a.shape[axes[-1]] if s[-1] == -1 else s[-1]


def other_norm(norm):
    """The norm of the reverse transform. Used by np.fft.hfft.

    >>> np.fft.hfft(np.array([1.0, 2.0, 3.0]))
    """
    if norm is None or norm == "backward":
        return "forward"
    if norm == "forward":
        return "backward"
    return norm


def shifted_by_half(x, axes: axes, direction):
    """An array rolled along axes, or all, by half of their extents, rounded down: forwards (1) or backwards (-1). Used by np.fft.fftshift.

    >>> np.fft.fftshift(np.fft.fftfreq(5))
    """
    if axes is None:
        if x.ndim == 1:
            return np.shifted_by_half(x, 0, direction)
        return np.shifted_by_half(x, np.last_axes(x.ndim), direction)
    if isinstance(axes, tuple):
        if len(axes) == 0:
            return np.copy(x)
        return np.shifted_by_half(np.shifted_by_half(x, axes[0], direction), axes[1:], direction)
    return np.roll(x, direction * (x.shape[axes] // 2), axes)
