"""``vectorize`` and ``guvectorize``: functions of elements, or of the last axes of arrays, that broadcast over all other axes.

The kernel is a jitted function. Around it stands a loop over elements that is itself compiled: it is written as Python source for the
arguments' number and rank, and passes through the same pipeline.
"""

import functools
import math
import re

import numpy as np

from nopython import _engine, types
from nopython._dispatch import OPTIONS, Dispatcher, check_options



class Vectorized:
    """A function of scalars that applies to every element of arrays, which broadcast.

    With signatures, arguments take the types of the first one they can be cast to safely, as for a NumPy ufunc. Without, the function is
    compiled for the dtypes of the arguments. ``out`` and ``dtype`` are NumPy's.

    Raises ``TypeError`` when no signature fits, ``ValueError`` when shapes do not broadcast, and what the function raises.
    """

    def __init__(self, py_func, signatures=None, options=None):
        functools.update_wrapper(self, py_func)
        self.py_func = py_func
        self.targetoptions = dict(options or {})
        self._kernel = Dispatcher(py_func, signatures, options)
        self._loops = {}
        self.nin, self.nout = len(self._kernel._parameters), 1

    def __repr__(self):
        return f"<nopython ufunc {self.__name__}>"

    @property
    def _decorator(self):
        """How a module that is put together declares the function."""
        texts = self._kernel._declared_text
        return f"@__vectorize__({texts!r})" if texts else "@__vectorize__"

    @property
    def nargs(self):
        """How many operands there are, the output among them."""
        return self.nin + self.nout

    @property
    def types(self):
        """The signatures in NumPy's characters, such as ``dd->d``."""
        return [
            "".join(np.dtype(name).char for name in _dtypes(params)) + "->" + np.dtype(_dtypes(kernel.result)[0]).char
            for params, kernel in self._kernel._kernels.items()
        ]

    @property
    def signatures(self):
        """The argument types there are kernels for."""
        return self._kernel.signatures

    def __call__(self, *args, out=None, dtype=None):
        if len(args) == self.nin + 1 and out is None:
            *args, out = args
        if len(args) != self.nin:
            raise TypeError(f"{self.__name__}() takes {self.nin} positional arguments but {len(args)} were given")
        out = out[0] if isinstance(out, tuple) else out
        given = self._cast(args, dtype)
        if not any(isinstance(a, np.ndarray) and a.ndim for a in args) and out is None:
            result = self._kernel(*(a[()] if isinstance(a, np.ndarray) else a for a in given))
            return _strong(result)
        try:
            arrays = np.broadcast_arrays(*given)
        except ValueError:
            shapes = " ".join(str(np.shape(a)).replace(" ", "") for a in given)
            raise ValueError(f"operands could not be broadcast together with shapes {shapes}") from None
        made = self._result_dtype(given)
        if out is None or out.dtype != made:
            result = np.empty(arrays[0].shape if out is None else out.shape, dtype=made)
        else:
            result = out
        if out is not None:
            arrays = [np.broadcast_to(a, out.shape) for a in arrays]
        self._run(result, arrays)
        if out is not None and result is not out:
            np.copyto(out, result, casting="same_kind")
        return result if out is None else out

    def _cast(self, args, dtype):
        """Arguments as NumPy scalars and arrays of the dtypes of a signature."""
        args = [np.asarray(a) if isinstance(a, (list, tuple)) else a for a in args]
        if not any(isinstance(a, (np.ndarray, np.generic)) for a in args):
            args = [np.asarray(a)[()] for a in args]
        if not self._kernel._declared:
            strong = [a.dtype for a in args if isinstance(a, (np.ndarray, np.generic))]
            common = np.result_type(*args) if strong and len(strong) < len(args) else None
            # A Python number takes the dtype that NumPy would give it beside the others.
            return [a if isinstance(a, (np.ndarray, np.generic)) else (common or np.asarray(a).dtype).type(a) for a in args]
        for params, _, kernel in self._kernel._declared:
            wanted = [np.dtype(name) for name in _dtypes(params)]
            if dtype is not None and np.dtype(dtype) != np.dtype(_dtypes(kernel.result)[0]):
                continue
            if all(_fits(a, to) for a, to in zip(args, wanted)):
                return [np.asarray(a, dtype=to) if isinstance(a, np.ndarray) else to.type(a) for a, to in zip(args, wanted)]
        kinds = ", ".join(str(getattr(a, "dtype", type(a).__name__)) for a in args)
        raise TypeError(f"ufunc '{self.__name__}' not supported for the input types ({kinds}); its signatures are {self.types}")

    def _result_dtype(self, given):
        """The dtype of the function's result for scalars of the arguments' dtypes."""
        scalars = tuple(a.dtype.type(1) for a in given)
        key = self._kernel._key(scalars)
        kernel = self._kernel._kernels.get(key) or self._kernel._specialise(scalars)
        return np.dtype(_dtypes(kernel.result)[0])

    def _run(self, out, arrays):
        """Fills ``out``, whatever its rank: axes beyond the fourth are looped over here."""
        if out.ndim > 4:
            for k in range(out.shape[0]):
                self._run(out[k], [a[k] for a in arrays])
            return
        if out.ndim == 0:
            out[()] = self._kernel(*(a[()] for a in arrays))
            return
        self._loop(out.ndim)(out, *arrays)

    def _loop(self, rank):
        if rank not in self._loops:
            names = [f"a{k}" for k in range(self.nin)]
            index = ", ".join(f"i{k}" for k in range(rank))
            lines = [f"def elements(out, {', '.join(names)}):"]
            for k in range(rank):
                lines.append("    " * (k + 1) + f"for i{k} in range(out.shape[{k}]):")
            call = ", ".join(f"{name}[{index}]" for name in names)
            lines.append("    " * (rank + 1) + f"out[{index}] = kernel({call})")
            self._loops[rank] = _written("\n".join(lines) + "\n", "elements", kernel=self._kernel)
        return self._loops[rank]

    def reduce(self, array, axis=0):
        """Combines the items along an axis, from the first to the last."""
        if self.nin != 2:
            raise ValueError("reduce only supported for binary functions")
        rows = np.moveaxis(np.asarray(array), axis, 0)
        if len(rows) == 0:
            raise ValueError(f"zero-size array to reduction operation {self.__name__} which has no identity")
        return functools.reduce(self, rows)

    def accumulate(self, array, axis=0):
        """What :meth:`reduce` gives after each item."""
        if self.nin != 2:
            raise ValueError("accumulate only supported for binary functions")
        rows = [r for r in np.moveaxis(np.asarray(array), axis, 0)]
        for k in range(1, len(rows)):
            rows[k] = self(rows[k - 1], rows[k])
        return np.moveaxis(np.stack(rows), 0, axis)

    def outer(self, a, b):
        """The function of every pair of elements."""
        a, b = np.asarray(a), np.asarray(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)

    def __reduce__(self):
        # Loops carry their source, which cannot be put together where that of the kernel is not known.
        for rank in range(1, 5):
            self._loop(rank)
        return _restore_vectorized, (self._kernel, self._loops)

    def __dask_tokenize__(self):
        return ("vectorize", *self._kernel.__dask_tokenize__())


