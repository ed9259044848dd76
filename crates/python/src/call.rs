//! One call: arguments to slots, arrays into memory and back, results to Python.

use crate::errors::Refused;
use crate::generators;
use crate::interrupt::{self, Running};
use crate::kernel::Worker;
use crate::lists::{PassedItem, PassedList};
use crate::ndarray::{self, Ndarray};
use crate::passing::{self, Passed};
use crate::records;
use crate::resident::Mappings;
use crate::strings;
use nopython_engine::lists::Lent;
use nopython_engine::{Failure, Instance, Val};
use nopython_types::{ArrayType, DType, Export, Layout, Scalar, Type};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt, PyTuple};

pub type Answer<T> = Result<T, Refused>;

/// One call of an instance.
pub struct Call<'py, 'c> {
    pub(crate) py: Python<'py>,
    pub(crate) instance: &'c mut Instance,
    mappings: &'c mut Mappings,
    pub(crate) export: &'c Export,
    slots: Vec<Val>,
    passed: Vec<Passed<'py>>,
    /// Blocks that several results lie in, with a copy of each for all of them.
    common: Vec<(i32, passing::Common<'py>)>,
    first: bool,
    /// Lists among the arguments, arrays in them, and the blocks of both.
    pub(crate) lists: Vec<PassedList<'py>>,
    pub(crate) items: Vec<PassedItem<'py>>,
    pub(crate) lent: Lent,
    /// Lists of the result, by their records.
    pub(crate) lifted: Vec<(i32, Bound<'py, PyAny>)>,
    /// How many lists are around the value that is read, which then own what it refers to.
    pub(crate) in_list: usize,
}

impl<'py, 'c> Call<'py, 'c> {
    /// A call of the module's first export; `first` tells that no signal has stopped it before.
    pub fn new(py: Python<'py>, worker: &'c mut Worker, export: &'c Export, first: bool) -> Answer<Self> {
        let Worker { instance, mappings } = worker;
        Ok(Call {
            py,
            instance,
            mappings,
            export,
            slots: Vec::with_capacity(8),
            passed: Vec::new(),
            common: Vec::new(),
            first,
            lists: Vec::new(),
            items: Vec::new(),
            lent: Lent::default(),
            lifted: Vec::new(),
            in_list: 0,
        })
    }

    /// Runs it; `args` has as many items as the function has parameters. Whatever the outcome, the memory of arguments is free again.
    pub fn run(&mut self, args: &Bound<'py, PyTuple>) -> Answer<Bound<'py, PyAny>> {
        let outcome = self.enter(args);
        let mut released = Ok(());
        if self.export.holds_list() {
            released = self.instance.take_back(std::mem::take(&mut self.lent));
        }
        for block in passing::blocks(&self.passed) {
            released = released.and(self.instance.release(block));
        }
        released?;
        outcome
    }

    fn enter(&mut self, args: &Bound<'py, PyTuple>) -> Answer<Bound<'py, PyAny>> {
        let params = &self.export.params;
        for (k, (param, arg)) in params.iter().zip(args.iter_borrowed()).enumerate() {
            self.lower(&param.ty, &arg, k)?;
        }
        if let Some(k) = passing::guard(&mut self.passed) {
            return Err(self.read_only(k));
        }
        passing::share(self.instance, self.mappings, &mut self.passed)?;
        passing::copy_in(self.instance, &mut self.passed)?;
        let threads = self.passed.iter().any(Passed::is_copied_back) && interrupt::has_other_threads(self.py);
        passing::remember(self.instance, &mut self.passed, threads)?;
        for passed in &self.passed {
            passed.fill(&mut self.slots);
        }
        let mut results = [const { Val::I32(0) }; FEW];
        let count = self.export.result.slots().len();
        let outcome = if count <= FEW {
            self.invoke(&mut results[..count]).and_then(|()| self.lift_all(&results[..count]))
        } else {
            let mut results = vec![Val::I32(0); count];
            self.invoke(&mut results).and_then(|()| self.lift_all(&results))
        };
        let outcome = match outcome {
            Err(Refused::Failure(Failure::Interrupted)) => match self.py.check_signals() {
                Ok(()) if !self.leaves_traces() => return Err(Refused::Stopped),
                Ok(()) => outcome,
                Err(error) => {
                    passing::copy_back(self.py, self.instance, &self.passed)?;
                    self.copy_lists_back()?;
                    return Err(error.into());
                }
            },
            other => other,
        };
        // What was written before an exception stays written, as under CPython.
        if matches!(outcome, Ok(_) | Err(Refused::Failure(_))) {
            passing::copy_back(self.py, self.instance, &self.passed)?;
            self.copy_lists_back()?;
            if let Some(k) = passing::written_read_only(self.instance, &self.passed)? {
                return Err(self.read_only(k));
            }
        }
        outcome
    }

    /// Whether a call that has begun cannot be made again as if it had not: it writes to memory that NumPy sees, or prints.
    fn leaves_traces(&self) -> bool {
        self.instance.prints() || self.passed.iter().any(Passed::is_written_in_place)
    }

    /// Runs compiled code without the interpreter's lock.
    fn invoke(&mut self, results: &mut [Val]) -> Answer<()> {
        let all_signals = self.first && !self.leaves_traces();
        let (instance, slots) = (&mut *self.instance, &self.slots);
        let _running = Running::start(instance.interrupt_words(), all_signals);
        // A signal that came before is not missed, one that comes from here on sets the words.
        self.py.check_signals()?;
        let outcome = generators::carried(instance, |instance| self.py.detach(|| instance.invoke(0, slots, results)));
        outcome.map_err(Refused::Failure)
    }

    /// Appends the slots of an argument; those of arrays are filled in once all are known.
    fn lower(&mut self, ty: &Type, arg: &Bound<'py, PyAny>, k: usize) -> Answer<()> {
        match ty {
            Type::None if arg.is_none() => {}
            Type::Scalar(scalar) => {
                let slots = scalar_slots(*scalar, arg).map_err(|error| self.named(error, k, ty))?;
                self.slots.extend(slots);
            }
            Type::Array(array) => self.lower_array(*array, arg, k)?,
            // Hosts are given no records.
            Type::Record(_) => return Err(self.misfit(arg, k, ty).into()),
            Type::Str => {
                let codes = strings::codes(arg).map_err(|()| self.misfit(arg, k, ty))?;
                self.lower_array(Type::CODE_POINTS, &codes, k)?;
            }
            Type::Structured(records) => {
                let Some(units) = records::units(records, arg)? else { return Err(self.misfit(arg, k, ty).into()) };
                self.lower_array(records.units(), &units, k)?;
            }
            Type::List(item) => {
                let record = self.lower_list(item, arg, k)?;
                self.slots.push(Val::I32(record));
            }
            Type::Tuple(types) => {
                let items = arg.cast::<PyTuple>().ok().filter(|items| items.len() == types.len());
                let Some(items) = items else { return Err(self.misfit(arg, k, ty).into()) };
                for (ty, item) in types.iter().zip(items.iter_borrowed()) {
                    self.lower(ty, &item, k)?;
                }
            }
            Type::None => return Err(self.misfit(arg, k, ty).into()),
        }
        Ok(())
    }

    fn lower_array(&mut self, ty: ArrayType, arg: &Bound<'py, PyAny>, k: usize) -> Answer<()> {
        let array = Ndarray::from(arg).and_then(Result::ok);
        let fits = |a: &Ndarray<'_>| a.dtype() == ty.dtype && a.shape().len() == usize::from(ty.ndim);
        let Some(array) = array.filter(fits) else { return Err(self.misfit(arg, k, &Type::Array(ty)).into()) };
        let written = self.export.params.get(k).is_some_and(|param| param.written);
        let at = self.slots.len();
        self.slots.resize(at + ty.slot_count(), Val::I32(0));
        self.passed.push(Passed::new(array, at, ty.layout, written, k));
        Ok(())
    }

    /// `ValueError` for an argument that may not be written.
    fn read_only(&self, k: usize) -> Refused {
        let (function, name) = (&self.export.name, self.parameter(k));
        PyValueError::new_err(format!("assignment destination is read-only: {function}() writes to '{name}'")).into()
    }

    fn parameter(&self, k: usize) -> &str {
        self.export.params.get(k).map_or("", |param| param.name.as_str())
    }

    pub(crate) fn misfit(&self, arg: &Bound<'py, PyAny>, k: usize, ty: &Type) -> PyErr {
        let mut key = Vec::new();
        let got = match crate::key::of_value(arg, &mut key) {
            Ok(()) => {
                nopython_types::encoding::decode(&mut key.as_slice()).map_or_else(String::new, |ty| ty.to_string())
            }
            Err(got) => got,
        };
        let (name, parameter) = (&self.export.name, self.parameter(k));
        PyTypeError::new_err(format!("{name}() argument '{parameter}' takes {ty}, got {got}"))
    }

    /// An error of a conversion, with the parameter it is about.
    pub(crate) fn named(&self, error: PyErr, k: usize, ty: &Type) -> PyErr {
        let (name, parameter) = (&self.export.name, self.parameter(k));
        let message = format!("{name}() argument '{parameter}' takes {ty}: {}", error.value(self.py));
        PyErr::from_type(error.get_type(self.py), message)
    }

    fn lift_all(&mut self, results: &[Val]) -> Answer<Bound<'py, PyAny>> {
        let ty = &self.export.result;
        if matches!(ty, Type::Tuple(_)) {
            let mut spans = Vec::new();
            blocks_of(ty, &mut results.iter(), &mut spans);
            for (k, (owner, low, high)) in spans.iter().enumerate() {
                let same = || spans.iter().filter(|span| span.0 == *owner);
                if spans[..k].iter().all(|span| span.0 != *owner) && same().count() > 1 {
                    let (low, high) = same().fold((*low, *high), |all, span| (all.0.min(span.1), all.1.max(span.2)));
                    self.common.push((*owner, passing::Common::new(self.py, self.instance, low, high)?));
                }
            }
        }
        self.lift(ty, &mut results.iter())
    }

    pub(crate) fn lift(&mut self, ty: &Type, slots: &mut std::slice::Iter<'_, Val>) -> Answer<Bound<'py, PyAny>> {
        let py = self.py;
        match ty {
            Type::None => Ok(py.None().into_bound(py)),
            Type::Scalar(scalar) if scalar.dtype.is_complex() => {
                let [re, im] = [slots.next(), slots.next()].map(|slot| match slot {
                    Some(Val::F32(bits)) => f64::from(f32::from_bits(*bits)),
                    Some(Val::F64(bits)) => f64::from_bits(*bits),
                    _ => 0.0,
                });
                Ok(complex_object(py, *scalar, re, im)?)
            }
            Type::Scalar(scalar) => Ok(scalar_object(py, *scalar, slots.next())?),
            Type::Array(array) => self.lift_array(*array, slots),
            // Hosts are given no records.
            Type::Record(_) => Ok(self.py.None().into_bound(self.py)),
            Type::Str => {
                let codes = self.lift_array(Type::CODE_POINTS, slots)?;
                Ok(strings::text(&codes)?)
            }
            Type::Structured(records) => {
                let units = self.lift_array(records.units(), slots)?;
                Ok(records::structured(&records.record, &units)?)
            }
            Type::List(item) => match slots.next() {
                Some(Val::I32(record)) => self.lift_list(item, *record),
                _ => Err(Failure::Engine("too few results".into()).into()),
            },
            Type::Tuple(types) => {
                let items = types.iter().map(|ty| self.lift(ty, slots)).collect::<Answer<Vec<_>>>()?;
                let items = PyTuple::new(py, items)?;
                match types.names() {
                    None => Ok(items.into_any()),
                    Some(names) => {
                        let made = py
                            .import("nopython._named")
                            .and_then(|module| module.call_method1("instance", (&names.class, &names.fields, items)));
                        Ok(made?)
                    }
                }
            }
        }
    }

    /// An array result: a view of the argument it lies in, or a copy.
    fn lift_array(&mut self, ty: ArrayType, slots: &mut std::slice::Iter<'_, Val>) -> Answer<Bound<'py, PyAny>> {
        let Form { data, shape, strides, owner } = Form::read(ty, slots);
        let view =
            if owner == 0 { passing::view_of_argument(&self.passed, data, ty.dtype, &shape, &strides)? } else { None };
        let common = self.common.iter().find(|(of, _)| *of == owner);
        let array = match (view, common) {
            (Some(view), _) => view,
            (None, Some((_, common))) => common.view(ty.dtype, data, &shape, &strides)?,
            (None, None) => passing::copy_out(self.py, self.instance, ty.dtype, data, &shape, &strides)?,
        };
        if owner != 0 && self.in_list == 0 {
            self.instance.release(owner)?;
        }
        Ok(array.object().clone())
    }
}

/// An array result, flattened.
struct Form {
    data: usize,
    shape: Vec<isize>,
    strides: Vec<isize>,
    owner: i32,
}

impl Form {
    fn read(ty: ArrayType, slots: &mut std::slice::Iter<'_, Val>) -> Form {
        let mut next = || match slots.next() {
            Some(Val::I32(v)) => *v,
            _ => 0,
        };
        let data = next().cast_unsigned() as usize;
        let shape: Vec<isize> = (0..ty.ndim).map(|_| next() as isize).collect();
        let strides = match ty.layout {
            Layout::Any => (0..ty.ndim).map(|_| next() as isize).collect(),
            Layout::C => passing::c_strides(&shape, ty.dtype),
        };
        Form { data, shape, strides, owner: next() }
    }
}

/// The blocks of array results that have elements, with the addresses of their first byte and past their last one.
fn blocks_of(ty: &Type, slots: &mut std::slice::Iter<'_, Val>, spans: &mut Vec<(i32, usize, usize)>) {
    match ty {
        Type::None => {}
        Type::Scalar(scalar) => slots.by_ref().take(scalar.slot_count()).for_each(drop),
        Type::List(_) | Type::Record(_) => {
            slots.next();
        }
        Type::Str => blocks_of(&Type::Array(Type::CODE_POINTS), slots, spans),
        Type::Structured(records) => blocks_of(&Type::Array(records.units()), slots, spans),
        Type::Array(array) => {
            let Form { data, shape, strides, owner } = Form::read(*array, slots);
            if owner != 0 && !shape.contains(&0) {
                let (low, high) = passing::reach(data, array.dtype, &shape, &strides);
                spans.push((owner, low as usize, high as usize));
            }
        }
        Type::Tuple(types) => types.iter().for_each(|ty| blocks_of(ty, slots, spans)),
    }
}

/// Results of so many slots need no memory from the heap.
const FEW: usize = 12;

/// A Python or NumPy number as the slots of a parameter: of a complex one its parts.
pub fn scalar_slots(scalar: Scalar, arg: &Bound<'_, PyAny>) -> PyResult<Vec<Val>> {
    if !scalar.dtype.is_complex() {
        return Ok(vec![scalar_slot(scalar, arg)?]);
    }
    // What has a real and an imaginary part is a number.
    let parts = [arg.getattr("real")?, arg.getattr("imag")?];
    parts.iter().map(|part| scalar_slot(scalar.part(), part)).collect()
}

/// A complex number as the Python number or NumPy scalar that it stands for.
fn complex_object<'py>(py: Python<'py>, scalar: Scalar, re: f64, im: f64) -> PyResult<Bound<'py, PyAny>> {
    let number = PyComplex::from_doubles(py, re, im).into_any();
    if scalar.weak { Ok(number) } else { py.import("numpy")?.getattr(scalar.dtype.name())?.call1((number,)) }
}

/// A Python or NumPy number as the slot of a parameter.
fn scalar_slot(scalar: Scalar, arg: &Bound<'_, PyAny>) -> PyResult<Val> {
    Ok(match scalar.dtype {
        DType::Float64 | DType::Complex128 => Val::F64(arg.extract::<f64>()?.to_bits()),
        DType::Float32 | DType::Complex64 => Val::F32((arg.extract::<f64>()? as f32).to_bits()),
        DType::Int64 => Val::I64(arg.extract()?),
        DType::UInt64 => Val::I64(arg.extract::<u64>()?.cast_signed()),
        DType::Int32 => Val::I32(arg.extract()?),
        DType::UInt32 => Val::I32(arg.extract::<u32>()?.cast_signed()),
        DType::Int16 => Val::I32(i32::from(arg.extract::<i16>()?)),
        DType::UInt16 => Val::I32(i32::from(arg.extract::<u16>()?)),
        DType::Int8 => Val::I32(i32::from(arg.extract::<i8>()?)),
        DType::UInt8 => Val::I32(i32::from(arg.extract::<u8>()?)),
        DType::Bool => Val::I32(i32::from(arg.is_truthy()?)),
    })
}

/// A slot as the Python number or NumPy scalar that it stands for.
fn scalar_object<'py>(py: Python<'py>, scalar: Scalar, slot: Option<&Val>) -> PyResult<Bound<'py, PyAny>> {
    let raw = match slot {
        Some(Val::I32(v)) => i64::from(*v).cast_unsigned(),
        Some(Val::I64(v)) => v.cast_unsigned(),
        Some(Val::F32(bits)) => u64::from(*bits),
        Some(Val::F64(bits)) => *bits,
        _ => 0,
    };
    match (scalar.weak, scalar.dtype) {
        (true, DType::Float64) => Ok(PyFloat::new(py, f64::from_bits(raw)).into_any()),
        (true, DType::Int64) => Ok(PyInt::new(py, raw.cast_signed()).into_any()),
        (true, DType::Bool) => Ok(PyBool::new(py, raw != 0).to_owned().into_any()),
        (_, dtype) => ndarray::scalar(py, dtype, raw.to_le_bytes()),
    }
}
