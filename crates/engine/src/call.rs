//! Calls with values: arguments copied in, what the function wrote copied back, results copied out.

use crate::failure::Failure;
use crate::lists::Lent;
use crate::records::RecordArray;
use crate::value::{Array, Value};
use crate::{Instance, Val};
use nopython_types::list::ItemLayout;
use nopython_types::record::stands_for;
use nopython_types::{ArrayType, DType, Export, Layout, Scalar, Slot, Type};

impl Instance {
    /// Calls a function: of several overloads the first that takes the arguments. Arrays that the function writes are changed in `args`.
    /// An instance that is in doubt starts again before.
    ///
    /// # Errors
    /// An exception, or arguments that do not fit.
    pub fn call(&mut self, name: &str, args: &mut [Value]) -> Result<Value, Failure> {
        self.renew()?;
        let exports = self.interface().exports.iter().enumerate();
        let overloads: Vec<(usize, Export)> =
            exports.filter(|(_, e)| e.name == name).map(|(k, e)| (k, e.clone())).collect();
        let mut refusal = Failure::Argument(format!("no function named `{name}`"));
        for (index, export) in overloads {
            // Parameters that are left out have their defaults.
            let left_out = export.params.iter().skip(args.len()).map(|p| p.default.as_ref().map(Value::from));
            let Some(defaults) = left_out.collect::<Option<Vec<Value>>>().filter(|_| args.len() <= export.params.len())
            else {
                refusal = Failure::Argument(count(&export, args.len()));
                continue;
            };
            let given = args.iter_mut().map(std::mem::take);
            let mut all: Vec<Value> = given.chain(defaults).collect();
            let checked = check(&export, &all);
            let outcome = checked.is_ok().then(|| self.call_export(index, &export, &mut all));
            args.iter_mut().zip(all).for_each(|(arg, value)| *arg = value);
            match (checked, outcome) {
                (Ok(()), Some(outcome)) => return outcome,
                (Err(message), _) => refusal = Failure::Argument(message),
                (Ok(()), None) => {}
            }
        }
        Err(refusal)
    }

    fn call_export(&mut self, index: usize, export: &Export, args: &mut [Value]) -> Result<Value, Failure> {
        let mut slots = Vec::new();
        let mut blocks = Vec::new();
        let mut lent = Lent::default();
        let outcome = self.lower_all(index, export, args, &mut slots, &mut blocks, &mut lent).and_then(|()| {
            let mut results = vec![Val::I32(0); export.result.slots().len()];
            self.invoke(index, &slots, &mut results)?;
            self.lift(&export.result, &mut results.into_iter())
        });
        for (address, k) in &blocks {
            if matches!(outcome, Ok(_) | Err(Failure::Raised(_))) && export.params.get(*k).is_some_and(|p| p.written) {
                self.copy_back(*address, args.get_mut(*k));
            }
        }
        let mut slots = slots.into_iter();
        for (param, arg) in export.params.iter().zip(args.iter_mut()) {
            let own = slots.by_ref().take(param.ty.slots().len()).collect::<Vec<_>>();
            if matches!(outcome, Ok(_) | Err(Failure::Raised(_)))
                && param.written
                && let (Type::List(item), [Val::I32(record)]) = (&param.ty, own.as_slice())
            {
                *arg = Value::List(self.lift_list(item, *record)?);
            }
        }
        if export.holds_list() {
            self.take_back(lent)?;
        }
        for (address, _) in blocks {
            self.release(address)?;
        }
        outcome
    }

    fn copy_back(&self, address: i32, arg: Option<&mut Value>) {
        if let Some(bytes) = arg.and_then(Value::bytes_mut) {
            self.read(address.cast_unsigned() as usize, bytes);
        }
    }

    fn lower_all(
        &mut self,
        index: usize,
        export: &Export,
        args: &[Value],
        slots: &mut Vec<Val>,
        blocks: &mut Vec<(i32, usize)>,
        lent: &mut Lent,
    ) -> Result<(), Failure> {
        for (k, (param, arg)) in export.params.iter().zip(args).enumerate() {
            self.lower(&param.ty, arg, index, slots, (&mut *blocks, &mut *lent), k)?;
        }
        Ok(())
    }

