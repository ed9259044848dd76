//! Lazy trees: arrays as a rule for each element.

use super::complex::Parts;
use super::lower::Lowering;
use super::value::{ArrayRef, plus, times};
use nopython_ir::loops::{Address, BufferId, Expr, Ty};
use nopython_ir::ops::BinOp;
use nopython_ir::typed::{MapOp, Place};
use nopython_types::{DType, Exception};

/// An array as a rule for each element.
#[derive(Clone, Debug)]
pub struct Lazy {
    /// The rule.
    pub node: Node,
    /// Extents, `Int32` constants or locals.
    pub shape: Vec<Expr>,
    /// Element type.
    pub dtype: DType,
}

/// The rule. Leaves are indexed by the whole index of the tree they are in.
#[derive(Clone, Debug)]
pub enum Node {
    /// The same value everywhere.
    Scalar(Expr),
    /// The same complex number everywhere.
    Complex(Parts),
    /// A part of each element of a complex rule.
    Part(Box<Node>, u8),
    /// An element in memory.
    Load(Leaf),
    /// A function of the elements of other rules of the same shape.
    Map(MapOp, Vec<Node>, DType),
    /// start + k·step, where k is the index along `axis`, or 0 where `stride` is 0.
    Range {
        /// First value.
        start: Expr,
        /// Difference.
        step: Expr,
        /// Axis, counted from the last.
        from_last: usize,
        /// 1, or 0 along a stretched axis.
        stride: Expr,
        /// Element type.
        dtype: DType,
    },
}

/// An array read by a rule, stretched to the shape of the tree.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The array as it is in memory.
    pub array: ArrayRef,
    /// Strides along the axes of the tree, 0 where stretched.
    pub strides: Vec<Expr>,
    /// Whether the array is known to be C-contiguous and of exactly the tree's shape.
    pub flat: bool,
}

impl Leaf {
    /// The address of the element at an index.
    pub fn at(&self, index: &[Expr]) -> Expr {
        super::create::address(&self.array.data, index, &self.strides)
    }

    /// The address of the element at a position in C order.
    pub fn flat_at(&self, position: &Expr) -> Expr {
        plus(self.array.data.clone(), times(position.clone(), Expr::i32(self.array.item_size())))
    }
}

impl Lazy {
    /// The rule that reads an array.
    pub fn load(array: ArrayRef) -> Lazy {
        let strides = array.all_strides();
        let flat = array.is_contiguous();
        let (shape, dtype) = (array.shape.clone(), array.dtype);
        Lazy { node: Node::Load(Leaf { array, strides, flat }), shape, dtype }
    }

    /// Whether an element is one expression: a real number that no part of which is complex or takes a call.
    pub fn is_real(&self) -> bool {
        self.node.is_real()
    }

    /// The element at an index, one `Int32` expression per axis, of a rule that [is real](Lazy::is_real).
    pub fn real_element(&self, index: &[Expr]) -> Expr {
        self.node.element(&|leaf| leaf.at(index), index)
    }

    /// The element at a position in C order of a tree that is [flat](Lazy::is_flat) and [real](Lazy::is_real).
    pub fn real_flat_element(&self, position: &Expr) -> Expr {
        self.node.element(&|leaf| leaf.flat_at(position), std::slice::from_ref(position))
    }

    /// Whether every leaf is contiguous and of the tree's shape, so that one counter serves all.
    pub fn is_flat(&self) -> bool {
        self.node.all_leaves(&mut |leaf| leaf.flat) && (self.shape.len() == 1 || !self.node.has_range())
    }

    /// For a tree that is not known to be flat: a test, true only if the axes of every leaf can be run through by one counter
    /// with the stride of the last axis. `None` when the test would be long or cannot succeed.
    pub fn collapses(&self) -> Option<Expr> {
        if self.shape.len() < 2 || self.node.has_range() {
            return None;
        }
        let mut tests: Vec<Expr> = Vec::new();
        let mut possible = true;
        self.node.all_leaves(&mut |leaf| {
            if !leaf.flat {
                match collapse_tests(&leaf.strides, &self.shape) {
                    Some(more) => tests.extend(more),
                    None => possible = false,
                }
            }
            true
        });
        if !possible || tests.len() > 6 {
            return None;
        }
        tests.into_iter().reduce(Expr::and)
    }

    /// Calls `f` on every array the tree reads.
    pub fn for_each_leaf<'a>(&'a self, f: &mut dyn FnMut(&'a Leaf)) {
        self.node.all_leaves(&mut |leaf| {
            f(leaf);
            true
        });
    }
}

