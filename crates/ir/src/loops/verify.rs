//! The rules of the loop IR, checked.

use super::{Address, Block, Expr, FuncId, Function, Label, Module, Stmt, Ty};
use crate::ops::{BinOp, Gives};
use core::fmt;
use nopython_types::DType;

/// Proof that a module keeps every rule of the loop IR; the only thing emission takes.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'m> {
    module: &'m Module,
}

impl<'m> Verified<'m> {
    /// The module.
    #[must_use]
    pub const fn module(self) -> &'m Module {
        self.module
    }
}

/// A rule that is broken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The function.
    pub function: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "in `{}`: {}", self.function, self.problem)
    }
}

/// Checks every rule.
///
/// # Errors
/// The first rule found broken.
pub fn verify(module: &Module) -> Result<Verified<'_>, VerifyError> {
    for (_, function) in module.functions.iter() {
        let checker = Checker { module, function };
        checker
            .block(&function.body, &mut Vec::new())
            .map_err(|problem| VerifyError { function: function.name.clone(), problem })?;
    }
    for (export, function) in &module.exports {
        if module.functions.get(*function).is_none() {
            return Err(VerifyError { function: export.name.clone(), problem: "an export without a function".into() });
        }
    }
    Ok(Verified { module })
}

/// The type of an expression in a function, or `None` if it breaks a rule.
#[must_use]
pub fn type_of(function: &Function, e: &Expr) -> Option<Ty> {
    let scalar = |d| Some(Ty::Scalar(d));
    match e {
        Expr::Const(c) => scalar(c.dtype()),
        Expr::Local(local) => function.locals.get(*local).map(|l| l.ty),
        Expr::Unary(op, a) => match type_of(function, a)? {
            Ty::Scalar(d) => scalar(op.result(d)?),
            Ty::Vector(d, n) => op.result(d).map(|d| Ty::Vector(d, n)),
            mask @ Ty::Mask { .. } => (*op == crate::ops::UnOp::Invert).then_some(mask),
        },
        Expr::Binary(op, a, b) => binary(*op, type_of(function, a)?, type_of(function, b)?),
        Expr::Cast(to, a) => match type_of(function, a)? {
            Ty::Scalar(_) => scalar(*to),
            Ty::Vector(_, n) => Some(Ty::Vector(*to, n)),
            Ty::Mask { .. } => None,
        },
        Expr::Select(test, a, b) => {
            let (ta, tb) = (type_of(function, a)?, type_of(function, b)?);
            let fits = match (type_of(function, test)?, ta) {
                (Ty::Scalar(DType::Bool), _) => true,
                (Ty::Mask { bytes, lanes }, Ty::Vector(d, n)) => u32::from(bytes) == d.size() && lanes == n,
                (mask @ Ty::Mask { .. }, other) => mask == other,
                _ => false,
            };
            (fits && ta == tb).then_some(ta)
        }
        Expr::Cond(test, a, b) => {
            let (ta, tb) = (type_of(function, a)?, type_of(function, b)?);
            (type_of(function, test)? == Ty::Scalar(DType::Bool) && ta == tb).then_some(ta)
        }
        Expr::Load(ty, address) => {
            let fits = is_address(function, address) && !matches!(ty, Ty::Mask { .. });
            fits.then_some(*ty)
        }
        Expr::Kernel(_, args) => {
            let (first, rest) = args.split_first()?;
            let first = type_of(function, first)?;
            rest.iter().all(|a| type_of(function, a) == Some(first)).then_some(first)
        }
        Expr::Splat(ty, a) => match (ty, type_of(function, a)?) {
            (Ty::Vector(d, _), Ty::Scalar(s)) => (*d == s).then_some(*ty),
            (Ty::Mask { .. }, Ty::Scalar(DType::Bool)) => Some(*ty),
            _ => None,
        },
        Expr::Lane(a, k) => match type_of(function, a)? {
            Ty::Vector(d, n) if *k < n => scalar(d),
            _ => None,
        },
        Expr::Ramp(ty, a) => match (ty, type_of(function, a)?) {
            (Ty::Vector(d, _), Ty::Scalar(s)) => (*d == s).then_some(*ty),
            _ => None,
        },
        Expr::AnyTrue(a) | Expr::AllTrue(a) => {
            matches!(type_of(function, a)?, Ty::Mask { .. }).then_some(Ty::Scalar(DType::Bool))
        }
        Expr::MaskCast(ty, a) => match (ty, type_of(function, a)?) {
            (Ty::Vector(DType::Bool, n), Ty::Mask { lanes, .. }) => (*n == lanes).then_some(*ty),
            (Ty::Mask { lanes, .. }, Ty::Vector(DType::Bool, n)) => (*lanes == n).then_some(*ty),
            (Ty::Mask { lanes, .. }, Ty::Mask { lanes: n, .. }) => (*lanes == n).then_some(*ty),
            _ => None,
        },
    }
}

