//! Elements of arrays while lowering: one expression, or the two parts of a complex number.
//!
//! The element of a real rule is an expression. That of a rule with complex numbers in it takes statements, which name each part that is
//! computed, so that what is read twice is computed once.

use super::complex::{Parts, compared};
use super::lazy::{Lazy, Leaf, Node, apply};
use super::lower::Lowering;
use super::value::{ArrayRef, Value, plus};
use super::{Lowered, complex, malformed};
use nopython_ir::Const;
use nopython_ir::loops::{self, Address, BufferId, Expr, LocalId, Stmt, Ty};
use nopython_ir::ops::{BinOp, UnOp};
use nopython_ir::typed::MapOp;
use nopython_types::{DType, Scalar};

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// A number that is not complex.
    Real(Expr),
    /// The real and the imaginary part of a complex one.
    Complex(Parts),
}

impl Element {
    /// The number itself, or a complex one's real part.
    pub fn real(self) -> Expr {
        match self {
            Element::Real(e) => e,
            Element::Complex([re, _]) => re,
        }
    }

    /// The parts; those of a real number end with 0.
    fn parts(self, part: DType) -> Parts {
        match self {
            Element::Real(e) => [e, Expr::Const(Const::zero(part))],
            Element::Complex(parts) => parts,
        }
    }

    /// What a dtype's number 0 or 1 is.
    pub fn whole(dtype: DType, value: i64) -> Element {
        let real = match dtype.part() {
            DType::Float64 => Const::f64(value as f64),
            DType::Float32 => Const::f32(value as f32),
            other => Const::wrap(other, value),
        };
        match dtype.is_complex() {
            true => Element::Complex([Expr::Const(real), Expr::Const(Const::zero(dtype.part()))]),
            false => Element::Real(Expr::Const(real)),
        }
    }

    /// The element at an address.
    pub fn load(buffer: BufferId, dtype: DType, at: Expr) -> Element {
        let load = |at: Expr| Expr::Load(Ty::Scalar(dtype.part()), Address::new(buffer, at));
        match dtype.is_complex() {
            true => Element::Complex([load(at.clone()), load(plus(at, part_size(dtype)))]),
            false => Element::Real(load(at)),
        }
    }

    /// Whether reading the element reads memory.
    pub fn loads(&self) -> bool {
        match self {
            Element::Real(e) => e.loads(),
            Element::Complex(parts) => parts.iter().any(Expr::loads),
        }
    }

    /// The parts of a complex number.
    pub fn parts_of(self) -> Lowered<Parts> {
        match self {
            Element::Complex(parts) => Ok(parts),
            other => malformed(format!("not a complex number: {other:?}")),
        }
    }

    /// A value that is a number.
    pub fn of(value: Value) -> Lowered<Element> {
        Ok(match value {
            Value::Scalar(e) => Element::Real(e),
            Value::Tuple(parts) => Element::Complex(complex::from_items(parts)?),
            other => return malformed(format!("expected a number, found {other:?}")),
        })
    }

    fn expressions(self) -> Vec<Expr> {
        match self {
            Element::Real(e) => vec![e],
            Element::Complex(parts) => parts.into(),
        }
    }
}

/// Bytes from the real to the imaginary part.
pub fn part_size(dtype: DType) -> Expr {
    Expr::i32(i32::try_from(dtype.part().size()).unwrap_or(0))
}

/// An element in locals: one, or one for each part.
#[derive(Clone, Debug)]
pub struct Held(Vec<LocalId>);

impl Held {
    /// What the locals hold.
    pub fn read(&self) -> Element {
        match self.0.as_slice() {
            &[re, im] => Element::Complex([re.into(), im.into()]),
            other => Element::Real(other.first().map_or(Expr::i32(0), |&local| local.into())),
        }
    }

    /// Statements that copy what the locals hold to others.
    pub fn copied_to(&self, to: &Held) -> Vec<Stmt> {
        self.0.iter().zip(&to.0).map(|(&from, &to)| Stmt::Set(to, from.into())).collect()
    }
}

