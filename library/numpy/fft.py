def fft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The discrete Fourier transform along an axis, X[k] = sum over j of x[j] exp(-2 pi i j k / n), of any length; cut or filled up with zeros
    to n elements. The norm is backward, ortho or forward. Within 4 eps log2(n) of the exact one, as the square root of the sum of squares.

    >>> np.fft.fft(np.array([1.0, 2.0, 3.0, 4.0]))
    """
    return np.fourier(a, n, axis, norm, False)


def ifft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The reverse of np.fft.fft.

    >>> np.fft.ifft(np.array([4.0, 0.0, 0.0, 0.0]))
    """
    return np.fourier(a, n, axis, norm, True)


def rfft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The first n // 2 + 1 elements of np.fft.fft of real numbers, which the others mirror.

    >>> np.fft.rfft(np.array([1.0, 2.0, 3.0, 4.0]))
    """
    return np.fourier_of_real(a, n, axis, norm)


def irfft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The reverse of np.fft.rfft: n real numbers, by default an even number of them.

    >>> np.fft.irfft(np.array([10.0 + 0j, -2.0 + 2j, -2.0 + 0j]))
    """
    return np.fourier_to_real(a, n, axis, norm)


def hfft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The transform, which is real, of n numbers of which the second half mirrors the first, which is given.

    >>> np.fft.hfft(np.array([1.0, 2.0, 3.0]))
    """
    return np.fourier_to_real(np.conjugate(a), n, axis, np.other_norm(norm))


def ihfft(a, n: integer = None, axis: axis = -1, norm=None, out: reduced = None):
    """The reverse of np.fft.hfft.

    >>> np.fft.ihfft(np.array([9.0, -4.0, 1.0, -4.0]))
    """
    return np.conjugate(np.fourier_of_real(a, n, axis, np.other_norm(norm)))


def fftn(a, s: extents = None, axes: axes = None, norm=None, out: reduced = None):
    """np.fft.fft along several axes, by default all, with the lengths s.

    >>> np.fft.fftn(np.array([[1.0, 2.0], [3.0, 4.0]]))
    """
    return np.fourier_over(a, s, np.fourier_axes(a, s, axes), norm, False)


def ifftn(a, s: extents = None, axes: axes = None, norm=None, out: reduced = None):
    """The reverse of np.fft.fftn.

    >>> np.fft.ifftn(np.array([[10.0, -2.0], [-4.0, 0.0]]))
    """
    return np.fourier_over(a, s, np.fourier_axes(a, s, axes), norm, True)


def fft2(a, s: extents = None, axes: axes = (-2, -1), norm=None, out: reduced = None):
    """np.fft.fftn along two axes.

    >>> np.fft.fft2(np.array([[1.0, 2.0], [3.0, 4.0]]))
    """
    return np.fourier_over(a, s, np.fourier_axes(a, s, axes), norm, False)


def ifft2(a, s: extents = None, axes: axes = (-2, -1), norm=None, out: reduced = None):
    """The reverse of np.fft.fft2.

    >>> np.fft.ifft2(np.array([[10.0, -2.0], [-4.0, 0.0]]))
    """
    return np.fourier_over(a, s, np.fourier_axes(a, s, axes), norm, True)


def rfftn(a, s: extents = None, axes: axes = None, norm=None, out: reduced = None):
    """np.fft.rfft along the last of several axes, by default all, and np.fft.fft along the others.

    >>> np.fft.rfftn(np.array([[1.0, 2.0], [3.0, 4.0]]))
    """
    every = np.fourier_axes(a, s, axes)
    if not isinstance(every, tuple):
        return np.fourier_of_real(a, np.fourier_length(a, s, every), every, norm)
    x = np.fourier_of_real(a, np.fourier_length(a, s, every), every[-1], norm)
    return np.fourier_over(x, None if s is None else s[:-1], every[:-1], norm, False)


def rfft2(a, s: extents = None, axes: axes = (-2, -1), norm=None, out: reduced = None):
    """np.fft.rfftn along two axes.

    >>> np.fft.rfft2(np.array([[1.0, 2.0], [3.0, 4.0]]))
    """
    return np.fft.rfftn(a, s, axes, norm)


def irfftn(a, s: extents = None, axes: axes = None, norm=None, out: reduced = None):
    """The reverse of np.fft.rfftn.

    >>> np.fft.irfftn(np.array([[10.0 + 0j, -2.0 + 0j], [-4.0 + 0j, 0j]]))
    """
    every = np.fourier_axes(a, s, axes)
    if not isinstance(every, tuple):
        return np.fourier_to_real(a, None if s is None else np.fourier_length(a, s, every), every, norm)
    x = np.fourier_over(a, None if s is None else s[:-1], every[:-1], norm, True)
    if s is None:
        return np.fourier_to_real(x, None, every[-1], norm)
    return np.fourier_to_real(x, 2 * (a.shape[every[-1]] - 1) if s[-1] == -1 else s[-1], every[-1], norm)


def irfft2(a, s: extents = None, axes: axes = (-2, -1), norm=None, out: reduced = None):
    """The reverse of np.fft.rfft2.

    >>> np.fft.irfft2(np.array([[10.0 + 0j, -2.0 + 0j], [-4.0 + 0j, 0j]]))
    """
    return np.fft.irfftn(a, s, axes, norm)


def fftfreq(n: integer, d: number = 1.0):
    """The frequencies of the elements of a transform of n samples that are d apart.

    >>> np.fft.fftfreq(8, 0.1)
    >>> np.fft.fftfreq(5)
    """
    scale = 1.0 / (n * d)
    out = np.empty(n, np.int64)
    half = (n - 1) // 2 + 1
    out[:half] = np.arange(0, half)
    out[half:] = np.arange(-(n // 2), 0)
    return out * scale


def rfftfreq(n: integer, d: number = 1.0):
    """The frequencies of the elements of np.fft.rfft of n samples that are d apart.

    >>> np.fft.rfftfreq(8, 0.1)
    """
    return np.arange(0, n // 2 + 1) * (1.0 / (n * d))


def fftshift(x, axes: axes = None):
    """The element for frequency 0 moved to the middle, along axes or all.

    >>> np.fft.fftshift(np.fft.fftfreq(5))
    """
    return np.shifted_by_half(x, axes, 1)


def ifftshift(x, axes: axes = None):
    """The reverse of np.fft.fftshift.

    >>> np.fft.ifftshift(np.array([-2, -1, 0, 1, 2]))
    """
    return np.shifted_by_half(x, axes, -1)
