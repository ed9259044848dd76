//! NumPy arrays and scalars through NumPy's C interface.

use nopython_types::DType;
use numpy::npyffi::{self, NPY_TYPES, PY_ARRAY_API, PyArray_Descr, PyArrayObject, flags, npy_intp};
use pyo3::prelude::*;
use std::ffi::c_int;
use std::ptr;

/// The dtypes by NumPy's type number; `long` has the size of C's. `long double` is not compiled.
const BY_NUMBER: [Option<DType>; 16] = [
    Some(DType::Bool),
    Some(DType::Int8),
    Some(DType::UInt8),
    Some(DType::Int16),
    Some(DType::UInt16),
    Some(DType::Int32),
    Some(DType::UInt32),
    Some(if cfg!(windows) { DType::Int32 } else { DType::Int64 }),
    Some(if cfg!(windows) { DType::UInt32 } else { DType::UInt64 }),
    Some(DType::Int64),
    Some(DType::UInt64),
    Some(DType::Float32),
    Some(DType::Float64),
    None,
    Some(DType::Complex64),
    Some(DType::Complex128),
];

/// The dtype of a NumPy type number, if it is compiled.
pub fn dtype_of(number: c_int) -> Option<DType> {
    BY_NUMBER.get(usize::try_from(number).ok()?).copied().flatten()
}

/// NumPy's type number of a dtype.
pub fn number_of(dtype: DType) -> c_int {
    BY_NUMBER.iter().position(|d| *d == Some(dtype)).map_or(0, |n| n as c_int)
}

fn descr(py: Python<'_>, dtype: DType) -> *mut PyArray_Descr {
    // SAFETY: the number is one of NumPy's built-in types.
    unsafe { PY_ARRAY_API.PyArray_DescrFromType(py, number_of(dtype)) }
}

/// An `ndarray` whose dtype is compiled.
#[derive(Clone, Debug)]
pub struct Ndarray<'py> {
    object: Bound<'py, PyAny>,
    dtype: DType,
}

impl<'py> Ndarray<'py> {
    /// The array that an object is, or nothing. `Err` is an array of a dtype that is not compiled.
    pub fn from(object: &Bound<'py, PyAny>) -> Option<Result<Self, ()>> {
        // SAFETY: `PyArray_Check` takes any object.
        if unsafe { npyffi::PyArray_Check(object.py(), object.as_ptr()) } == 0 {
            return None;
        }
        let array = object.as_ptr().cast::<PyArrayObject>();
        // SAFETY: the object is an array, whose descriptor is never null.
        let number = unsafe { (*(*array).fields.descr).fields.type_num };
        Some(dtype_of(number).map(|dtype| Ndarray { object: object.clone(), dtype }).ok_or(()))
    }

    fn fields(&self) -> &npyffi::PyArrayObject_fields {
        // SAFETY: `from` and the constructors made sure that the object is an array, and it is alive as long as `self`.
        unsafe { &(*self.object.as_ptr().cast::<PyArrayObject>()).fields }
    }

    /// An array of uninitialised elements in C order.
    pub fn empty(py: Python<'py>, dtype: DType, shape: &[npy_intp]) -> PyResult<Self> {
        // Where NumPy allocates, flags other than 0 ask for Fortran order.
        Self::make(py, dtype, shape, None, ptr::null_mut(), 0)
    }

    /// An array over memory.
    ///
    /// # Safety
    /// The memory that shape and strides (in bytes) reach from `data` must stay valid for as long as the array, which `keep` sees to if
    /// it is given.
    pub unsafe fn over(
        data: *mut u8,
        dtype: DType,
        shape: &[npy_intp],
        strides: &[npy_intp],
        writeable: bool,
        keep: Result<&Bound<'py, PyAny>, Python<'py>>,
    ) -> PyResult<Self> {
        let py = keep.map_or_else(|py| py, |keep| keep.py());
        let flags = if writeable { flags::NPY_ARRAY_WRITEABLE } else { 0 };
        let array = Self::make(py, dtype, shape, Some(strides), data, flags)?;
        if let Ok(keep) = keep {
            let keep = keep.clone().into_ptr();
            // SAFETY: the array was made here, and the reference to `keep` is given away.
            if unsafe { PY_ARRAY_API.PyArray_SetBaseObject(py, array.pointer(), keep) } != 0 {
                return Err(PyErr::fetch(py));
            }
        }
        Ok(array)
    }

    fn make(
        py: Python<'py>,
        dtype: DType,
        shape: &[npy_intp],
        strides: Option<&[npy_intp]>,
        data: *mut u8,
        flags: c_int,
    ) -> PyResult<Self> {
        let strides = strides.map_or(ptr::null_mut(), |s| s.as_ptr().cast_mut());
        let rank = shape.len() as c_int;
        // SAFETY: NumPy copies shape and strides, which have `rank` items, and takes over the reference to the descriptor.
        let object = unsafe {
            PY_ARRAY_API.PyArray_NewFromDescr(
                py,
                npyffi::get_type_object(py, npyffi::NpyTypes::PyArray_Type),
                descr(py, dtype),
                rank,
                shape.as_ptr().cast_mut(),
                strides,
                data.cast(),
                flags,
                ptr::null_mut(),
            )
        };
        // SAFETY: NumPy gave a new reference, or null with an exception set.
        let object = unsafe { Bound::from_owned_ptr_or_err(py, object)? };
        Ok(Ndarray { object, dtype })
    }

