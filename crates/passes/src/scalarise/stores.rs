//! Stores through indices and slices, and when a store needs a temporary.

use super::element::Element;
use super::lazy::{Lazy, Leaf};
use super::lower::Lowering;
use super::value::{ArrayRef, contiguous_strides, plus, times};
use super::{Lowered, malformed};
use nopython_ir::loops::{Expr, Stmt};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{self, ExprKind, Place};
use nopython_types::{DType, Exception, Type};

/// Whether the operands of a store may lie in the memory that is written.
enum Overlap {
    /// No, or each element is read only for its own place.
    Never,
    /// Surely in the same array, at other places.
    Assumed,
    /// If this test holds at run time.
    If(Expr),
}

impl Lowering<'_> {
    /// `array[index] = value`
    pub fn store_item(
        &mut self,
        array: &typed::Expr,
        index: &[typed::Expr],
        value: &typed::Expr,
        place: Place,
    ) -> Lowered<()> {
        let Type::Scalar(_) = &value.ty else { return malformed("an item that is not a scalar") };
        let mut value = value;
        while let ExprKind::Let(var, operand, body) = &value.kind {
            self.assign(*var, operand)?;
            value = body;
        }
        // An index out of range is found before a value that the dtype does not hold.
        if matches!(value.kind, ExprKind::Checked { .. }) && is_conversion(value) {
            let target = self.place(array)?;
            let index = self.indices(index, &target.shape, place)?;
            let stored = Element::of(self.value(value)?)?;
            let at = super::create::address(&target.data, &index, &target.all_strides());
            self.store(&target, at, stored);
            return Ok(());
        }
        let mut stored = Element::of(self.value(value)?)?;
        let position = self.position();
        let target = self.place(array)?;
        let index = self.indices(index, &target.shape, place)?;
        if self.effects_since(position) && stored.loads() {
            // The parts of a complex number are in locals already.
            let local = self.fresh("x", target.dtype);
            self.insert(position, Stmt::Set(local, stored.real()));
            stored = Element::Real(local.into());
        }
        let at = super::create::address(&target.data, &index, &target.all_strides());
        self.store(&target, at, stored);
        Ok(())
    }

    /// `target[...] = value`
    pub fn store_view(&mut self, target: &typed::Expr, value: &typed::Expr, place: Place) -> Lowered<()> {
        let source = self.lazy_before(value, std::slice::from_ref(target))?;
        let target = self.place(target)?;
        self.check_fits(&source.shape, &target.shape, place)?;
        let source = self.stretched(source, &target.shape);
        self.write_view(&target, &source, place)
    }

    /// Writes a rule of the target's shape to memory that its operands may lie in.
    pub fn write_view(&mut self, target: &ArrayRef, source: &Lazy, place: Place) -> Lowered<()> {
        match self.overlap(target, source) {
            Overlap::Never => self.write(target, source),
            Overlap::Assumed => {
                let temporary = self.materialise(source, place)?;
                self.write(target, &Lazy::load(temporary));
            }
            Overlap::If(test) => self.write_around(target, source, test, place)?,
        }
        Ok(())
    }

    /// Raises unless a value of a shape can be broadcast into a target.
    pub fn check_fits(&mut self, source: &[Expr], target: &[Expr], place: Place) -> Lowered<()> {
        let Some(lead) = target.len().checked_sub(source.len()) else {
            return malformed("a value of larger rank than its target");
        };
        for (axis, (own, into)) in source.iter().zip(target.iter().skip(lead)).enumerate() {
            if own == into || *own == Expr::i32(1) {
                continue;
            }
            let fits = Expr::binary(BinOp::Or, own.clone().equals(into.clone()), own.clone().equals(Expr::i32(1)));
            let message = if source.len() == 1 && target.len() == 1 {
                "could not broadcast input array from shape ({a},) into shape ({b},)".to_owned()
            } else {
                format!("could not broadcast input array: size {{a}} into size {{b}} along axis {}", axis + lead)
            };
            self.check(fits, Exception::Value, &message, vec![own.clone(), into.clone()], place);
        }
        Ok(())
    }

    fn overlap(&mut self, target: &ArrayRef, source: &Lazy) -> Overlap {
        let strides = target.all_strides();
        let distinct = |buffer| self.out.buffers.get(buffer).is_some_and(|b: &nopython_ir::loops::Buffer| b.distinct);
        let mut assumed = false;
        let mut others: Vec<ArrayRef> = Vec::new();
        source.for_each_leaf(&mut |leaf: &Leaf| {
            let array = &leaf.array;
            let same_elements = array.data == target.data && leaf.strides == strides;
            let apart = array.buffer != target.buffer && (distinct(array.buffer) || distinct(target.buffer));
            if same_elements || apart {
                return;
            }
            if array.root.is_some() && array.root == target.root {
                assumed = true;
                return;
            }
            // Views of one variable are tested once, as the whole of it.
            let whole = array
                .root
                .and_then(|root| self.binding(root).ok())
                .and_then(|binding| binding.value.clone().array().ok())
                .unwrap_or_else(|| array.clone());
            if !others.iter().any(|o| o.data == whole.data) {
                others.push(whole);
            }
        });
        if assumed {
            return Overlap::Assumed;
        }
        if others.is_empty() {
            return Overlap::Never;
        }
        let (low, high) = self.extent_in_memory(target);
        let low: Expr = self.spill("low", DType::UInt32, low).into();
        let high: Expr = self.spill("high", DType::UInt32, high).into();
        let tests: Vec<Expr> = others
            .iter()
            .map(|other| {
                let (from, to) = self.extent_in_memory(other);
                low.clone().lt(to).and(from.lt(high.clone()))
            })
            .collect();
        match tests.into_iter().reduce(|a, b| Expr::binary(BinOp::Or, a, b)) {
            Some(test) => Overlap::If(test),
            None => Overlap::Never,
        }
    }

    /// The lowest address of an array and the one past its highest, as `UInt32`.
    fn extent_in_memory(&mut self, array: &ArrayRef) -> (Expr, Expr) {
        let item = Expr::i32(array.item_size());
        let unsigned = |e: Expr| e.cast(DType::UInt32);
        match &array.strides {
            None => {
                let bytes = times(array.size(), item);
                (unsigned(array.data.clone()), unsigned(plus(array.data.clone(), bytes)))
            }
            Some(strides) => {
                let (mut low, mut high) = (array.data.clone(), plus(array.data.clone(), item));
                for (extent, stride) in array.shape.iter().zip(strides) {
                    let span = times(plus(extent.clone(), Expr::i32(-1)), stride.clone());
                    let span = self.atom("span", DType::Int32, span);
                    low = plus(low, Expr::binary(BinOp::Min, span.clone(), Expr::i32(0)));
                    high = plus(high, Expr::binary(BinOp::Max, span, Expr::i32(0)));
                }
                (unsigned(low), unsigned(high))
            }
        }
    }

    /// Writes to the target, or, if the test holds, to a temporary that is then copied.
    fn write_around(&mut self, target: &ArrayRef, source: &Lazy, test: Expr, place: Place) -> Lowered<()> {
        let overlap = self.spill("overlap", DType::Bool, test);
        let data = self.spill("dest", DType::Int32, target.data.clone());
        let owner = self.spill("owner", DType::Int32, Expr::i32(0));
        let ((), allocate) = self.block(|this| {
            let block = this.allocate_block(target.dtype, &target.shape, place);
            this.emit(Stmt::Set(owner, block.into()));
            this.emit(Stmt::Set(data, block.into()));
            Ok(())
        })?;
        self.emit(Stmt::If(overlap.into(), allocate, Vec::new()));
        let packed = contiguous_strides(&target.shape, target.item_size());
        let strides = target.strides.as_ref().map(|strides| {
            let chosen = strides.iter().zip(&packed).map(|(own, packed)| {
                if own == packed {
                    own.clone()
                } else {
                    let stride = Expr::Local(overlap).select(packed.clone(), own.clone());
                    self.spill("s", DType::Int32, stride).into()
                }
            });
            chosen.collect()
        });
        let buffer = self.buffer("dest", false);
        let dest = ArrayRef { data: data.into(), strides, buffer, root: None, ..target.clone() };
        self.write(&dest, source);
        let temporary = ArrayRef { strides: None, ..dest };
        let ((), mut copy_back) = self.block(|this| {
            this.write(target, &Lazy::load(temporary));
            this.emit(Stmt::Release(owner.into()));
            Ok(())
        })?;
        Stmt::mark_spare(&mut copy_back);
        self.emit(Stmt::If(overlap.into(), copy_back, Vec::new()));
        Ok(())
    }
}

/// Whether an expression converts a variable or a constant, perhaps with checks of it.
fn is_conversion(e: &typed::Expr) -> bool {
    match &e.kind {
        ExprKind::Var(_) | ExprKind::Const(_) => true,
        ExprKind::Cast(value) | ExprKind::Checked { value, .. } => is_conversion(value),
        _ => false,
    }
}