impl Lowering<'_> {
    /// The element of a rule at an index, one `Int32` expression per axis.
    pub fn element(&mut self, lazy: &Lazy, index: &[Expr]) -> Element {
        self.element_of(&lazy.node, &|leaf| leaf.at(index), index)
    }

    /// The element at a position in C order of a tree that is [flat](Lazy::is_flat).
    pub fn flat_element(&mut self, lazy: &Lazy, position: &Expr) -> Element {
        self.element_of(&lazy.node, &|leaf| leaf.flat_at(position), std::slice::from_ref(position))
    }

    fn element_of(&mut self, node: &Node, address: &dyn Fn(&Leaf) -> Expr, index: &[Expr]) -> Element {
        if node.is_real() {
            return Element::Real(node.element(address, index));
        }
        match node {
            Node::Complex(parts) => Element::Complex(parts.clone()),
            Node::Load(leaf) => {
                let element = Element::load(leaf.array.buffer, leaf.array.dtype, address(leaf));
                self.fixed(element, leaf.array.dtype)
            }
            Node::Part(node, part) => match self.element_of(node, address, index) {
                Element::Complex([_, im]) if *part == 1 => Element::Real(im),
                other => Element::Real(other.real()),
            },
            Node::Map(op, nodes, dtype) => {
                let operands = nodes.iter().map(|node| self.element_of(node, address, index)).collect();
                self.apply(op, *dtype, operands)
            }
            Node::Scalar(_) | Node::Range { .. } => Element::Real(node.element(address, index)),
        }
    }

    /// The element of a map.
    fn apply(&mut self, op: &MapOp, dtype: DType, operands: Vec<Element>) -> Element {
        let part = dtype.part();
        if let MapOp::Call(id) = op {
            let function = loops::FuncId::new(u32::try_from(id.index()).unwrap_or(u32::MAX));
            let args = operands.into_iter().flat_map(Element::expressions).collect();
            let held = self.locals("called", dtype);
            let results = held.0.clone();
            self.emit(Stmt::Call { function, args, results, at: Default::default() });
            return held.read();
        }
        if !dtype.is_complex() && operands.iter().all(|e| matches!(e, Element::Real(_))) {
            return Element::Real(apply(op, dtype, operands.into_iter().map(Element::real).collect()));
        }
        let mut operands = operands.into_iter();
        let mut next = || operands.next().unwrap_or(Element::Real(Expr::Const(Const::zero(part))));
        match op {
            MapOp::Unary(op) => {
                let parts = next().parts(part).map(|x| Expr::unary(*op, x));
                Element::Complex(self.parts(part, parts))
            }
            MapOp::Binary(op) => {
                let a = next();
                let b = next();
                self.combined(*op, a, b, dtype)
            }
            MapOp::Cast(to) => {
                let from = next();
                self.converted(from, *to)
            }
            MapOp::Select => {
                let test = next().real();
                let test = self.atom("test", DType::Bool, test);
                let (a, b) = (next(), next());
                self.chosen(test, a, b, dtype)
            }
            MapOp::Pair => {
                let re = next().real();
                let im = next().real();
                Element::Complex(self.parts(part, [re, im]))
            }
            // The operands of a kernel are real.
            MapOp::Kernel(_) | MapOp::Call(_) => next(),
        }
    }

    /// An element converted to a dtype.
    fn converted(&mut self, from: Element, to: DType) -> Element {
        let part = to.part();
        match from {
            Element::Real(e) if to.is_complex() => {
                Element::Complex(self.parts(part, [e.cast(part), Expr::Const(Const::zero(part))]))
            }
            Element::Complex(parts) if to.is_complex() => {
                Element::Complex(self.parts(part, parts.map(|x| x.cast(part))))
            }
            Element::Complex(parts) if to == DType::Bool => {
                let [re, im] = parts.map(|x| x.cast(DType::Bool));
                Element::Real(Expr::binary(BinOp::Or, re, im))
            }
            other => Element::Real(other.real().cast(to)),
        }
    }

    /// One of two elements; both are evaluated.
    pub fn chosen(&mut self, test: Expr, a: Element, b: Element, dtype: DType) -> Element {
        match (a, b) {
            (Element::Complex([ar, ai]), Element::Complex([br, bi])) => {
                let parts = [test.clone().select(ar, br), test.select(ai, bi)];
                Element::Complex(self.parts(dtype.part(), parts))
            }
            (a, b) => Element::Real(test.select(a.real(), b.real())),
        }
    }

    /// Two elements combined by an operation, whose result has a dtype.
    pub fn combined(&mut self, op: BinOp, a: Element, b: Element, dtype: DType) -> Element {
        let (a, b) = match (a, b) {
            (Element::Complex(a), Element::Complex(b)) => (a, b),
            (a, b) => return Element::Real(Expr::binary(op, a.real(), b.real())),
        };
        match op {
            BinOp::Eq | BinOp::Ne => Element::Real(compared(op, a, b)),
            BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => Element::Real(ordered(op, a, b)),
            BinOp::Min | BinOp::Max => {
                // The first one stays if it is a NaN, or if it is not beaten.
                let better = if op == BinOp::Min { BinOp::Le } else { BinOp::Ge };
                let stays = Expr::binary(BinOp::Or, ordered(better, a.clone(), b.clone()), is_nan(a.clone()));
                let stays = self.spill("stays", DType::Bool, stays);
                self.chosen(stays.into(), Element::Complex(a), Element::Complex(b), dtype)
            }
            _ => match self.complex_operation(op, a.clone(), b, Scalar::strong(dtype)) {
                Ok(parts) => Element::Complex(parts),
                // The verifier admits no other operation.
                Err(_) => Element::Complex(a),
            },
        }
    }

    /// An element whose parts are constants and locals, which nothing that follows changes.
    pub fn fixed(&mut self, element: Element, dtype: DType) -> Element {
        match element {
            Element::Real(e) => Element::Real(self.atom("x", dtype, e)),
            Element::Complex(parts) => Element::Complex(self.parts(dtype.part(), parts)),
        }
    }

    fn locals(&mut self, name: &str, dtype: DType) -> Held {
        Held(match dtype.is_complex() {
            true => ["re", "im"].map(|part| self.fresh(&format!("{name}.{part}"), dtype.part())).into(),
            false => vec![self.fresh(name, dtype)],
        })
    }

    /// An element in fresh locals, which may be set again.
    pub fn hold(&mut self, name: &str, dtype: DType, element: Element) -> Held {
        let held = self.locals(name, dtype);
        self.set(&held, dtype, element);
        held
    }

    /// Sets the locals of an element.
    pub fn set(&mut self, held: &Held, dtype: DType, element: Element) {
        let element = match element {
            real @ Element::Real(_) => real,
            Element::Complex(parts) => Element::Complex(self.parts(dtype.part(), parts)),
        };
        for (&local, value) in held.0.iter().zip(element.expressions()) {
            self.emit(Stmt::Set(local, value));
        }
    }

    /// Writes an element of an array at an address.
    pub fn store(&mut self, target: &ArrayRef, at: Expr, element: Element) {
        let dtype = target.dtype;
        let element = if dtype.is_complex() { self.fixed(element, dtype) } else { element };
        let address = |at| Address::new(target.buffer, at);
        match element {
            Element::Real(value) => self.emit(Stmt::Store(address(at), value)),
            Element::Complex([re, im]) => {
                self.emit(Stmt::Store(address(at.clone()), re));
                self.emit(Stmt::Store(address(plus(at, part_size(dtype))), im));
            }
        }
    }
}

/// Whether a part is no number.
pub fn is_nan([re, im]: Parts) -> Expr {
    let differs = |x: Expr| Expr::binary(BinOp::Ne, x.clone(), x);
    Expr::binary(BinOp::Or, differs(re), differs(im))
}

/// The order of complex numbers: by real parts, then by imaginary ones. Those with different real parts are in order only if neither imaginary
/// part is a NaN.
pub fn ordered(op: BinOp, [ar, ai]: Parts, [br, bi]: Parts) -> Expr {
    let strict = if matches!(op, BinOp::Lt | BinOp::Le) { BinOp::Lt } else { BinOp::Gt };
    let numbers = is_nan([ai.clone(), bi.clone()]);
    let numbers = Expr::unary(UnOp::Invert, numbers);
    let first = Expr::binary(BinOp::And, Expr::binary(strict, ar.clone(), br.clone()), numbers);
    let second = Expr::binary(BinOp::And, Expr::binary(BinOp::Eq, ar, br), Expr::binary(op, ai, bi));
    Expr::binary(BinOp::Or, first, second)
}