def _restore_vectorized(kernel, loops):
    made = Vectorized(kernel.py_func, None, kernel.targetoptions)
    made._kernel, made._loops = kernel, loops
    return made


class GUFunc:
    """A function of the last axes of its arguments, as ``layout`` names them (``"(m,n),(n)->(m)"``); all other axes broadcast.

    The function writes to its last arguments, the outputs, which are allocated unless they are given. Of a layout without an arrow all are
    inputs, and what the function writes to them is seen by the caller; a call then gives ``None``.

    Raises ``TypeError`` when no signature fits, ``ValueError`` when shapes do not, and what the function raises.
    """

    def __init__(self, py_func, signatures, layout, options=None):
        functools.update_wrapper(self, py_func)
        self.py_func = py_func
        self.targetoptions = dict(options or {})
        self.signature = layout.replace(" ", "")
        self._inputs, self._outputs = _parse_layout(self.signature)
        self.nin, self.nout = len(self._inputs), len(self._outputs)
        self._texts = types.signature_texts(signatures) if signatures is not None else []
        self._wanted = [[np.dtype(name) for name in _dtypes(params)] for params, _ in types.parse(self._texts)]
        self._kernel = Dispatcher(py_func, None, options)
        self._rows = None

    def __repr__(self):
        return f"<nopython gufunc {self.__name__} {self.signature}>"

    @property
    def _decorator(self):
        """How a module that is put together declares the function."""
        texts = f"{self._texts!r}, " if self._texts else ""
        return f"@__guvectorize__({texts}{self.signature!r})"

    @property
    def signatures(self):
        """The argument types there are kernels for, with an axis before those of the layout."""
        return self._loop().signatures

    def __call__(self, *args, out=None):
        if len(args) not in (self.nin, self.nin + self.nout):
            raise TypeError(f"{self.__name__}() takes from {self.nin} to {self.nin + self.nout} arguments but {len(args)} were given")
        given = out if isinstance(out, tuple) else (out,) if out is not None else args[self.nin :]
        wanted = self._dtypes(args[: self.nin])
        arrays = [np.asarray(a if hasattr(a, "dtype") or isinstance(a, (list, tuple)) else to.type(a)) for a, to in zip(args, wanted)]
        arrays = [a.astype(to, copy=False) for a, to in zip(arrays, wanted)]
        sizes, outer = self._sizes(arrays)
        outputs = []
        for k, names in enumerate(self._outputs):
            shape = outer + tuple(self._size(name, sizes, given) for name in names)
            if given:
                if given[k].shape != shape:
                    raise ValueError(f"output {k} of {self.__name__} has shape {given[k].shape}, not {shape}")
                outputs.append(given[k])
            else:
                outputs.append(np.empty(shape, dtype=wanted[self.nin + k]))
        shapes = [outer + a.shape[a.ndim - len(names) :] for a, names in zip(arrays, self._inputs)]
        inputs = [a if a.shape == shape else np.broadcast_to(a, shape) for a, shape in zip(arrays, shapes)]
        if 0 not in outer:
            self._run(outer, inputs, outputs)
        if given:
            return given[0] if len(given) == 1 else tuple(given)
        if not outputs:
            return None
        results = [o[()] if o.ndim == 0 else o for o in outputs]
        return results[0] if len(results) == 1 else tuple(results)

    def _run(self, outer, inputs, outputs):
        """Calls the kernel for every place of the outer axes: in compiled code, if the arrays with one axis for all of them have a rank
        that is compiled."""
        operands = [*zip(inputs, self._inputs), *zip(outputs, self._outputs)]
        if max(len(names) for _, names in operands) > 3:
            for index in np.ndindex(outer):
                ins = [_core(a, index, names) for a, names in zip(inputs, self._inputs)]
                self._kernel(*ins, *(_target(o, index) for o in outputs))
            return
        rows = [a.reshape((math.prod(outer), *a.shape[a.ndim - len(names) :])) for a, names in operands]
        self._loop()(*rows)
        written = zip(rows[self.nin :], outputs) if outputs else zip(rows, inputs)
        for made, array in written:
            if array.flags.writeable and not np.may_share_memory(made, array):
                array[...] = made.reshape(array.shape)

    def _loop(self):
        if self._rows is None:
            names = [f"a{k}" for k in range(self.nin + self.nout)]
            parts = [f"{name}[i]" for name in names[: self.nin]]
            # An output without axes is an array of one element, as in Numba.
            parts += [f"{name}[i]" if axes else f"{name}[i : i + 1]" for name, axes in zip(names[self.nin :], self._outputs)]
            text = f"def rows({', '.join(names)}):\n    for i in range({names[-1]}.shape[0]):\n        kernel({', '.join(parts)})\n"
            self._rows = _written(text, "rows", kernel=self._kernel)
        return self._rows

    def _dtypes(self, args):
        """The dtypes of inputs and outputs: those of the first signature that the inputs can be cast to safely."""
        args = [np.asarray(a) if isinstance(a, (list, tuple)) else a for a in args]
        if not self._wanted:
            dtypes = [np.asarray(a).dtype for a in args]
            return dtypes + [np.result_type(*dtypes)] * self.nout
        for wanted in self._wanted:
            if all(_fits(a, to) for a, to in zip(args, wanted)):
                return wanted
        kinds = ", ".join(str(getattr(a, "dtype", type(a).__name__)) for a in args)
        raise TypeError(f"ufunc '{self.__name__}' not supported for the input types ({kinds}); its signatures are {[[str(dtype) for dtype in row] for row in self._wanted]}")

    def _sizes(self, arrays):
        """The extents of the named axes, and the shape of all other axes."""
        sizes, outer = {}, []
        for k, (array, names) in enumerate(zip(arrays, self._inputs)):
            if array.ndim < len(names):
                raise ValueError(
                    f"{self.__name__}: Input operand {k} does not have enough dimensions "
                    f"(has {array.ndim}, gufunc core with signature {self.signature} requires {len(names)})"
                )
            outer.append(array.shape[: array.ndim - len(names)])
            for name, size in zip(names, array.shape[array.ndim - len(names) :]):
                if sizes.setdefault(name, size) != size:
                    raise ValueError(
                        f"{self.__name__}: Input operand {k} has a mismatch in its core dimension {name!r}, with gufunc signature "
                        f"{self.signature} (size {size} is different from {sizes[name]})"
                    )
        return sizes, np.broadcast_shapes(*outer)

    def _size(self, name, sizes, given):
        if name not in sizes:
            for array, names in zip(given, self._outputs):
                if name in names:
                    return array.shape[array.ndim - len(names) + names.index(name)]
            raise ValueError(f"{self.__name__}: the size of the output's axis {name!r} is not known; pass the output")
        return sizes[name]

    def __dask_tokenize__(self):
        return ("guvectorize", self.signature, *self._kernel.__dask_tokenize__())

    def __reduce__(self):
        return _restore_gufunc, (self._kernel, self._loop(), self._wanted, self.signature)


