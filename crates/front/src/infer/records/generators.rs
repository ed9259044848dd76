//! Random generators: records of the library whose methods are functions of `library/numpy/_generator.py`, `_randomstate.py` and `_seeds.py`.
//!
//! A bit generator has the state of an algorithm in its fields, and a `Generator` or a `RandomState` has a bit generator, which is named in its class:
//! `Generator(PCG64)`. So a function of the library that tests the kind of what it draws from is inferred for each algorithm by itself.

use super::super::body::Body;
use super::super::join::coerce;
use super::super::{Answer, ops};
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::typed::{Expr, ExprKind};
use nopython_types::{ArrayType, Class, DType, Layout, Record, Scalar, Type};
use ruff_python_ast as ast;
use std::sync::Arc;

/// The algorithms.
const BIT_GENERATORS: [&str; 5] = ["PCG64", "PCG64DXSM", "SFC64", "Philox", "MT19937"];

/// The fields of a class, and the type of each by the name of its dtype: a scalar, or an array if the name ends with `[]`.
fn fields(class: &str) -> &'static str {
    match class {
        "PCG64" | "PCG64DXSM" => {
            "high:uint64 low:uint64 increment_high:uint64 increment_low:uint64 has_uint32:int uinteger:uint32"
        }
        "SFC64" => "a:uint64 b:uint64 c:uint64 counter:uint64 has_uint32:int uinteger:uint32",
        "Philox" => "counter:uint64[] key:uint64[] buffer:uint64[] used:int has_uint32:int uinteger:uint32",
        "MT19937" => "words:uint32[]",
        "RandomState" => "kept:float64[]",
        "SeedSequence" => "words:uint32[] key:uint32[] spawned:int",
        _ => "",
    }
}

/// The type of generators, or of what they are seeded with, by the name of the class.
pub fn generator(name: &str) -> Option<Type> {
    let (class, inner) = match name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        Some((class @ ("Generator" | "RandomState"), inner)) => (class, Some(inner)),
        None if name == "SeedSequence" || BIT_GENERATORS.contains(&name) => (name, None),
        _ => return None,
    };
    let mut own = Vec::new();
    if let Some(inner) = inner {
        own.push(("bit_generator".to_owned(), generator(inner)?));
    }
    for (field, ty) in fields(class).split(' ').filter_map(|field| field.split_once(':')) {
        own.push((
            field.to_owned(),
            match ty.strip_suffix("[]") {
                Some(dtype) => Type::Array(ArrayType { dtype: DType::from_name(dtype)?, ndim: 1, layout: Layout::C }),
                None if ty == "int" => Type::Scalar(Scalar::INT),
                None => Type::Scalar(Scalar::strong(DType::from_name(ty)?)),
            },
        ));
    }
    let made = Class::new(name.to_owned(), true, Vec::new(), true);
    made.set_fields(own);
    Some(Type::Record(Record { class: Arc::new(made), optional: false }))
}

/// The type that the name of a class of `np.random` stands for in a signature: a `Generator` is that of `default_rng`.
pub fn generator_type(name: &str) -> Option<Type> {
    match name.strip_prefix("random.")? {
        "Generator" => generator("Generator(PCG64)"),
        "RandomState" => generator("RandomState(MT19937)"),
        other => generator(other),
    }
}

/// Whether a record is of a kind: its class, what is in it, or for `BitGenerator` any algorithm.
pub fn is_generator(record: &Record, kind: &str) -> bool {
    let name = record.class.name.as_str();
    let (outer, inner) = name.split_once('(').unwrap_or((name, name));
    record.class.library
        && (outer == kind
            || inner.trim_end_matches(')') == kind
            || (kind == "BitGenerator" && BIT_GENERATORS.contains(&name)))
}

impl Body<'_, '_> {
    /// A record of a class with values of its fields; the class of one that has a bit generator is found by it.
    pub(in super::super) fn new_record(
        &mut self,
        class: &str,
        values: &[Val],
        node: &ast::Expr,
    ) -> Answer<Option<Val>> {
        let name = match values.first().and_then(super::record_of) {
            Some(inner) => format!("{class}({})", inner.class.name),
            None => class.to_owned(),
        };
        let Some(Type::Record(record)) = generator(&name) else { return Ok(None) };
        let mut own = Vec::new();
        for (value, (_, want)) in values.iter().zip(record.class.fields()) {
            match coerce(self.runtime(value.clone(), node)?, want) {
                Some(value) => own.push(value),
                None => return Ok(None),
            }
        }
        let place = self.place_of(node);
        Ok(Some(Val::Expr(Expr { kind: ExprKind::Record(own), ty: Type::Record(record), place })))
    }

    /// The words of 32 bits that a known int which does not fit int64 consists of, the low ones first.
    pub(in super::super) fn huge_words(&mut self, value: &Val, node: &ast::Expr) -> Answer<Option<Val>> {
        let Val::Static(Static::Huge(Some(number))) = value else { return Ok(None) };
        let Ok(mut rest) = u128::try_from(*number) else { return Ok(None) };
        let mut words = Vec::new();
        while rest > 0 {
            words.push(Const::Int(DType::UInt32, i64::try_from(rest & u128::from(u32::MAX)).unwrap_or(0)));
            rest >>= 32;
        }
        let place = self.place_of(node);
        let table = self.infer.table(DType::UInt32, &words, place)?;
        self.library("copy", vec![Val::Expr(table)], node).map(Some)
    }
}

/// Whether a value is a known int that does not fit int64.
pub fn is_huge(value: &Val, place: nopython_ir::typed::Place) -> Val {
    let known = matches!(value, Val::Static(Static::Huge(Some(_))));
    Val::Expr(ops::constant(Const::Bool(known), true, place))
}
