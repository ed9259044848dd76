"""Compiles NumPy-aware Python functions to small, fast WebAssembly, and runs them."""

import pathlib
from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

import numpy as np
import numpy.typing as npt

from nopython import typed, types
from nopython._dispatch import Dispatcher
from nopython._errors import CompileError
from nopython._ufunc import GUFunc, Vectorized
from nopython.types import Array, Signature, Tuple, Type, UniTuple
from nopython.types import bool_ as bool_
from nopython.types import boolean as boolean
from nopython.types import complex64 as complex64
from nopython.types import complex128 as complex128
from nopython.types import double as double
from nopython.types import f4 as f4
from nopython.types import f8 as f8
from nopython.types import float32 as float32
from nopython.types import float64 as float64
from nopython.types import i1 as i1
from nopython.types import i2 as i2
from nopython.types import i4 as i4
from nopython.types import i8 as i8
from nopython.types import int8 as int8
from nopython.types import int16 as int16
from nopython.types import int32 as int32
from nopython.types import int64 as int64
from nopython.types import int_ as int_
from nopython.types import intc as intc
from nopython.types import intp as intp
from nopython.types import none as none
from nopython.types import from_dtype as from_dtype
from nopython.types import typeof as typeof
from nopython.types import unicode_type as unicode_type
from nopython.types import u1 as u1
from nopython.types import u2 as u2
from nopython.types import u4 as u4
from nopython.types import u8 as u8
from nopython.types import uint as uint
from nopython.types import uint8 as uint8
from nopython.types import uint16 as uint16
from nopython.types import uint32 as uint32
from nopython.types import uint64 as uint64
from nopython.types import uintc as uintc
from nopython.types import uintp as uintp
from nopython.types import void as void

__version__: str

_Signatures = str | Signature | tuple[Type | str, ...] | list[Any]

@overload
def jit(signature_or_function: Callable[..., Any], **options: Any) -> Dispatcher: ...
@overload
def jit(
    signature_or_function: _Signatures | None = None, **options: Any
) -> Callable[[Callable[..., Any]], Dispatcher]: ...

njit = jit

def jitclass(cls_or_spec: Any = None, spec: Any = None) -> Any: ...

class prange:
    def __new__(cls, *args: int) -> range: ...  # type: ignore[misc]

@overload
def vectorize(signatures_or_function: Callable[..., Any], **options: Any) -> Vectorized: ...
@overload
def vectorize(
    signatures_or_function: _Signatures | None = None, **options: Any
) -> Callable[[Callable[..., Any]], Vectorized]: ...
def guvectorize(
    signatures_or_layout: _Signatures, layout: str | None = None, **options: Any
) -> Callable[[Callable[..., Any]], GUFunc]: ...
def literal_unroll(items: Any) -> Any: ...
def get_num_threads() -> int: ...
def set_num_threads(count: int) -> None: ...
def build(
    folder: str | pathlib.Path, *functions: Dispatcher, html: bool = False, inline: bool = False, npm: bool = False, i64: Literal["number", "bigint"] = "number", name: str | None = None
) -> list[pathlib.Path]: ...
def zeros(shape: int | Sequence[int], dtype: npt.DTypeLike = float) -> np.ndarray: ...
def empty(shape: int | Sequence[int], dtype: npt.DTypeLike = float) -> np.ndarray: ...
def asarray(values: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> np.ndarray: ...

class View: ...

def Lines(
    *, title: str | None = None, x: str | None = None, y: str | None = None, y2: str | None = None, labels: Sequence[str] | None = None,
    right: Sequence[int | str] | None = None, xlim: tuple[float, float] | None = None, ylim: tuple[float, float] | None = None,
    y2lim: tuple[float, float] | None = None, xscale: Literal["linear", "log"] | None = None, yscale: Literal["linear", "log"] | None = None,
    follow: bool = True, step: Literal["pre", "mid", "post"] | None = None, area: bool = False, markers: bool = False,
    styles: Sequence[Literal["-", "--", ":", "-."]] | None = None,
) -> View: ...
def Points(
    *, title: str | None = None, x: str | None = None, y: str | None = None, y2: str | None = None, labels: Sequence[str] | None = None,
    right: Sequence[int | str] | None = None, xlim: tuple[float, float] | None = None, ylim: tuple[float, float] | None = None,
    y2lim: tuple[float, float] | None = None, xscale: Literal["linear", "log"] | None = None, yscale: Literal["linear", "log"] | None = None,
    follow: bool = True, size: float | None = None, cmap: str | Sequence[str] | None = None,
    vmin: float | None = None, vmax: float | None = None,
) -> View: ...
def Bars(
    *, title: str | None = None, x: str | None = None, y: str | None = None, y2: str | None = None, labels: Sequence[str] | None = None,
    right: Sequence[int | str] | None = None, xlim: tuple[float, float] | None = None, ylim: tuple[float, float] | None = None,
    y2lim: tuple[float, float] | None = None, xscale: Literal["linear", "log"] | None = None, yscale: Literal["linear", "log"] | None = None,
    follow: bool = True,
) -> View: ...
def Image(
    *, title: str | None = None, x: str | None = None, y: str | None = None, cmap: str | Sequence[str] | None = None, vmin: float | None = None, vmax: float | None = None,
    origin: Literal["upper", "lower"] | None = None, extent: tuple[float, float, float, float] | None = None,
    aspect: Literal["equal", "auto"] | float | None = None,
) -> View: ...
def Table(*, title: str | None = None) -> View: ...
def Number(*, title: str | None = None) -> View: ...

class fixed:
    value: Any
    def __init__(self, value: Any) -> None: ...

def button(label: str | None = None) -> Any: ...
def point(x: float, y: float, *, panel: str | None = None) -> Any: ...
def pointer(x: float = 0.0, y: float = 0.0, *, panel: str | None = None) -> Any: ...
def table(array: Any) -> Any: ...
def log_slider(low: float, high: float, value: float | None = None) -> Any: ...
def range_slider(low: float, high: float, step: float | None = None, value: tuple[float, float] | None = None) -> Any: ...

class Figure:
    function: Callable[..., Any]
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def html(self) -> str: ...
    def picture(self) -> str: ...
    def png(self) -> bytes: ...
    def save(self, path: str | pathlib.Path) -> pathlib.Path: ...
    def widget(self) -> Any: ...

class Animation(Figure): ...

def interact(
    function: Callable[..., Any] | None = None, /, *, view: View | None = None, views: dict[str, View] | None = None, editable: bool = False,
    **arguments: Any,
) -> Any: ...
def animate(
    step: Callable[..., Any], state: np.ndarray | tuple[np.ndarray, ...] | Callable[[], Any], *, view: View | None = None,
    show: Callable[..., Any] | None = None, speed: int = 1, skip: int = 0, **arguments: Any,
) -> Animation: ...

__all__: list[str]