def _restore_gufunc(kernel, rows, wanted, layout):
    made = GUFunc(kernel.py_func, None, layout, kernel.targetoptions)
    made._kernel, made._rows, made._wanted = kernel, rows, wanted
    return made


def _core(array, index, names):
    return array[index] if names else array[index][()]


def _target(array, index):
    """The part of an output for one call; an output without axes is an array of one element, as in Numba."""
    part = array[index + (Ellipsis,)]
    return part.reshape(1) if part.ndim == 0 else part


def _parse_layout(layout):
    found = re.fullmatch(r"(\([\w,]*\)(?:,\([\w,]*\))*)?(?:->(\([\w,]*\)(?:,\([\w,]*\))*))?", layout)
    if not found or not layout:
        raise ValueError(f"cannot read the layout {layout!r}; it is written as '(m,n),(n)->(m)'")
    sides = [re.findall(r"\(([\w,]*)\)", side or "") for side in found.groups()]
    return [[tuple(filter(None, names.split(","))) for names in side] for side in sides]


def _dtypes(key):
    return [part[1] for part in _engine.type_parts(key)]


def _fits(value, dtype):
    if isinstance(value, (np.ndarray, np.generic)):
        return np.can_cast(value.dtype, dtype, "safe")
    if isinstance(value, bool):
        return True
    # A Python number is weak, as in NumPy 2.
    return dtype.kind in ("c" if isinstance(value, complex) else "fc" if isinstance(value, float) else "iufc")


def _strong(value):
    return np.asarray(value)[()]


def _written(text, name, **scope):
    """A jitted function from source text."""
    exec(text, scope)  # noqa: S102: the text is written above
    return Dispatcher(scope[name], None, {"source": text})


def _check(options):
    unknown = sorted(set(options) - OPTIONS - {"identity", "writable_args"})
    if unknown:
        raise TypeError(f"got an unexpected keyword argument {unknown[0]!r}")
    check_options(options)


def vectorize(signatures_or_function=None, **options):
    """Makes a function of scalars apply to every element: ``@vectorize`` or ``@vectorize([float64(float64, float64)])``."""
    _check(options)
    if callable(signatures_or_function) and not isinstance(signatures_or_function, types.Signature):
        return Vectorized(signatures_or_function, None, options)
    return lambda function: Vectorized(function, signatures_or_function, options)


def guvectorize(signatures_or_layout, layout=None, **options):
    """Makes a function of the last axes broadcast over all others: ``@guvectorize([signatures], "(n),()->(n)")``, or the layout alone."""
    _check(options)
    signatures, layout = (None, signatures_or_layout) if layout is None else (signatures_or_layout, layout)
    return lambda function: GUFunc(function, signatures, layout, options)
