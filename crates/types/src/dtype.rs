//! The element types, one row each.

use core::fmt;

/// A NumPy dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DType {
    /// `bool`: one byte, 0 or 1.
    Bool,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`
    Int32,
    /// `int64`
    Int64,
    /// `uint8`
    UInt8,
    /// `uint16`
    UInt16,
    /// `uint32`
    UInt32,
    /// `uint64`
    UInt64,
    /// `float32`
    Float32,
    /// `float64`
    Float64,
    /// `complex64`: two `float32`.
    Complex64,
    /// `complex128`: two `float64`.
    Complex128,
}

/// The kind of a dtype, in NumPy's order of promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// NumPy's kind `b`.
    Bool,
    /// NumPy's kind `u`.
    Unsigned,
    /// NumPy's kind `i`.
    Signed,
    /// NumPy's kind `f`.
    Float,
    /// NumPy's kind `c`.
    Complex,
}

impl DType {
    /// Every dtype, in declaration order.
    pub const ALL: [DType; 13] = [
        DType::Bool,
        DType::Int8,
        DType::Int16,
        DType::Int32,
        DType::Int64,
        DType::UInt8,
        DType::UInt16,
        DType::UInt32,
        DType::UInt64,
        DType::Float32,
        DType::Float64,
        DType::Complex64,
        DType::Complex128,
    ];

    /// NumPy's name, kind and size in bytes: the table this type consists of.
    #[must_use]
    pub const fn row(self) -> (&'static str, Kind, u32) {
        match self {
            DType::Bool => ("bool", Kind::Bool, 1),
            DType::Int8 => ("int8", Kind::Signed, 1),
            DType::Int16 => ("int16", Kind::Signed, 2),
            DType::Int32 => ("int32", Kind::Signed, 4),
            DType::Int64 => ("int64", Kind::Signed, 8),
            DType::UInt8 => ("uint8", Kind::Unsigned, 1),
            DType::UInt16 => ("uint16", Kind::Unsigned, 2),
            DType::UInt32 => ("uint32", Kind::Unsigned, 4),
            DType::UInt64 => ("uint64", Kind::Unsigned, 8),
            DType::Float32 => ("float32", Kind::Float, 4),
            DType::Float64 => ("float64", Kind::Float, 8),
            DType::Complex64 => ("complex64", Kind::Complex, 8),
            DType::Complex128 => ("complex128", Kind::Complex, 16),
        }
    }

    /// NumPy's name, such as `float64`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.row().1
    }

    /// Size of one element in bytes.
    #[must_use]
    pub const fn size(self) -> u32 {
        self.row().2
    }

    /// Whether the dtype is `float32` or `float64`.
    #[must_use]
    pub fn is_float(self) -> bool {
        self.kind() == Kind::Float
    }

    /// Whether the dtype is a signed or unsigned integer; `bool` is not.
    #[must_use]
    pub fn is_int(self) -> bool {
        matches!(self.kind(), Kind::Signed | Kind::Unsigned)
    }

    /// Whether the dtype is `complex64` or `complex128`.
    #[must_use]
    pub fn is_complex(self) -> bool {
        self.kind() == Kind::Complex
    }

    /// The dtype of the parts: that of the real and imaginary part of a complex dtype, any other dtype itself.
    #[must_use]
    pub const fn part(self) -> DType {
        match self {
            DType::Complex64 => DType::Float32,
            DType::Complex128 => DType::Float64,
            real => real,
        }
    }

    /// Whether values can be negative, or have negative parts: all but bools and unsigned integers.
    #[must_use]
    pub fn is_signed(self) -> bool {
        matches!(self.kind(), Kind::Signed | Kind::Float | Kind::Complex)
    }

    /// The dtype that a name as NumPy, Numba or Python spell it stands for.
    #[must_use]
    pub fn from_name(name: &str) -> Option<DType> {
        Some(match name {
            "bool" | "bool_" | "boolean" | "b1" => DType::Bool,
            "int8" | "i1" | "byte" => DType::Int8,
            "int16" | "i2" | "short" => DType::Int16,
            "int32" | "i4" | "intc" => DType::Int32,
            "int64" | "i8" | "intp" | "int_" | "longlong" => DType::Int64,
            "uint8" | "u1" | "ubyte" => DType::UInt8,
            "uint16" | "u2" | "ushort" => DType::UInt16,
            "uint32" | "u4" | "uintc" => DType::UInt32,
            "uint64" | "u8" | "uintp" | "uint" => DType::UInt64,
            "float32" | "f4" | "single" => DType::Float32,
            "float64" | "f8" | "double" | "float_" => DType::Float64,
            "complex64" | "c8" | "csingle" => DType::Complex64,
            "complex128" | "c16" | "cdouble" | "complex_" => DType::Complex128,
            _ => return None,
        })
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
