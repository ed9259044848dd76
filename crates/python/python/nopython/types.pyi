"""Types of arguments and results, in Numba's notation."""

from collections.abc import Iterable

import numpy as np

class Type:
    def __init__(self, name: str) -> None: ...
    @property
    def expression(self) -> str: ...
    def __getitem__(self, axes: slice | tuple[slice, ...]) -> Type: ...
    def __call__(self, *parameters: Type) -> Signature: ...

class Signature:
    return_type: Type
    args: tuple[Type, ...]
    def __init__(self, result: Type, parameters: Iterable[Type]) -> None: ...

def UniTuple(item: Type, count: int) -> Type: ...
def Tuple(items: Iterable[Type]) -> Type: ...
def ListType(item: Type) -> Type: ...
def DictType(key: Type, value: Type) -> Type: ...
def Array(dtype: Type, ndim: int, layout: str, readonly: bool = False, aligned: bool = True) -> Type: ...
def signature_texts(signatures: object) -> list[str]: ...
def parse(signatures: object) -> list[tuple[bytes, bytes | None]]: ...
def from_bytes(key: bytes) -> tuple[Type, ...]: ...
def typeof(value: object) -> Type: ...
def from_dtype(dtype: np.dtype) -> Type: ...

int8: Type
int16: Type
int32: Type
int64: Type
uint8: Type
uint16: Type
uint32: Type
uint64: Type
float32: Type
float64: Type
complex64: Type
complex128: Type
i1: Type
i2: Type
i4: Type
i8: Type
u1: Type
u2: Type
u4: Type
u8: Type
f4: Type
f8: Type
intp: Type
uintp: Type
intc: Type
uintc: Type
int_: Type
uint: Type
double: Type
boolean: Type
bool_: Type
void: Type
none: Type

__all__: list[str]
unicode_type: Type
