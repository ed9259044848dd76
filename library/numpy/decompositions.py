def cholesky(a, /, *, upper=False):
    """The lower triangular L with L L^H = a, for a Hermitian positive definite matrix, or each of a stack; with upper, L^H from the upper
    triangle. LinAlgError if a matrix is not positive definite.

    >>> np.linalg.cholesky(np.array([[4.0, 2.0], [2.0, 5.0]]))
    >>> np.linalg.cholesky(np.array([[4.0, 2.0], [2.0, 5.0]]), upper=True)
    """
    np.check_square(a)
    if a.ndim > 2:
        factors = np.empty(a.shape, mean_dtype(a))
        for i in range(a.shape[0]):
            factors[i] = np.linalg.cholesky(a[i], upper=upper)
        return factors
    if upper:
        return copy_of(as_array(np.adjoint(np.linalg.cholesky(np.adjoint(a)))))
    n = a.shape[0]
    out = np.zeros((n, n), mean_dtype(a))
    for i in range(n):
        for j in range(i + 1):
            rest = as_dtype(a[i, j], out.dtype)
            for k in range(j):
                rest -= out[i, k] * np.conjugate(out[j, k])
            if i > j:
                out[i, j] = rest / out[j, j]
            else:
                if not rest.real > 0:
                    raise LinAlgError("Matrix is not positive definite")
                out[i, i] = np.sqrt(rest.real)
    return out


def qr(a, mode="reduced"):
    """The matrix q with orthonormal columns and the upper triangular r with q r = a, by Householder's reflections, for a matrix or each of a
    stack. With the mode complete q is square; r gives r alone; raw the reflections and their factors, as LAPACK stores them.

    >>> np.linalg.qr(np.array([[3.0, 0.0], [4.0, 5.0]]), "r")
    """
    if mode != "reduced" and mode != "complete" and mode != "r" and mode != "raw":
        raise ValueError(f"Unrecognized mode '{mode}'")
    if a.ndim < 2:
        static_error("np.linalg.qr takes a matrix, or a stack of them; make it one with np.atleast_2d(a)")
    m, n = a.shape[-2:]
    least = min(m, n)
    if mode == "raw":
        if a.ndim > 2:
            vectors = np.empty(a.shape[:-2] + (n, m), mean_dtype(a))
            factors = np.empty(a.shape[:-2] + (least,), mean_dtype(a))
            for i in range(a.shape[0]):
                vectors[i], factors[i] = np.linalg.qr(a[i], mode)
            return vectors, factors
        work = copy_of(as_array(as_dtype(a, mean_dtype(a))))
        tau = np.reflect_to_triangle(work)
        return swap_axes(work, 0, 1), tau
    rows = m if mode == "complete" else least
    if a.ndim > 2:
        right = np.empty(a.shape[:-2] + (rows, n), mean_dtype(a))
        if mode == "r":
            for i in range(a.shape[0]):
                right[i] = np.linalg.qr(a[i], mode)
            return right
        left = np.empty(a.shape[:-2] + (m, rows), mean_dtype(a))
        for i in range(a.shape[0]):
            left[i], right[i] = np.linalg.qr(a[i], mode)
        return left, right
    work = copy_of(as_array(as_dtype(a, mean_dtype(a))))
    tau = np.reflect_to_triangle(work)
    r = np.triu(work[:rows])
    if mode == "r":
        return r
    return np.product_of_reflections(work, tau, rows), r


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """The singular value decomposition u diag(s) vh = a of a matrix, or of each of a stack, with s in decreasing order; s alone without
    compute_uv. LinAlgError if it does not converge, as for NaN.

    >>> np.linalg.svd(np.array([[3.0, 0.0], [0.0, -4.0]]), compute_uv=False)
    """
    if a.ndim < 2:
        static_error("np.linalg.svd takes a matrix, or a stack of them; make it one with np.atleast_2d(a)")
    m, n = a.shape[-2:]
    least = min(m, n)
    if not compute_uv:
        if a.ndim > 2:
            values = np.empty(a.shape[:-2] + (least,), part_dtype(as_dtype(0, mean_dtype(a))))
            for i in range(a.shape[0]):
                values[i] = np.linalg.svd(a[i], full_matrices, False, hermitian)
            return values
        if hermitian:
            return np.sort(np.abs(np.linalg.eigvalsh(a)))[::-1]
        return np.singular_values(a)
    if a.ndim > 2:
        left = np.empty(a.shape[:-2] + (m, m if full_matrices else least), mean_dtype(a))
        size = np.empty(a.shape[:-2] + (least,), part_dtype(left))
        right = np.empty(a.shape[:-2] + (n if full_matrices else least, n), left.dtype)
        for i in range(a.shape[0]):
            left[i], size[i], right[i] = np.linalg.svd(a[i], full_matrices, True, hermitian)
        return left, size, right
    if not hermitian:
        return np.singular_vectors(a, full_matrices)
    w, v = np.linalg.eigh(a)
    rows = copy_of(swap_axes(v, 0, 1))
    signs = np.where(w < 0, -np.ones(w.size, w.dtype), np.ones(w.size, w.dtype))
    s = np.abs(w)
    order = np.argsort(-s)
    u = swap_axes(rows[order], 0, 1)
    return u, s[order], np.conjugate(rows[order]) * insert_axis(signs[order], 1)