    fn lower(
        &mut self,
        ty: &Type,
        value: &Value,
        index: usize,
        slots: &mut Vec<Val>,
        (blocks, lent): (&mut Vec<(i32, usize)>, &mut Lent),
        k: usize,
    ) -> Result<(), Failure> {
        match (ty, value) {
            (Type::Array(ty), Value::Array(array)) => {
                let address = self.copy_in(array, index)?;
                blocks.push((address, k));
                slots.push(Val::I32(address));
                array_slots(*ty, array, slots);
                slots.push(Val::I32(0));
            }
            (Type::Str, Value::Str(text)) => {
                let array = code_points(text);
                self.lower(&Type::Array(Type::CODE_POINTS), &array, index, slots, (&mut *blocks, &mut *lent), k)?;
            }
            (Type::Structured(ty), Value::Records(records)) => {
                let units = Value::Array(records.clone().into_units());
                self.lower(&Type::Array(ty.units()), &units, index, slots, (blocks, lent), k)?;
            }
            (Type::Tuple(types), Value::Tuple(items)) => {
                for (ty, item) in types.iter().zip(items) {
                    self.lower(ty, item, index, slots, (&mut *blocks, &mut *lent), usize::MAX)?;
                }
            }
            (Type::List(item), value) => {
                let values = value.items().unwrap_or_default();
                let layout = ItemLayout::of(item);
                let (record, items) = self.lend_list(lent, item, values.len(), index)?;
                for (k, value) in values.iter().enumerate() {
                    let mut parts = Vec::new();
                    self.lower(item, value, index, &mut parts, (&mut *blocks, &mut *lent), usize::MAX)?;
                    self.write_item(&layout, items, k, &parts);
                }
                slots.push(Val::I32(record));
            }
            (Type::Scalar(s), value) if s.dtype.is_complex() => {
                let part = s.dtype.part();
                let (re, im) = match value {
                    Value::Complex(own, re, im) => (Value::Float(own.part(), *re), Value::Float(own.part(), *im)),
                    real => (real.clone(), Value::Float(s.part(), 0.0)),
                };
                slots.extend([scalar_slot(part, &re), scalar_slot(part, &im)]);
            }
            (Type::Scalar(s), value) => slots.push(scalar_slot(s.dtype, value)),
            _ => {}
        }
        Ok(())
    }

    fn copy_in(&mut self, array: &Array, index: usize) -> Result<i32, Failure> {
        let address = self.allocate(array.bytes.len(), index)?;
        if self.write(address.cast_unsigned() as usize, &array.bytes) {
            Ok(address)
        } else {
            Err(Failure::Engine("a block outside of memory".into()))
        }
    }

    /// A value from its flattened form, which a call has given; blocks of arrays are released.
    ///
    /// # Errors
    /// [`Failure::Engine`] when there are too few slots, or of other kinds.
    pub fn lift(&mut self, ty: &Type, slots: &mut dyn Iterator<Item = Val>) -> Result<Value, Failure> {
        self.lift_value(ty, slots, true)
    }

