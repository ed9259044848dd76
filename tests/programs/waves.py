"""Complex numbers in arrays: transforms, fractals, contour integrals, self energies and quantum states."""

import cmath

import numpy as np
from numba import njit


@njit
def naive_dft(x):
    n = len(x)
    k = np.arange(n)
    out = np.zeros(n, dtype=np.complex128)
    for m in range(n):
        out[m] = np.sum(x * np.exp(-2j * np.pi * m * k / n))
    return out


@njit
def fft(x):
    n = x.shape[0]
    if n == 1:
        return x.astype(np.complex128)
    even = fft(x[::2])
    odd = fft(x[1::2])
    turned = np.exp(-2j * np.pi * np.arange(n // 2) / n) * odd
    return np.concatenate((even + turned, even - turned))


@njit
def fft_in_place(a):
    n = len(a)
    j = 0
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j |= bit
        if i < j:
            a[i], a[j] = a[j], a[i]
    length = 2
    while length <= n:
        w = cmath.exp(-2j * cmath.pi / length)
        for start in range(0, n, length):
            t = 1 + 0j
            for k in range(length // 2):
                u = a[start + k]
                v = a[start + k + length // 2] * t
                a[start + k] = u + v
                a[start + k + length // 2] = u - v
                t *= w
        length <<= 1
    return a


@njit
def stockham_fft(N, R, K, x, y):
    # NPBench's kernel: generate the DFT matrix for radix R, then transpose, twiddle and multiply.
    i_coord = np.zeros((R, R), dtype=np.int64)
    j_coord = np.zeros((R, R), dtype=np.int64)
    for i in range(R):
        i_coord[i, :] = i
        j_coord[:, i] = i
    dft_mat = np.exp(-2.0j * np.pi * i_coord * j_coord / R)
    y[:] = x[:]
    ii_coord = np.zeros((R, R ** (K - 1)), dtype=np.int64)
    jj_coord = np.zeros((R, R ** (K - 1)), dtype=np.int64)
    for i in range(R):
        ii_coord[i, :] = i
    for i in range(R ** (K - 1)):
        jj_coord[:, i] = i
    for i in range(K):
        yv = np.reshape(y, (R**i, R, R ** (K - i - 1)))
        tmp_perm = np.transpose(yv, axes=(1, 0, 2))
        d = np.zeros((R, N // R), dtype=np.complex128)
        tmp = np.exp(-2.0j * np.pi * ii_coord[:, : R ** (K - i - 1)] * jj_coord[:, : R ** (K - i - 1)] / R ** (K - i))
        for k in range(R**i):
            d[:, k * R ** (K - i - 1) : (k + 1) * R ** (K - i - 1)] = tmp
        tmp_twid = np.reshape(tmp_perm, (N,)) * np.reshape(d, (N,))
        y[:] = np.reshape(dft_mat @ np.reshape(tmp_twid, (R, N // R)), (N,))
    return y


@njit
def mandelbrot(xmin, xmax, ymin, ymax, width, height, limit):
    x = np.linspace(xmin, xmax, width)
    y = np.linspace(ymin, ymax, height)
    c = x + y[:, np.newaxis] * 1j
    counts = np.zeros(c.shape, dtype=np.int64)
    z = np.zeros(c.shape, dtype=np.complex128)
    for n in range(limit):
        inside = np.abs(z) < 2.0
        counts = np.where(inside, n, counts)
        z = np.where(inside, z**2 + c, z)
    counts[counts == limit - 1] = 0
    return counts


@njit
def julia(c, n, limit):
    out = np.zeros((n, n), dtype=np.int32)
    for i in range(n):
        for j in range(n):
            z = complex(3.0 * j / n - 1.5, 3.0 * i / n - 1.5)
            while abs(z) < 2 and out[i, j] < limit:
                z = z * z + c
                out[i, j] += 1
    return out


@njit
def contour_integral(NR, NM, slab_per_bc, Ham, int_pts, Y):
    P0 = np.zeros((NR, NM), dtype=np.complex128)
    P1 = np.zeros((NR, NM), dtype=np.complex128)
    for z in int_pts:
        Tz = np.zeros((NR, NR), dtype=np.complex128)
        for n in range(slab_per_bc + 1):
            zz = np.power(z, slab_per_bc / 2 - n)
            Tz += zz * Ham[n]
        if NR == NM:
            X = np.linalg.inv(Tz)
        else:
            X = np.linalg.solve(Tz, Y)
        if abs(z) < 1.0:
            X = -X
        P0 += X
        P1 += z * X
    return P0, P1


@njit
def scattering_self_energies(neigh_idx, dH, G, D, Sigma):
    for k in range(G.shape[0]):
        for q in range(D.shape[0]):
            for a in range(neigh_idx.shape[0]):
                for b in range(neigh_idx.shape[1]):
                    dHG = G[k, neigh_idx[a, b]] @ dH[a, b]
                    dHD = dH[a, b] * D[q, b]
                    Sigma[k, a] += dHG @ dHD
    return Sigma


@njit
def evolve(psi, potential, dt, steps):
    # Crank and Nicolson's step of Schrödinger's equation, by Thomas's algorithm.
    n = len(psi)
    a = -0.25j * dt
    diagonal = 1 + 0.5j * dt * (1 + potential)
    for _ in range(steps):
        right = (1 - 0.5j * dt * (1 + potential)) * psi
        right[1:] -= a * psi[:-1]
        right[:-1] -= a * psi[1:]
        c = np.empty(n, dtype=np.complex128)
        d = np.empty_like(right)
        c[0] = a / diagonal[0]
        d[0] = right[0] / diagonal[0]
        for i in range(1, n):
            m = diagonal[i] - a * c[i - 1]
            c[i] = a / m
            d[i] = (right[i] - a * d[i - 1]) / m
        psi = d.copy()
        for i in range(n - 2, -1, -1):
            psi[i] -= c[i] * psi[i + 1]
    return psi, np.sum(np.abs(psi) ** 2)


@njit
def pauli(theta):
    y = np.array([[0, -1j], [1j, 0]])
    turn = np.cos(theta) * np.eye(2) + 1j * np.sin(theta) * y
    state = turn @ np.array([1.0 + 0j, 0.0])
    return turn, state, (np.conj(state) @ y @ state).real, np.vdot(state, state).real, turn.conj().T @ turn


@njit
def analytic_signal(x):
    spectrum = naive_dft(x)
    n = len(x)
    spectrum[1 : n // 2] *= 2
    spectrum[n // 2 + 1 :] = 0
    back = np.conj(naive_dft(np.conj(spectrum))) / n
    return back, np.abs(back), np.angle(back)


@njit
def roots(coefficients):
    # Durand and Kerner's iteration on all roots at once.
    n = len(coefficients) - 1
    z = (0.4 + 0.9j) ** np.arange(n)
    for _ in range(60):
        for i in range(n):
            value = coefficients[0] + 0j
            below = 1 + 0j
            for k in range(1, n + 1):
                value = value * z[i] + coefficients[k]
            for k in range(n):
                if k != i:
                    below *= z[i] - z[k]
            z[i] -= value / below
    return z[np.argsort(z.real)]


@njit
def impedance(frequencies, r, l, c):
    w = 2j * np.pi * frequencies
    z = r + w * l + 1 / (w * c)
    return np.abs(z), np.angle(z, deg=True), 20 * np.log10(np.abs(r / z))


@njit
def parts_in_place(z):
    z.real *= 2
    z.imag -= z.real.mean()
    z[z.imag < 0] = 0
    return z, z.real.max(), z[:, ::2].imag.sum(axis=0)


def cases(r):
    def normal(*shape):
        return r.normal(size=shape) + 1j * r.normal(size=shape)

    x = normal(16)
    yield naive_dft, (x,)
    yield naive_dft, (r.normal(size=12),)
    yield fft, (x,)
    yield fft, (r.normal(size=8),)
    yield fft_in_place, (x.copy(),)
    yield stockham_fft, (16, 4, 2, x, np.zeros(16, complex),)
    yield mandelbrot, (-2.0, 0.5, -1.25, 1.25, 24, 20, 12,)
    yield julia, (-0.8 + 0.156j, 20, 30,)
    yield contour_integral, (4, 4, 2, normal(3, 4, 4), normal(6), normal(4, 4),)
    yield contour_integral, (4, 2, 2, normal(3, 4, 4), normal(6), normal(4, 2),)
    yield scattering_self_energies, (r.integers(0, 3, (3, 2)), normal(3, 2, 2, 2), normal(2, 3, 2, 2), normal(2, 2, 2, 2), np.zeros((2, 3, 2, 2), complex),)
    yield evolve, (normal(20), r.normal(size=20), 0.1, 5,)
    yield pauli, (0.7,)
    yield analytic_signal, (r.normal(size=16),)
    yield roots, (np.array([1.0, -6.0, 11.0, -6.0, 2.5]),)
    yield impedance, (np.linspace(10.0, 1000.0, 9), 50.0, 0.1, 1e-5,)
    yield parts_in_place, (normal(4, 5),)
