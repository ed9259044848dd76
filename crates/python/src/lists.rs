//! Python lists as arguments and results: copied in, and copied back where the function may change them.
//!
//! So are dicts, sets and instances of classes, which are lists of tuples for compiled code (`nopython._classes`).
//!
//! A list that is passed twice is one list, and so is one among the items of others: after the call each is changed in place.

use crate::call::{Answer, Call};
use crate::ndarray::Ndarray;
use crate::passing;
use crate::strings;
use nopython_engine::Val;
use nopython_types::list::ItemLayout;
use nopython_types::{ArrayType, Type};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

/// A function of `nopython._classes`.
fn helper<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("nopython._classes")?.getattr(name)
}

/// Of an instance of a class that is compiled, or a random generator: the name of the class, those of its fields, and their values.
pub fn instance<'py>(value: &Bound<'py, PyAny>) -> Option<(String, Vec<String>, Bound<'py, PyTuple>)> {
    let held = helper(value.py(), "held").ok()?.call1((value,)).ok()?;
    let (class, fields) = held.extract::<Option<(String, Vec<String>)>>().ok()??;
    let row = helper(value.py(), "row_of").ok()?.call1((value,)).ok()?;
    Some((class, fields, row.cast_into().ok()?))
}

/// The class that a list with such items stands for, and its fields: a dict, a set, or one of which there is an instance.
fn stands_for(item: &Type) -> Option<(String, Vec<String>)> {
    let Type::Tuple(items) = item else { return None };
    let names = items.names()?;
    let class = names.class.strip_prefix('{')?.strip_suffix('}')?;
    Some((class.to_owned(), names.fields.clone()))
}

/// A list that has been copied in.
pub struct PassedList<'py> {
    object: Bound<'py, PyAny>,
    item: Type,
    record: i32,
    /// Whether the function may change it.
    written: bool,
}

/// An array among the items of a list.
pub struct PassedItem<'py> {
    array: Ndarray<'py>,
    address: i32,
    written: bool,
}