    /// As [`Instance::lift`]; blocks of arrays are released if they are `owned` by what is read.
    #[cfg_attr(target_family = "wasm", expect(unreachable_patterns, reason = "an engine outside gives numbers only"))]
    pub(crate) fn lift_value(
        &mut self,
        ty: &Type,
        slots: &mut dyn Iterator<Item = Val>,
        owned: bool,
    ) -> Result<Value, Failure> {
        let missing = || Failure::Engine("too few results".into());
        match ty {
            Type::None => Ok(Value::None),
            Type::Scalar(s) if s.dtype.is_complex() => {
                let part = Type::Scalar(s.part());
                match (self.lift_value(&part, slots, owned)?, self.lift_value(&part, slots, owned)?) {
                    (Value::Float(_, re), Value::Float(_, im)) => Ok(Value::Complex(*s, re, im)),
                    _ => Err(missing()),
                }
            }
            Type::Scalar(s) => {
                let slot = slots.next().ok_or_else(missing)?;
                Ok(match slot {
                    Val::I32(v) if s.dtype == DType::UInt32 => Value::Int(*s, i64::from(v.cast_unsigned())),
                    Val::I32(v) => Value::Int(*s, i64::from(v)),
                    Val::I64(v) => Value::Int(*s, v),
                    Val::F32(bits) => Value::Float(*s, f64::from(f32::from_bits(bits))),
                    Val::F64(bits) => Value::Float(*s, f64::from_bits(bits)),
                    other => return Err(Failure::Engine(format!("a result {other:?}"))),
                })
            }
            Type::Tuple(types) => {
                Ok(Value::Tuple(types.iter().map(|ty| self.lift_value(ty, slots, owned)).collect::<Result<_, _>>()?))
            }
            Type::Array(ty) => self.lift_array(*ty, slots, owned).map(Value::Array),
            Type::Structured(ty) => {
                let units = self.lift_array(ty.units(), slots, owned)?;
                Ok(Value::Records(RecordArray::from_units(&ty.record, units)))
            }
            // Hosts are given no records.
            Type::Record(_) => Err(missing()),
            Type::Str => Ok(Value::Str(text(&self.lift_array(Type::CODE_POINTS, slots, owned)?.bytes))),
            Type::List(item) => match slots.next() {
                Some(Val::I32(record)) => {
                    let mut items = self.lift_list(item, record)?;
                    if stands_for(ty).is_none_or(|(class, _)| class != "?") {
                        return Ok(Value::List(items));
                    }
                    Ok(match items.pop() {
                        Some(Value::Tuple(mut row)) => row.pop().unwrap_or(Value::None),
                        _ => Value::None,
                    })
                }
                _ => Err(missing()),
            },
        }
    }

    fn lift_array(
        &mut self,
        ty: ArrayType,
        slots: &mut dyn Iterator<Item = Val>,
        owned: bool,
    ) -> Result<Array, Failure> {
        let mut next = || match slots.next() {
            Some(Val::I32(v)) => Ok(v),
            other => Err(Failure::Engine(format!("a result {other:?}"))),
        };
        let ndim = usize::from(ty.ndim);
        let data = next()?;
        let shape = (0..ndim).map(|_| next()).collect::<Result<Vec<i32>, _>>()?;
        let item = ty.dtype.size() as i32;
        let strides = match ty.layout {
            Layout::Any => (0..ndim).map(|_| next()).collect::<Result<Vec<i32>, _>>()?,
            Layout::C => {
                let mut strides: Vec<i32> =
                    shape.iter().rev().scan(item, |s, n| Some(std::mem::replace(s, s.wrapping_mul(*n)))).collect();
                strides.reverse();
                strides
            }
        };
        let owner = next()?;
        let mut bytes = Vec::new();
        gather(self, data, &shape, &strides, item as usize, &mut bytes);
        if owned && owner != 0 {
            self.release(owner)?;
        }
        let shape = shape.into_iter().map(|n| usize::try_from(n).unwrap_or(0)).collect();
        Ok(Array { dtype: ty.dtype, shape, bytes })
    }
}

/// A string as the array of its code points.
fn code_points(text: &str) -> Value {
    let bytes: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    Value::Array(Array { dtype: DType::UInt32, shape: vec![bytes.len() / 4], bytes })
}