def svdvals(x, /):
    """The singular values of a matrix, or of each of a stack, in decreasing order.

    >>> np.linalg.svdvals(np.array([[3.0, 0.0], [0.0, -4.0]]))
    """
    return np.linalg.svd(x, True, False)


def eigh(a, UPLO="L"):
    """The eigenvalues of a Hermitian matrix, or of each of a stack, in increasing order, and the eigenvectors as the columns of a matrix.
    One triangle is read. LinAlgError if they do not converge, as for NaN.

    >>> np.linalg.eigh(np.array([[2.0, 0.0], [0.0, 1.0]]))[0]
    """
    np.check_square(a)
    if a.ndim > 2:
        values = np.empty(a.shape[:-1], part_dtype(as_dtype(0, mean_dtype(a))))
        vectors = np.empty(a.shape, mean_dtype(a))
        for i in range(a.shape[0]):
            values[i], vectors[i] = np.linalg.eigh(a[i], UPLO)
        return values, vectors
    work, scale = np.in_safe_range(np.hermitian_part(a, UPLO))
    d, e, factors = np.tridiagonal(work)
    n = work.shape[0]
    z = np.eye(n, dtype=work.dtype)
    if n > 1:
        z[1:, 1:] = swap_axes(np.product_of_reflections(work[1:, : n - 1], factors, n - 1), 0, 1)
    np.diagonalise_tridiagonal(d, e, z)
    np.sort_rows(d, z, False)
    return d * scale, copy_of(swap_axes(z, 0, 1))


def eigvalsh(a, UPLO="L"):
    """The eigenvalues of a Hermitian matrix, or of each of a stack, in increasing order. One triangle is read.

    >>> np.linalg.eigvalsh(np.array([[2.0, 0.0], [0.0, 1.0]]))
    """
    np.check_square(a)
    if a.ndim > 2:
        values = np.empty(a.shape[:-1], part_dtype(as_dtype(0, mean_dtype(a))))
        for i in range(a.shape[0]):
            values[i] = np.linalg.eigvalsh(a[i], UPLO)
        return values
    work, scale = np.in_safe_range(np.hermitian_part(a, UPLO))
    d, e, factors = np.tridiagonal(work)
    np.diagonalise_tridiagonal(d, e, None)
    return np.sort(d) * scale


def eig(a):
    """The eigenvalues of a square matrix, or of each of a stack, and eigenvectors as the columns of a matrix. Both are complex, also where
    all imaginary parts are 0 and NumPy gives floats: write `.real` then, or use np.linalg.eigh for a symmetric matrix.

    >>> np.linalg.eig(np.array([[0.0, -1.0], [1.0, 0.0]]))[0]
    """
    np.check_square(a)
    if a.ndim > 2:
        dtype = result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, np.complex64))
        values = np.empty(a.shape[:-1], dtype)
        vectors = np.empty(a.shape, dtype)
        for i in range(a.shape[0]):
            values[i], vectors[i] = np.linalg.eig(a[i])
        return values, vectors
    np.check_finite(a)
    work, scale = np.in_safe_range(as_dtype(a, mean_dtype(a)))
    t, z = np.schur(work)
    w = np.schur_eigenvalues(t)
    n = w.size
    x = np.zeros((n, n), w.dtype)
    for k in range(n):
        if is_complex(a) or w[k].imag >= 0:
            x[k] = np.unit_vector(np.matmul(np.schur_vector(t, k, w[k]), z))
        else:
            x[k] = np.conjugate(x[k - 1])
    return w * scale, copy_of(swap_axes(x, 0, 1))


def eigvals(a):
    """The eigenvalues of a square matrix, or of each of a stack. They are complex, also where all imaginary parts are 0 and NumPy gives
    floats: write `.real` then, or use np.linalg.eigvalsh for a symmetric matrix.

    >>> np.linalg.eigvals(np.array([[0.0, -1.0], [1.0, 0.0]]))
    """
    np.check_square(a)
    if a.ndim > 2:
        values = np.empty(a.shape[:-1], result_dtype(as_dtype(0, mean_dtype(a)), as_dtype(0, np.complex64)))
        for i in range(a.shape[0]):
            values[i] = np.linalg.eigvals(a[i])
        return values
    np.check_finite(a)
    work, scale = np.in_safe_range(as_dtype(a, mean_dtype(a)))
    t, z = np.schur(work)
    return np.schur_eigenvalues(t) * scale


