"""A Python function with its compiled specialisations."""

from nopython._portable import _keys


class Function:
    """What ``nopython.jit`` gives derives from this class: a table from argument types to kernels.

    The deriving class has the methods ``_bind(args, kwargs)``, which gives all arguments by position, ``_specialise(args)``, which
    gives the kernel for new types, and ``_with_known(args)``, which gives the function for functions and dtypes among the arguments and
    the arguments that are left, or ``None``.
    """

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._arity, self._table = 0, {}
        return self

    def _set_arity(self, arity):
        """Sets the number of parameters."""
        self._arity = arity

    def _enter(self, key, kernel):
        """Enters a kernel for argument types."""
        self._table[key] = kernel

    def _key(self, args):
        """The types of arguments, as bytes; ``TypeError`` that names the parameter of one that compiled functions do not take."""
        parts = []
        for k, value in enumerate(args):
            try:
                parts.append(_keys.of_value(value))
            except _keys.Unsuited as got:
                parameters = getattr(self, "_parameters", [])
                parameter = parameters[k] if k < len(parameters) else k
                name = getattr(self, "__name__", "function")
                raise TypeError(
                    f"{name}() argument '{parameter}' takes numbers, strings, NumPy arrays, tuples and lists of them and None, got {got}"
                ) from None
        return b"".join(parts)

    def __call__(self, *args, **kwargs):
        """Calls the kernel for the types of the arguments."""
        if kwargs or len(args) != self._arity:
            args = self._bind(args, kwargs)
        try:
            key = self._key(args)
        except TypeError:
            specialised = self._with_known(args)
            if specialised is None:
                raise
            function, rest = specialised
            return function(*rest)
        kernel = self._table.get(key)
        if kernel is None:
            kernel = self._specialise(args)
        return kernel._run(args)