/// The string of code points; halves of surrogate pairs, which are no characters, are replaced.
pub(crate) fn text(bytes: &[u8]) -> String {
    let code = |chunk: &[u8]| chunk.iter().rev().fold(0, |code, byte| code << 8 | u32::from(*byte));
    bytes.chunks_exact(4).map(|chunk| char::from_u32(code(chunk)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn array_slots(ty: ArrayType, array: &Array, slots: &mut Vec<Val>) {
    let extents: Vec<i32> = array.shape.iter().map(|&n| i32::try_from(n).unwrap_or(i32::MAX)).collect();
    slots.extend(extents.iter().map(|&n| Val::I32(n)));
    if ty.layout == Layout::Any {
        let mut stride = ty.dtype.size() as i32;
        let mut strides = Vec::new();
        for n in extents.iter().rev() {
            strides.push(Val::I32(stride));
            stride = stride.wrapping_mul(*n);
        }
        slots.extend(strides.into_iter().rev());
    }
}

fn scalar_slot(dtype: DType, value: &Value) -> Val {
    let (int, float) = match value {
        Value::Int(s, v) if s.dtype == DType::UInt64 => (*v, v.cast_unsigned() as f64),
        Value::Int(_, v) => (*v, *v as f64),
        Value::Float(_, v) => (*v as i64, *v),
        _ => (0, 0.0),
    };
    match dtype.slot() {
        Slot::I32 => Val::I32(int as i32),
        Slot::I64 => Val::I64(int),
        Slot::F32 => Val::F32((float as f32).to_bits()),
        Slot::F64 => Val::F64(float.to_bits()),
    }
}

/// The bytes of the elements in C order.
fn gather(instance: &Instance, at: i32, shape: &[i32], strides: &[i32], item: usize, out: &mut Vec<u8>) {
    match (shape.split_first(), strides.split_first()) {
        (Some((&n, shape)), Some((&stride, strides))) => {
            for i in 0..n {
                gather(instance, at.wrapping_add(i.wrapping_mul(stride)), shape, strides, item, out);
            }
        }
        _ => {
            let start = out.len();
            out.resize(start + item, 0);
            instance.read(at.cast_unsigned() as usize, out.get_mut(start..).unwrap_or_default());
        }
    }
}

/// What is said of a wrong number of arguments.
fn count(export: &Export, got: usize) -> String {
    let names: Vec<&str> = export.params.iter().map(|p| p.name.as_str()).collect();
    let most = names.len();
    let least = export.params.iter().rposition(|p| p.default.is_none()).map_or(0, |last| last + 1);
    let takes = if least < most { format!("{least} to {most}") } else { most.to_string() };
    let plural = if most == 1 { "" } else { "s" };
    format!("{}() takes {takes} argument{plural} ({}), got {got}", export.name, names.join(", "))
}

/// Whether arguments fit a signature, or what does not.
fn check(export: &Export, args: &[Value]) -> Result<(), String> {
    for (param, arg) in export.params.iter().zip(args) {
        if !fits(&param.ty, arg) {
            return Err(format!("{}() argument '{}' takes {}, got {}", export.name, param.name, param.ty, arg.ty()));
        }
    }
    Ok(())
}

fn fits(ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::None, Value::None) | (Type::Str, Value::Str(_)) => true,
        (Type::Scalar(s), Value::Int(own, v)) => {
            if s.dtype == DType::Bool {
                own.dtype == DType::Bool
            } else {
                s.dtype.is_float() || s.dtype.is_complex() || in_range(s.dtype, *own, *v)
            }
        }
        (Type::Scalar(s), Value::Float(..)) => s.dtype.is_float() || s.dtype.is_complex(),
        (Type::Scalar(s), Value::Complex(..)) => s.dtype.is_complex(),
        (Type::Array(ty), Value::Array(a)) => ty.dtype == a.dtype && usize::from(ty.ndim) == a.shape.len(),
        (Type::Structured(ty), Value::Records(r)) => ty.record == r.record && usize::from(ty.ndim) == r.shape.len(),
        (Type::List(item), value) => value.items().is_some_and(|items| items.iter().all(|value| fits(item, value))),
        (Type::Tuple(types), Value::Tuple(items)) => {
            types.len() == items.len() && types.iter().zip(items).all(|(t, v)| fits(t, v))
        }
        _ => false,
    }
}

fn in_range(dtype: DType, own: Scalar, v: i64) -> bool {
    // A uint64 beyond int64 is held as its two's complement.
    let v = if own.dtype == DType::UInt64 { i128::from(v.cast_unsigned()) } else { i128::from(v) };
    let bits = dtype.size() * 8;
    let (low, high) =
        if dtype.is_signed() { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (0, (1 << bits) - 1) };
    (low..=high).contains(&v)
}
