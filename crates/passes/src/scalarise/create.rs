//! Making memory: allocation, filling, copying, literals.

use super::element::Element;
use super::lazy::{Lazy, Node, collapse_tests};
use super::lower::Lowering;
use super::place::{narrow, wide};
use super::value::{ArrayRef, plus, product, times};
use super::{Lowered, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{Address, Expr, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, Place};
use nopython_types::{DType, Exception, Type};

/// No axis may be longer: twice the extent and a loop's step beyond it still fit an `Int32`.
const LONGEST: i64 = (1 << 31) - 65;

impl Lowering<'_> {
    /// Extents given by the user.
    pub fn extents(&mut self, shape: &[typed::Expr], place: Place) -> Lowered<Vec<Expr>> {
        let mut extents = Vec::with_capacity(shape.len());
        for e in shape {
            let e = self.scalar(e)?;
            extents.push(self.extent(e, place));
        }
        Ok(extents)
    }

    /// An int64 as an extent: negative raises `ValueError`, larger than memory `MemoryError`.
    pub fn extent(&mut self, extent: Expr, place: Place) -> Expr {
        match extent.as_const().and_then(Const::as_int) {
            Some(n) if (0..=LONGEST).contains(&n) => return Expr::Const(Const::wrap(DType::Int32, n)),
            _ => {}
        }
        // An extent that already belongs to an array needs no check.
        if let Expr::Cast(DType::Int64, inner) = &extent
            && let Expr::Local(local) = **inner
            && self.extent_locals.contains(&local)
        {
            return local.into();
        }
        let n = self.atom("n", DType::Int64, extent);
        let positive = Expr::binary(BinOp::Ge, n.clone(), Expr::i64(0));
        self.check(positive, Exception::Value, "negative dimensions are not allowed", Vec::new(), place);
        let fits = Expr::binary(BinOp::Le, n.clone(), Expr::i64(LONGEST));
        let message = "Unable to allocate an array with {a} elements along one axis";
        self.check(fits, Exception::Memory, message, vec![n.clone()], place);
        self.spill_extent(narrow(n))
    }

    /// A new array of unspecified contents, released at the end of the statement unless it is bound.
    pub fn allocate(&mut self, dtype: DType, shape: Vec<Expr>, place: Place) -> ArrayRef {
        let owner = self.allocate_block(dtype, &shape, place);
        self.temporary(owner);
        let buffer = self.buffer("fresh", true);
        ArrayRef { dtype, data: owner.into(), shape, strides: None, owner: owner.into(), buffer, root: None }
    }

    /// A block large enough for an array.
    pub fn allocate_block(&mut self, dtype: DType, shape: &[Expr], place: Place) -> nopython_ir::loops::LocalId {
        let owner = self.fresh("owner", DType::Int32);
        // Extents are below 2^31, so a product of two does not overflow; clamping keeps longer products from it.
        let mut count: Option<Expr> = None;
        for extent in shape {
            count = Some(match count {
                None => wide(extent),
                Some(product) => {
                    let next = product * wide(extent);
                    Expr::binary(BinOp::Min, next, Expr::i64(1 << 31))
                }
            });
        }
        let bytes = match count.map(|c| (c.as_const().and_then(Const::as_int), c)) {
            None => Expr::i64(i64::from(dtype.size())),
            Some((Some(n), _)) => Expr::i64(n.saturating_mul(i64::from(dtype.size()))),
            Some((None, n)) => n * Expr::i64(i64::from(dtype.size())),
        };
        let message = format!("Unable to allocate an array with data type {dtype}");
        let site = self.site(Exception::Memory, message, place);
        self.emit(Stmt::Alloc { owner, bytes, site });
        owner
    }

    /// A rule written to new memory.
    pub fn materialise(&mut self, lazy: &Lazy, place: Place) -> Lowered<ArrayRef> {
        let target = self.allocate(lazy.dtype, lazy.shape.clone(), place);
        self.write(&target, lazy);
        Ok(target)
    }

    /// The array itself if it is contiguous whatever its type says, otherwise a copy.
    pub fn copy_if_strided(&mut self, array: ArrayRef, place: Place) -> Lowered<ArrayRef> {
        // The stride of an axis of one element says nothing.
        let mut stride = Expr::i32(array.item_size());
        let mut contiguous = Expr::bool(true);
        for (own, n) in array.all_strides().into_iter().zip(&array.shape).rev() {
            let single = n.clone().equals(Expr::i32(1));
            let test = Expr::binary(BinOp::Or, single, own.equals(stride.clone()));
            contiguous = contiguous.and(test);
            stride = times(stride, n.clone());
        }
        let data = self.fresh("data", DType::Int32);
        let owner = self.fresh("owner", DType::Int32);
        let (_, same) = self.block(|this| {
            this.emit(Stmt::Set(data, array.data.clone()));
            this.emit(Stmt::Set(owner, array.owner.clone()));
            this.emit(Stmt::Retain(owner.into()));
            Ok(())
        })?;
        let (_, copy) = self.block(|this| {
            let fresh = this.materialise(&Lazy::load(array.clone()), place)?;
            this.take_temporary(&fresh.owner);
            this.emit(Stmt::Set(data, fresh.data));
            this.emit(Stmt::Set(owner, fresh.owner));
            Ok(())
        })?;
        self.emit(Stmt::If(contiguous, same, copy));
        self.temporary(owner);
        let buffer = self.buffer("reshaped", false);
        Ok(ArrayRef { data: data.into(), owner: owner.into(), strides: None, buffer, root: None, ..array })
    }

    /// Writes a rule of exactly the target's shape into memory that none of its operands shares, or of which each element is read
    /// only for the element it is written to.
    pub fn write(&mut self, target: &ArrayRef, lazy: &Lazy) {
        let zeros = match &lazy.node {
            Node::Scalar(value) => is_zero_bytes(value),
            Node::Complex(parts) => parts.iter().all(is_zero_bytes),
            _ => false,
        };
        if zeros && target.is_contiguous() {
            let bytes = times(target.size(), Expr::i32(target.item_size()));
            let to = Address::new(target.buffer, target.data.clone());
            self.emit(Stmt::Fill { to, value: Expr::i32(0), bytes });
            return;
        }
        if target.is_contiguous() && lazy.is_flat() {
            let size = self.atom("size", DType::Int32, target.size());
            let item = Expr::i32(target.item_size());
            self.nest(&[size], true, &mut |this, index| {
                let position = index.first().cloned().unwrap_or(Expr::i32(0));
                let at = plus(target.data.clone(), times(position.clone(), item.clone()));
                let element = this.flat_element(lazy, &position);
                this.store(target, at, element);
            });
            return;
        }
        let strides = target.all_strides();
        let shape = self.collapsed(&target.shape, &strides, lazy);
        self.nest(&shape, true, &mut |this, index| {
            let at = address(&target.data, index, &strides);
            let element = this.element(lazy, index);
            this.store(target, at, element);
        });
    }

    /// The shape to run through: all elements along the last axis where one counter serves the target and every operand.
    fn collapsed(&mut self, shape: &[Expr], strides: &[Expr], lazy: &Lazy) -> Vec<Expr> {
        let tests = match (lazy.collapses(), collapse_tests(strides, shape)) {
            (Some(operands), Some(target)) => target.into_iter().fold(operands, Expr::and),
            _ => return shape.to_vec(),
        };
        let Some((last, outer)) = shape.split_last() else { return shape.to_vec() };
        let flat = self.spill("flat", DType::Bool, tests);
        let mut collapsed: Vec<Expr> = outer
            .iter()
            .map(|extent| {
                let one = Expr::Local(flat).select(Expr::i32(1), extent.clone());
                self.spill("n", DType::Int32, one).into()
            })
            .collect();
        let all = Expr::Local(flat).select(product(shape), last.clone());
        collapsed.push(self.spill("n", DType::Int32, all).into());
        collapsed
    }

    /// A nested list.
    pub fn literal(&mut self, shape: &[u32], items: &[typed::Expr], dtype: DType, place: Place) -> Lowered<ArrayRef> {
        let extents: Vec<Expr> = shape.iter().map(|&n| Expr::i32(i32::try_from(n).unwrap_or(i32::MAX))).collect();
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let Type::Scalar(_) = item.ty else { return malformed("an array literal of arrays") };
            values.push(Element::of(self.settled_value(item)?)?);
        }
        let target = self.allocate(dtype, extents, place);
        for (k, value) in values.into_iter().enumerate() {
            let offset = i32::try_from(k).unwrap_or(i32::MAX).saturating_mul(target.item_size());
            let at = plus(target.data.clone(), Expr::i32(offset));
            self.store(&target, at, value);
        }
        Ok(target)
    }
}

/// data + Σ index · stride.
pub fn address(data: &Expr, index: &[Expr], strides: &[Expr]) -> Expr {
    let offset =
        index.iter().zip(strides).fold(Expr::i32(0), |sum, (i, stride)| plus(sum, times(i.clone(), stride.clone())));
    plus(data.clone(), offset)
}

/// Whether a constant is all zero bytes.
fn is_zero_bytes(value: &Expr) -> bool {
    value.as_const().is_some_and(|c| c == Const::zero(c.dtype()))
}