/// s[k] = s[k+1] · n[k+1] for every k; `None` when a stride is 0.
pub fn collapse_tests(strides: &[Expr], shape: &[Expr]) -> Option<Vec<Expr>> {
    if strides.contains(&Expr::i32(0)) {
        return None;
    }
    let pairs = strides.iter().zip(strides.iter().skip(1)).zip(shape.iter().skip(1));
    Some(
        pairs
            .map(|((outer, inner), extent)| (outer.clone(), times(extent.clone(), inner.clone())))
            .filter(|(outer, product)| outer != product)
            .map(|(outer, product)| outer.equals(product))
            .collect(),
    )
}

impl Node {
    fn all_leaves<'a>(&'a self, f: &mut dyn FnMut(&'a Leaf) -> bool) -> bool {
        match self {
            Node::Scalar(_) | Node::Complex(_) | Node::Range { .. } => true,
            Node::Load(leaf) => f(leaf),
            Node::Part(node, _) => node.all_leaves(f),
            Node::Map(_, nodes, _) => nodes.iter().all(|node| node.all_leaves(f)),
        }
    }

    fn has_range(&self) -> bool {
        match self {
            Node::Scalar(_) | Node::Complex(_) | Node::Load(_) => false,
            Node::Range { .. } => true,
            Node::Part(node, _) => node.has_range(),
            Node::Map(_, nodes, _) => nodes.iter().any(Node::has_range),
        }
    }

    /// Whether an element is one expression.
    pub fn is_real(&self) -> bool {
        match self {
            Node::Scalar(_) | Node::Range { .. } => true,
            Node::Complex(_) | Node::Part(..) => false,
            Node::Load(leaf) => !leaf.array.dtype.is_complex(),
            Node::Map(op, nodes, dtype) => {
                !dtype.is_complex() && !matches!(op, MapOp::Call(_)) && nodes.iter().all(Node::is_real)
            }
        }
    }

    /// The element of a real rule.
    pub fn element(&self, address: &dyn Fn(&Leaf) -> Expr, index: &[Expr]) -> Expr {
        match self {
            Node::Scalar(value) => value.clone(),
            Node::Complex([part, _]) => part.clone(),
            Node::Part(node, _) => node.element(address, index),
            Node::Load(leaf) => {
                let buffer: BufferId = leaf.array.buffer;
                Expr::Load(Ty::Scalar(leaf.array.dtype), Address::new(buffer, address(leaf)))
            }
            Node::Map(op, nodes, dtype) => {
                apply(op, *dtype, nodes.iter().map(|node| node.element(address, index)).collect())
            }
            Node::Range { start, step, from_last, stride, dtype } => {
                let dtype = *dtype;
                let k = index.iter().rev().nth(*from_last).cloned().unwrap_or(Expr::i32(0));
                let k = times(k, stride.clone()).cast(dtype);
                if start.as_const().is_some_and(|c| c == nopython_ir::Const::zero(dtype)) && dtype.is_int() {
                    k * step.clone()
                } else {
                    start.clone() + k * step.clone()
                }
            }
        }
    }

    /// Adapts a rule to a larger shape that it broadcasts to.
    fn stretch(&mut self, own: &[Expr], target: &[Expr]) {
        let lead = target.len().saturating_sub(own.len());
        match self {
            Node::Scalar(_) | Node::Complex(_) => {}
            Node::Part(node, _) => node.stretch(own, target),
            Node::Load(leaf) => {
                leaf.flat &= own == target;
                let stretched = own.iter().zip(target.iter().skip(lead)).zip(&leaf.strides);
                let mut strides = vec![Expr::i32(0); lead];
                strides.extend(stretched.map(|((own, target), stride)| stretch_stride(own, target, stride)));
                leaf.strides = strides;
            }
            Node::Map(_, nodes, _) => nodes.iter_mut().for_each(|node| node.stretch(own, target)),
            Node::Range { from_last, stride, .. } => {
                if let (Some(own), Some(target)) =
                    (own.iter().rev().nth(*from_last), target.iter().rev().nth(*from_last))
                {
                    *stride = stretch_stride(own, target, stride);
                }
            }
        }
    }

    /// Makes every stride a constant, a local or a product, so that leaves can be read many times. `known` are strides that have locals.
    fn settle(&mut self, lowering: &mut Lowering<'_>, known: &mut Vec<(Expr, Expr)>) {
        let mut settle = |stride: &mut Expr| {
            if !matches!(stride, Expr::Select(..)) {
                return;
            }
            let local = known.iter().find(|(e, _)| e == stride).map(|(_, local)| local.clone());
            let local = local.unwrap_or_else(|| {
                let local = Expr::Local(lowering.spill("s", DType::Int32, stride.clone()));
                known.push((stride.clone(), local.clone()));
                local
            });
            *stride = local;
        };
        match self {
            Node::Scalar(_) | Node::Complex(_) => {}
            Node::Part(node, _) => node.settle(lowering, known),
            Node::Load(leaf) => leaf.strides.iter_mut().for_each(settle),
            Node::Map(_, nodes, _) => nodes.iter_mut().for_each(|node| node.settle(lowering, known)),
            Node::Range { stride, .. } => settle(stride),
        }
    }
}