fn binary(op: BinOp, a: Ty, b: Ty) -> Option<Ty> {
    if a != b {
        return None;
    }
    match a {
        Ty::Scalar(d) => op.result(d).map(Ty::Scalar),
        Ty::Vector(d, n) => {
            op.result(d)?;
            Some(match op.row().2 {
                Gives::Same => a,
                Gives::Bool => Ty::Mask { bytes: u8::try_from(d.size()).ok()?, lanes: n },
            })
        }
        Ty::Mask { .. } => matches!(op, BinOp::And | BinOp::Or | BinOp::Xor | BinOp::Eq | BinOp::Ne).then_some(a),
    }
}

fn is_address(function: &Function, address: &Address) -> bool {
    function.buffers.get(address.buffer).is_some() && type_of(function, &address.at) == Some(Ty::Scalar(DType::Int32))
}

struct Checker<'m> {
    module: &'m Module,
    function: &'m Function,
}

impl Checker<'_> {
    fn block(&self, block: &Block, labels: &mut Vec<(Label, bool)>) -> Result<(), String> {
        block.iter().try_for_each(|stmt| self.stmt(stmt, labels))
    }

    fn expect(&self, e: &Expr, want: Ty) -> Result<(), String> {
        match type_of(self.function, e) {
            Some(found) if found == want => Ok(()),
            Some(found) => Err(format!("expected {want:?}, found {found:?}: {e:?}")),
            None => Err(format!("ill-typed expression {e:?}")),
        }
    }

    fn scalar(&self, e: &Expr, want: DType) -> Result<(), String> {
        self.expect(e, Ty::Scalar(want))
    }

    fn typed(&self, e: &Expr) -> Result<Ty, String> {
        type_of(self.function, e).ok_or_else(|| format!("ill-typed expression {e:?}"))
    }

    fn local(&self, local: super::LocalId) -> Result<Ty, String> {
        self.function.locals.get(local).map(|l| l.ty).ok_or_else(|| format!("unknown local {local:?}"))
    }

    fn address(&self, address: &Address) -> Result<(), String> {
        if is_address(self.function, address) { Ok(()) } else { Err(format!("ill-typed address {address:?}")) }
    }

    fn site(&self, site: super::SiteId) -> Result<(), String> {
        let known = (site.0 as usize) < self.module.sites.len();
        if known { Ok(()) } else { Err(format!("unknown site {site:?}")) }
    }

    fn fault(&self, fault: &super::Fault) -> Result<(), String> {
        self.site(fault.site)?;
        if fault.numbers.len() > 2 {
            return Err("a fault shows at most two numbers".into());
        }
        fault.numbers.iter().try_for_each(|e| self.typed(e).map(|_| ()))
    }

    fn stmt(&self, stmt: &Stmt, labels: &mut Vec<(Label, bool)>) -> Result<(), String> {
        match stmt {
            Stmt::Set(local, e) => {
                let want = self.local(*local)?;
                self.expect(e, want)
            }
            Stmt::Store(address, value) => {
                self.address(address)?;
                match self.typed(value)? {
                    Ty::Mask { .. } => Err("a mask is not stored".into()),
                    Ty::Scalar(_) | Ty::Vector(..) => Ok(()),
                }
            }
            Stmt::If(test, then, orelse) => {
                self.scalar(test, DType::Bool)?;
                self.block(then, labels)?;
                self.block(orelse, labels)
            }
            Stmt::For(l) => {
                let Ty::Scalar(dtype @ (DType::Int32 | DType::Int64)) = self.local(l.var)? else {
                    return Err("a loop variable is Int32 or Int64".into());
                };
                self.scalar(&l.start, dtype)?;
                self.scalar(&l.stop, dtype)?;
                if l.step == 0 {
                    return Err("a step of 0".into());
                }
                self.inside(l.label, true, &l.body, labels)
            }
            Stmt::While { label, test, body } => {
                self.scalar(test, DType::Bool)?;
                self.inside(*label, true, body, labels)
            }
            Stmt::Scope(label, body) => self.inside(*label, false, body, labels),
            Stmt::Break(label) => match labels.iter().any(|(l, _)| l == label) {
                true => Ok(()),
                false => Err(format!("break to {label:?}, which is not around")),
            },
            Stmt::Continue(label) => match labels.iter().any(|(l, is_loop)| l == label && *is_loop) {
                true => Ok(()),
                false => Err(format!("continue of {label:?}, which is not around")),
            },
            Stmt::Check(test, fault) => {
                self.scalar(test, DType::Bool)?;
                self.fault(fault)
            }
            Stmt::Raise(fault) => self.fault(fault),
            Stmt::Call { function, args, results, .. } => self.call(*function, args, results),
            Stmt::Alloc { owner, bytes, site } => {
                self.scalar(bytes, DType::Int64)?;
                self.site(*site)?;
                self.is_i32(*owner)
            }
            Stmt::Retain(e) | Stmt::Release(e) => self.scalar(e, DType::Int32),
            Stmt::Copy { to, from, bytes } => {
                self.address(to)?;
                self.address(from)?;
                self.scalar(bytes, DType::Int32)
            }
            Stmt::Fill { to, value, bytes } => {
                self.address(to)?;
                self.scalar(value, DType::Int32)?;
                self.scalar(bytes, DType::Int32)
            }
            Stmt::Return(values) => self.values(values, &self.function.results),
        }
    }

    fn is_i32(&self, local: super::LocalId) -> Result<(), String> {
        match self.local(local)? {
            Ty::Scalar(DType::Int32) => Ok(()),
            other => Err(format!("an owner is Int32, not {other:?}")),
        }
    }

    fn inside(&self, label: Label, is_loop: bool, body: &Block, labels: &mut Vec<(Label, bool)>) -> Result<(), String> {
        labels.push((label, is_loop));
        let result = self.block(body, labels);
        labels.pop();
        result
    }

    fn values(&self, values: &[Expr], types: &[DType]) -> Result<(), String> {
        if values.len() != types.len() {
            return Err(format!("{} values where {} are expected", values.len(), types.len()));
        }
        // A slot's dtype says only how it is held: an int8 result travels in an Int32 slot.
        values.iter().zip(types).try_for_each(|(e, want)| match self.typed(e)? {
            Ty::Scalar(found) if found.slot() == want.slot() => Ok(()),
            found => Err(format!("expected {want}, found {found:?}")),
        })
    }

    fn call(&self, function: FuncId, args: &[Expr], results: &[super::LocalId]) -> Result<(), String> {
        let Some(callee) = self.module.functions.get(function) else {
            return Err("a call of an unknown function".into());
        };
        let params: Option<Vec<DType>> = callee
            .params
            .iter()
            .map(|&p| match callee.locals.get(p)?.ty {
                Ty::Scalar(d) => Some(d),
                Ty::Vector(..) | Ty::Mask { .. } => None,
            })
            .collect();
        let Some(params) = params else { return Err("a parameter that is not a scalar".into()) };
        self.values(args, &params)?;
        if results.len() != callee.results.len() {
            return Err("a call with a wrong number of results".into());
        }
        results.iter().zip(&callee.results).try_for_each(|(&local, want)| match self.local(local)? {
            Ty::Scalar(found) if found.slot() == want.slot() => Ok(()),
            found => Err(format!("a result {want} into {found:?}")),
        })
    }
}
