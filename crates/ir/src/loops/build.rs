//! Small constructors, so that passes read like the loops they write.

use super::{Address, BufferId, Expr, Fault, Function, Label, Local, LocalId, SiteId, Ty};
use crate::Const;
use crate::ops::{BinOp, UnOp};
use nopython_types::DType;

impl Expr {
    /// An `Int32` constant.
    #[must_use]
    pub const fn i32(value: i32) -> Expr {
        Expr::Const(Const::i32(value))
    }

    /// An `Int64` constant.
    #[must_use]
    pub const fn i64(value: i64) -> Expr {
        Expr::Const(Const::int(value))
    }

    /// A bool constant.
    #[must_use]
    pub const fn bool(value: bool) -> Expr {
        Expr::Const(Const::Bool(value))
    }

    /// Zero in every lane of a type, unless it is that of masks.
    #[must_use]
    pub fn zero(ty: Ty) -> Option<Expr> {
        match ty {
            Ty::Scalar(dtype) => Some(Expr::Const(Const::zero(dtype))),
            Ty::Vector(dtype, _) => Some(Expr::Splat(ty, Box::new(Expr::Const(Const::zero(dtype))))),
            Ty::Mask { .. } => None,
        }
    }

    /// A binary operation.
    #[must_use]
    pub fn binary(op: BinOp, a: Expr, b: Expr) -> Expr {
        Expr::Binary(op, Box::new(a), Box::new(b))
    }

    /// A unary operation.
    #[must_use]
    pub fn unary(op: UnOp, a: Expr) -> Expr {
        Expr::Unary(op, Box::new(a))
    }

    /// A conversion.
    #[must_use]
    pub fn cast(self, to: DType) -> Expr {
        Expr::Cast(to, Box::new(self))
    }

    /// `then if self else orelse`, both evaluated.
    #[must_use]
    pub fn select(self, then: Expr, orelse: Expr) -> Expr {
        Expr::Select(Box::new(self), Box::new(then), Box::new(orelse))
    }

    /// `then if self else orelse`, only one evaluated.
    #[must_use]
    pub fn cond(self, then: Expr, orelse: Expr) -> Expr {
        Expr::Cond(Box::new(self), Box::new(then), Box::new(orelse))
    }

    /// A comparison.
    #[must_use]
    pub fn lt(self, other: Expr) -> Expr {
        Expr::binary(BinOp::Lt, self, other)
    }

    /// Logical negation of a bool.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a constructor beside `lt`, not an operator overload")]
    pub fn not(self) -> Expr {
        Expr::unary(UnOp::Invert, self)
    }

    /// Conjunction of bools, both evaluated.
    #[must_use]
    pub fn and(self, other: Expr) -> Expr {
        Expr::binary(BinOp::And, self, other)
    }

    /// Equality.
    #[must_use]
    pub fn equals(self, other: Expr) -> Expr {
        Expr::binary(BinOp::Eq, self, other)
    }

    /// The constant, if this is one.
    #[must_use]
    pub const fn as_const(&self) -> Option<Const> {
        match self {
            Expr::Const(c) => Some(*c),
            _ => None,
        }
    }
}

impl core::ops::Add for Expr {
    type Output = Expr;
    fn add(self, other: Expr) -> Expr {
        Expr::binary(BinOp::Add, self, other)
    }
}

impl core::ops::Sub for Expr {
    type Output = Expr;
    fn sub(self, other: Expr) -> Expr {
        Expr::binary(BinOp::Sub, self, other)
    }
}

impl core::ops::Mul for Expr {
    type Output = Expr;
    fn mul(self, other: Expr) -> Expr {
        Expr::binary(BinOp::Mul, self, other)
    }
}

impl From<LocalId> for Expr {
    fn from(local: LocalId) -> Expr {
        Expr::Local(local)
    }
}

impl Address {
    /// A place in a buffer.
    #[must_use]
    pub fn new(buffer: BufferId, at: Expr) -> Address {
        Address { buffer, at: Box::new(at) }
    }
}

impl Fault {
    /// A fault without numbers.
    #[must_use]
    pub const fn new(site: SiteId) -> Fault {
        Fault { site, numbers: Vec::new() }
    }

    /// A fault whose message shows one or two numbers.
    #[must_use]
    pub const fn with(site: SiteId, numbers: Vec<Expr>) -> Fault {
        Fault { site, numbers }
    }
}

impl Function {
    /// Adds a local.
    pub fn local(&mut self, name: impl Into<String>, ty: Ty) -> LocalId {
        self.locals.push(Local { name: name.into(), ty })
    }

    /// Adds a scalar local.
    pub fn scalar(&mut self, name: impl Into<String>, dtype: DType) -> LocalId {
        self.local(name, Ty::Scalar(dtype))
    }

    /// Gives out a label.
    pub const fn label(&mut self) -> Label {
        let label = Label(self.labels);
        self.labels += 1;
        label
    }
}