fn stretch_stride(own: &Expr, target: &Expr, stride: &Expr) -> Expr {
    if own == target {
        stride.clone()
    } else if *own == Expr::i32(1) || *stride == Expr::i32(0) {
        Expr::i32(0)
    } else {
        own.clone().equals(target.clone()).select(stride.clone(), Expr::i32(0))
    }
}

/// The element of a map of real numbers.
pub fn apply(op: &MapOp, dtype: DType, operands: Vec<Expr>) -> Expr {
    let mut operands = operands.into_iter();
    let mut next = || operands.next().unwrap_or(Expr::Const(nopython_ir::Const::zero(dtype)));
    match op {
        MapOp::Unary(op) => Expr::unary(*op, next()),
        MapOp::Binary(op) => {
            let a = next();
            Expr::binary(*op, a, next())
        }
        MapOp::Cast(to) => next().cast(*to),
        MapOp::Select => {
            let mask = next();
            let then = next();
            mask.select(then, next())
        }
        MapOp::Kernel(name) => Expr::Kernel(name.clone(), operands.collect()),
        // Not real: these are made of statements.
        MapOp::Pair | MapOp::Call(_) => next(),
    }
}

impl Lowering<'_> {
    /// The map of rules, broadcast against each other; raises when they do not fit.
    pub fn map(&mut self, op: &MapOp, operands: Vec<Lazy>, dtype: DType, place: Place) -> Lazy {
        let shapes: Vec<&[Expr]> =
            operands.iter().filter(|o| !o.shape.is_empty()).map(|o| o.shape.as_slice()).collect();
        let shape = self.broadcast(&shapes, place);
        let mut known = Vec::new();
        let nodes = operands
            .into_iter()
            .map(|operand| {
                let mut node = operand.node;
                node.stretch(&operand.shape, &shape);
                node.settle(self, &mut known);
                node
            })
            .collect();
        Lazy { node: Node::Map(op.clone(), nodes, dtype), shape, dtype }
    }

    /// A rule stretched to a shape that it is known to broadcast to.
    pub fn stretched(&mut self, mut lazy: Lazy, shape: &[Expr]) -> Lazy {
        lazy.node.stretch(&lazy.shape, shape);
        lazy.node.settle(self, &mut Vec::new());
        lazy.shape = shape.to_vec();
        lazy
    }

    /// NumPy's broadcasting rule: axes are aligned at the last; an axis of extent 1 stretches.
    pub fn broadcast(&mut self, shapes: &[&[Expr]], place: Place) -> Vec<Expr> {
        let ndim = shapes.iter().map(|s| s.len()).max().unwrap_or(0);
        let mut shape = Vec::with_capacity(ndim);
        for axis in 0..ndim {
            let mut extents: Vec<Expr> = Vec::new();
            for s in shapes {
                let extent = (axis + s.len()).checked_sub(ndim).and_then(|k| s.get(k));
                extents.extend(extent.filter(|e| **e != Expr::i32(1) && !extents.contains(e)).cloned());
            }
            let mut extents = extents.into_iter();
            let first = extents.next().unwrap_or(Expr::i32(1));
            shape.push(extents.fold(first, |a, b| self.broadcast_axis(a, b, axis, ndim, place)));
        }
        shape
    }

    /// Raises unless shapes can be broadcast against each other, the second of no larger rank.
    pub fn check_broadcast(&mut self, shape: &[Expr], other: &[Expr], place: Place) {
        let lead = shape.len().saturating_sub(other.len());
        for (axis, (a, b)) in shape.iter().skip(lead).zip(other).enumerate() {
            if a != b && ![a, b].contains(&&Expr::i32(1)) {
                self.check_axis(a.clone(), b.clone(), lead + axis, shape.len(), place);
            }
        }
    }

    fn broadcast_axis(&mut self, a: Expr, b: Expr, axis: usize, ndim: usize, place: Place) -> Expr {
        self.check_axis(a.clone(), b.clone(), axis, ndim, place);
        self.spill_extent(a.clone().equals(Expr::i32(1)).select(b, a))
    }

    fn check_axis(&mut self, a: Expr, b: Expr, axis: usize, ndim: usize, place: Place) {
        let one = Expr::i32(1);
        let fits = Expr::binary(
            BinOp::Or,
            a.clone().equals(b.clone()),
            Expr::binary(BinOp::Or, a.clone().equals(one.clone()), b.clone().equals(one)),
        );
        let message = if ndim == 1 {
            "operands could not be broadcast together with shapes ({a},) ({b},)".to_owned()
        } else {
            format!("operands could not be broadcast together: sizes {{a}} and {{b}} along axis {axis}")
        };
        self.check(fits, Exception::Value, &message, vec![a, b], place);
    }
}