    /// Copies every element; the shapes are equal.
    pub fn assign(&self, from: &Ndarray<'py>) -> PyResult<()> {
        // SAFETY: both are arrays.
        let status = unsafe { PY_ARRAY_API.PyArray_CopyInto(self.object.py(), self.pointer(), from.pointer()) };
        if status == 0 { Ok(()) } else { Err(PyErr::fetch(self.object.py())) }
    }

    fn pointer(&self) -> *mut PyArrayObject {
        self.object.as_ptr().cast()
    }

    /// Element type.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// Extents.
    pub fn shape(&self) -> &[npy_intp] {
        self.axes(self.fields().dimensions)
    }

    /// Strides in bytes.
    pub fn strides(&self) -> &[npy_intp] {
        self.axes(self.fields().strides)
    }

    fn axes(&self, first: *mut npy_intp) -> &[npy_intp] {
        let rank = self.fields().nd as usize;
        if rank == 0 {
            return &[];
        }
        // SAFETY: NumPy keeps `nd` extents and strides in the array object.
        unsafe { std::slice::from_raw_parts(first, rank) }
    }

    /// The first element.
    pub fn data(&self) -> *mut u8 {
        self.fields().data.cast()
    }

    /// Bytes of the elements.
    pub fn nbytes(&self) -> usize {
        self.shape().iter().product::<npy_intp>() as usize * self.dtype.size() as usize
    }

    fn has(&self, flag: c_int) -> bool {
        self.fields().flags & flag == flag
    }

    /// Whether elements lie in C order without gaps, aligned, in this machine's byte order.
    pub fn is_plain(&self) -> bool {
        self.has(flags::NPY_ARRAY_CARRAY_RO) && self.is_native()
    }

    /// Whether elements are aligned and in this machine's byte order, at any strides.
    pub fn is_behaved(&self) -> bool {
        self.has(flags::NPY_ARRAY_ALIGNED) && self.is_native()
    }

    /// Whether elements lie in C order without gaps.
    pub fn is_contiguous(&self) -> bool {
        self.has(flags::NPY_ARRAY_C_CONTIGUOUS)
    }

    /// Whether elements may be changed.
    pub fn is_writeable(&self) -> bool {
        self.has(flags::NPY_ARRAY_WRITEABLE)
    }

    fn is_native(&self) -> bool {
        // SAFETY: the descriptor of an array is never null.
        let order = unsafe { (*self.fields().descr).fields.byteorder } as u8;
        order != if cfg!(target_endian = "little") { b'>' } else { b'<' }
    }

    /// Addresses of the first byte and past the last one that elements occupy; equal when there is no element.
    pub fn span(&self) -> (usize, usize) {
        let start = self.data() as usize;
        if self.shape().contains(&0) {
            return (start, start);
        }
        let mut low = start;
        let mut high = start + self.dtype.size() as usize;
        for (n, stride) in self.shape().iter().zip(self.strides()) {
            let reach = (n - 1) * stride;
            if reach < 0 {
                low = low.wrapping_add_signed(reach);
            } else {
                high = high.wrapping_add_signed(reach);
            }
        }
        (low, high)
    }

    /// The Python object.
    pub fn object(&self) -> &Bound<'py, PyAny> {
        &self.object
    }
}

/// The type object of NumPy's scalars of a type number.
pub fn scalar_type(py: Python<'_>, number: usize) -> usize {
    // SAFETY: the number is one of NumPy's built-in types; the type lives as long as NumPy, so that its address alone is kept.
    let object = unsafe { PY_ARRAY_API.PyArray_TypeObjectFromType(py, number as c_int) };
    // SAFETY: NumPy gave a new reference.
    drop(unsafe { Bound::from_owned_ptr(py, object) });
    object as usize
}

/// How many type numbers there are up to those of dtypes that are compiled.
pub const NUMBERS: usize = BY_NUMBER.len();

/// A NumPy scalar that is not complex, from its bytes.
pub fn scalar<'py>(py: Python<'py>, dtype: DType, mut bytes: [u8; 8]) -> PyResult<Bound<'py, PyAny>> {
    debug_assert!(number_of(dtype) < NPY_TYPES::NPY_LONGDOUBLE as c_int);
    let descr = descr(py, dtype);
    // SAFETY: the bytes hold a value of the dtype, which has at most 8; NumPy copies them.
    let object = unsafe { PY_ARRAY_API.PyArray_Scalar(py, bytes.as_mut_ptr().cast(), descr, ptr::null_mut()) };
    // SAFETY: `descr` is a reference of ours that NumPy did not take over.
    unsafe { pyo3::ffi::Py_DECREF(descr.cast()) };
    // SAFETY: NumPy gave a new reference, or null with an exception set.
    unsafe { Bound::from_owned_ptr_or_err(py, object) }
}