def lstsq(a, b, rcond=None):
    """The x of least norm that makes the norm of b - a x least, for a vector b or the columns of a matrix: x, the sums of squared residuals
    (none if a has not more rows than columns, or not full rank), the rank of a, and its singular values. Those below rcond times the
    largest count as 0; by default the precision times the larger extent.

    >>> np.round(np.linalg.lstsq(np.array([[1.0], [1.0]]), np.array([1.0, 3.0]))[0], 8)
    """
    if a.ndim != 2 or b.ndim > 2:
        static_error("np.linalg.lstsq takes a matrix, and a vector or a matrix; loop over the others")
    if b.ndim == 1:
        x, residuals, rank, s = np.solve_least_squares(a, insert_axis(b, 1), rcond)
        return np.ravel(x), residuals, rank, s
    return np.solve_least_squares(a, b, rcond)


def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    """The pseudo-inverse of a matrix, or of each of a stack: singular values up to rcond (or rtol) times the largest count as 0; by default
    1e-15.

    >>> np.linalg.pinv(np.array([[2.0, 0.0], [0.0, 0.0], [0.0, 0.0]]))
    """
    if rtol is not None:
        if rcond is not None:
            raise ValueError("`rtol` and `rcond` can't be both set.")
        return np.linalg.pinv(a, rtol, hermitian)
    if a.ndim > 2:
        inverses = np.empty(swap_axes(a, a.ndim - 2, a.ndim - 1).shape, mean_dtype(a))
        for i in range(a.shape[0]):
            if rcond is not None and is_array(rcond):
                inverses[i] = np.linalg.pinv(a[i], rcond[i], hermitian)
            else:
                inverses[i] = np.linalg.pinv(a[i], rcond, hermitian)
        return inverses
    u, s, vh = np.linalg.svd(a, False, True, hermitian)
    if s.size == 0:
        return np.zeros((a.shape[1], a.shape[0]), u.dtype)
    limit = 1e-15 if rcond is None else rcond
    inverse = np.where(s > limit * s[0], 1 / s, 0)
    return np.matmul(np.adjoint(vh), insert_axis(as_dtype(inverse, s.dtype), 1) * np.adjoint(u))


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """The number of singular values above tol, or above rtol times the largest one; by default the precision times the larger extent.

    >>> np.linalg.matrix_rank(np.array([[1.0, 2.0], [2.0, 4.0]]))
    """
    if A.ndim < 2:
        return int(np.any(op("!=", A, 0)))
    s = np.linalg.svd(A, True, False, hermitian)
    if tol is not None:
        if rtol is not None:
            raise ValueError("`tol` and `rtol` can't be both set.")
        return np.count_nonzero(op(">", s, tol), -1)
    largest = np.max(s, -1, keepdims=True, initial=0)
    if rtol is not None:
        return np.count_nonzero(op(">", s, largest * rtol), -1)
    return np.count_nonzero(op(">", s, largest * (max(A.shape[-2], A.shape[-1]) * np.epsilon_like(s))), -1)


def cond(x, p: known = None):
    """The condition number of a matrix, or of each of a stack: the ratio of its largest to its least singular value, or with an order p the
    norm of the matrix times that of its inverse; infinite for a singular matrix.

    >>> np.linalg.cond(np.array([[2.0, 0.0], [0.0, 4.0]]))
    >>> np.linalg.cond(np.array([[2.0, 0.0], [0.0, 4.0]]), 1)
    """
    if x.ndim < 2:
        static_error("np.linalg.cond takes a matrix, or a stack of them")
    if x.shape[-1] == 0 or x.shape[-2] == 0:
        raise LinAlgError("cond is not defined on empty arrays")
    if x.ndim > 2:
        numbers = np.empty(x.shape[:-2], part_dtype(as_dtype(0, mean_dtype(x))))
        for i in range(x.shape[0]):
            numbers[i] = np.linalg.cond(x[i], p)
        return numbers
    if p is None or p == 2:
        s = np.linalg.svdvals(x)
        ratio = s[0] / s[-1]
    elif p == -2:
        s = np.linalg.svdvals(x)
        ratio = s[-1] / s[0]
    else:
        np.check_square(x)
        m = copy_of(as_array(as_dtype(x, mean_dtype(x))))
        inverse = np.eye(m.shape[0], dtype=m.dtype)
        if np.eliminate(m, inverse) == 0:
            return as_like(np.inf, m.real[0, 0])
        np.substitute_back(m, inverse)
        ratio = np.linalg.norm(x, p) * np.linalg.norm(inverse, p)
    if np.isnan(ratio) and not np.any(np.isnan(x)):
        return as_like(np.inf, ratio)
    return ratio