impl<'py> Call<'py, '_> {
    /// The record of a list argument, copied in now.
    pub(crate) fn lower_list(&mut self, item: &Type, arg: &Bound<'py, PyAny>, k: usize) -> Answer<i32> {
        if let Some(known) = self.lists.iter().find(|known| known.object.is(arg)) {
            // The items may have another type in another place, which one record cannot have.
            if known.item != *item {
                return Err(PyValueError::new_err("a list is passed as lists of several types").into());
            }
            return Ok(known.record);
        }
        let misfit = |this: &Self| this.misfit(arg, k, &Type::list(item.clone()));
        let list = match stands_for(item) {
            Some((class, fields)) => {
                let rows = helper(self.py, "rows_of")?.call1((arg, class, fields))?;
                rows.cast_into::<PyList>().map_err(|_| misfit(self))?
            }
            None => arg.cast::<PyList>().map_err(|_| misfit(self))?.clone(),
        };
        let (record, items) = self.instance.lend_list(&mut self.lent, item, list.len(), 0)?;
        let written = self.export.params.get(k).is_some_and(|param| param.written);
        self.lists.push(PassedList { object: arg.clone(), item: item.clone(), record, written });
        let layout = ItemLayout::of(item);
        for (index, value) in list.iter().enumerate() {
            let mut parts = Vec::new();
            self.lower_item(item, &value, k, &mut parts)?;
            self.instance.write_item(&layout, items, index, &parts);
        }
        Ok(record)
    }

    fn lower_item(&mut self, ty: &Type, arg: &Bound<'py, PyAny>, k: usize, parts: &mut Vec<Val>) -> Answer<()> {
        match ty {
            Type::None if arg.is_none() => {}
            // Hosts are given no records.
            Type::None | Type::Record(_) => return Err(self.misfit(arg, k, ty).into()),
            Type::Scalar(scalar) => {
                let slots = crate::call::scalar_slots(*scalar, arg).map_err(|error| self.named(error, k, ty))?;
                parts.extend(slots);
            }
            Type::List(item) => {
                let record = self.lower_list(item, arg, k)?;
                parts.push(Val::I32(record));
            }
            Type::Tuple(types) => {
                let items = arg.cast::<PyTuple>().ok().filter(|items| items.len() == types.len());
                let Some(items) = items else { return Err(self.misfit(arg, k, ty).into()) };
                for (ty, item) in types.iter().zip(items.iter()) {
                    self.lower_item(ty, &item, k, parts)?;
                }
            }
            Type::Array(array) => self.lower_item_array(*array, arg, k, parts)?,
            Type::Str => {
                let codes = strings::codes(arg).map_err(|()| self.misfit(arg, k, ty))?;
                self.lower_item_array(Type::CODE_POINTS, &codes, k, parts)?;
            }
            Type::Structured(records) => {
                let units = crate::records::units(records, arg)?;
                let Some(units) = units else { return Err(self.misfit(arg, k, ty).into()) };
                self.lower_item_array(records.units(), &units, k, parts)?;
            }
        }
        Ok(())
    }

    /// An array among the items, copied in C order.
    fn lower_item_array(
        &mut self,
        ty: ArrayType,
        arg: &Bound<'py, PyAny>,
        k: usize,
        parts: &mut Vec<Val>,
    ) -> Answer<()> {
        let fits = |a: &Ndarray<'_>| a.dtype() == ty.dtype && a.shape().len() == usize::from(ty.ndim);
        let array = Ndarray::from(arg).and_then(Result::ok).filter(fits);
        let Some(array) = array else { return Err(self.misfit(arg, k, &Type::Array(ty)).into()) };
        let known = self.items.iter().find(|known| known.array.object().is(array.object()));
        let address = match known {
            Some(known) => known.address,
            None => {
                let plain = Ndarray::empty(self.py, ty.dtype, array.shape())?;
                plain.assign(&array)?;
                let address = self.instance.lend(&mut self.lent, plain.nbytes(), 0)?;
                // SAFETY: the array was made with this many bytes, and lives.
                let bytes = unsafe { std::slice::from_raw_parts(plain.data(), plain.nbytes()) };
                self.instance.write(address.cast_unsigned() as usize, bytes);
                let written = self.export.params.get(k).is_some_and(|param| param.written) && array.is_writeable();
                self.items.push(PassedItem { array: array.clone(), address, written });
                address
            }
        };
        parts.push(Val::I32(address));
        parts.extend(array.shape().iter().map(|n| Val::I32(*n as i32)));
        if ty.layout == nopython_types::Layout::Any {
            parts.extend(passing::c_strides(array.shape(), ty.dtype).into_iter().map(|s| Val::I32(s as i32)));
        }
        parts.push(Val::I32(0));
        Ok(())
    }

    /// A list as a Python list: the argument that it is, or a new one.
    pub(crate) fn lift_list(&mut self, item: &Type, record: i32) -> Answer<Bound<'py, PyAny>> {
        if let Some(known) = self.lists.iter().find(|known| known.record == record) {
            return Ok(known.object.clone());
        }
        if let Some((_, list)) = self.lifted.iter().find(|(known, _)| *known == record) {
            return Ok(list.clone());
        }
        let list = PyList::new(self.py, self.items_of(item, record)?)?.into_any();
        let value = match stands_for(item) {
            Some((class, fields)) => helper(self.py, "made")?.call1((class, fields, list))?,
            None => list,
        };
        self.lifted.push((record, value.clone()));
        Ok(value)
    }

    fn items_of(&mut self, item: &Type, record: i32) -> Answer<Vec<Bound<'py, PyAny>>> {
        let layout = ItemLayout::of(item);
        let (count, items) = self.instance.read_record(record);
        self.in_list += 1;
        let values = (0..count).map(|k| {
            let parts = self.instance.read_item(&layout, items, k);
            self.lift(item, &mut parts.iter())
        });
        let values = values.collect::<Answer<Vec<_>>>();
        self.in_list -= 1;
        values
    }

    /// Changes lists and arrays among the arguments to what the function has made of them.
    pub(crate) fn copy_lists_back(&mut self) -> Answer<()> {
        for item in std::mem::take(&mut self.items).into_iter().filter(|item| item.written && item.array.nbytes() > 0) {
            let (dtype, shape) = (item.array.dtype(), item.array.shape().to_vec());
            let strides = passing::c_strides(&shape, dtype);
            let at = item.address.cast_unsigned() as usize;
            item.array.assign(&passing::over(self.py, self.instance, dtype, at, &shape, &strides)?)?;
        }
        let written: Vec<_> = self
            .lists
            .iter()
            .filter(|known| known.written)
            .map(|l| (l.object.clone(), l.item.clone(), l.record))
            .collect();
        for (object, item, record) in written {
            let items = PyList::new(self.py, self.items_of(&item, record)?)?;
            if let Some((class, fields)) = stands_for(&item) {
                helper(self.py, "restore")?.call1((object, class, fields, items))?;
            } else if let Ok(list) = object.cast::<PyList>() {
                list.set_slice(0, list.len(), items.as_any())?;
            }
        }
        Ok(())
    }
}
