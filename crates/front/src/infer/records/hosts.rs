//! What hosts see of dicts, sets and instances: lists of their items, which they know how to pass.
//!
//! A dict is a list of pairs for a host, a set one of tuples of one item, and an instance a list of one tuple of its fields. The tuples have names, and the
//! name of their class is that of the class in braces, so that a host makes of the list what it stands for. An exported function that takes or returns
//! such values is called by another one, made here, which is exported in its place: it builds the values, calls the function, and puts what
//! they have become into the lists that the host has given.

use super::super::body::Body;
use super::super::{Answer, Infer, Stop, ops};
use super::containers::{container, fresh};
use crate::signature::Reader;
use crate::source::span;
use crate::value::Val;
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::typed::{Expr, ExprKind, FuncId, StmtKind};
use nopython_types::record::{host_form, stands_for};
use nopython_types::{Items, Record, Type};
use ruff_python_ast::{self as ast, StmtFunctionDef};

/// Whether a list stands for a dict, a set or an instance.
pub fn is_held(ty: &Type) -> bool {
    stands_for(ty).is_some()
}

impl Infer<'_> {
    /// The type that a function sees of a value that a host passes.
    pub(in super::super) fn inner_type(&self, ty: &Type) -> Answer<Type> {
        Ok(match ty {
            Type::List(item) => match stands_for(ty) {
                Some((class @ ("dict" | "set"), items)) => {
                    container(class, items.iter().map(|ty| self.inner_type(ty)).collect::<Answer<_>>()?)
                }
                Some((class, _)) if let Some(known) = super::generators::generator(class) => known,
                Some((class, _)) => {
                    match (Reader { program: self.program, types: &self.types, at: None }).record(class)? {
                        Some(record) => Type::Record(record),
                        None => ty.clone(),
                    }
                }
                None => Type::list(self.inner_type(item)?),
            },
            Type::Tuple(items) => {
                let types = items.iter().map(|ty| self.inner_type(ty)).collect::<Answer<Vec<_>>>()?;
                Type::Tuple(Items::named(types, items.names().cloned()))
            }
            other => other.clone(),
        })
    }

    /// The function that hosts call in the place of one that takes or returns dicts, sets or instances.
    pub(in super::super) fn for_hosts(&mut self, def: &StmtFunctionDef, inner: FuncId) -> Answer<FuncId> {
        let Some(found) = self.module.functions.get(inner) else { return Ok(inner) };
        let params: Vec<(String, Type)> = found
            .params
            .iter()
            .filter_map(|param| found.vars.get(*param))
            .map(|var| (var.name.clone(), var.ty.clone()))
            .collect();
        let result = found.result.clone();
        if !result.holds_record() && !params.iter().any(|(_, ty)| ty.holds_record()) {
            return Ok(inner);
        }
        let refused = |ty: &Type| {
            let error = Diagnostic::error(codes::UNSUPPORTED_VALUE, format!("`{}` takes or returns {ty}", def.name));
            let error = error.primary(
                span(&def.name),
                "hosts do not pass ranges, what may be None, and instances that hold their like",
            );
            Stop::error(
                error.hint("make it in a compiled function, and take and return arrays, lists, dicts and numbers"),
            )
        };
        let node = ast::Expr::Name(ast::ExprName {
            node_index: Default::default(),
            range: def.name.range,
            id: def.name.id.clone(),
            ctx: ast::ExprContext::Load,
        });
        let mut body = Body::module(self, usize::MAX);
        body.library = true;
        body.reported_as = def.name.to_string();
        let place = body.place_of(&node);
        let mut own = Vec::new();
        let (mut given, mut passed) = (Vec::new(), Vec::new());
        for (name, ty) in &params {
            let seen = host_form(ty).ok_or_else(|| refused(ty))?;
            let var = body.var(name, &seen);
            own.push(var);
            let value = body.read(var, place);
            let value = if ty.holds_record() {
                let value = body.taken_in(value, ty, &node)?;
                body.evaluated(value)
            } else {
                value
            };
            given.push(body.read(var, place));
            passed.push(value);
        }
        let seen = host_form(&result).ok_or_else(|| refused(&result))?;
        let call = Expr { kind: ExprKind::Call(inner, passed.clone()), ty: result.clone(), place };
        let value = if result == Type::None {
            body.emit(StmtKind::Expr(call), place);
            Expr { kind: ExprKind::NoneValue, ty: Type::None, place }
        } else {
            body.evaluated(call)
        };
        for ((list, value), (_, ty)) in given.iter().zip(&passed).zip(&params) {
            if matches!(ty, Type::Record(_) | Type::List(_)) && ty.holds_record() {
                let length = ops::int(0, place);
                body.emit(StmtKind::ListTruncate { list: list.clone(), length }, place);
                body.given_out_to(value.clone(), list.clone(), &node)?;
            }
        }
        let value = if result.holds_record() {
            // What was given is given back.
            let back = |body: &mut Body<'_, '_>, value: Expr, seen: &Type| {
                let mut out = body.given_out(value.clone(), seen, &node)?;
                for (list, own) in given.iter().zip(&passed) {
                    if matches!(own.ty, Type::Record(_)) && own.ty == value.ty {
                        let test = Box::new(super::operators::same(own.clone(), value.clone()));
                        let (then, orelse) = (Box::new(list.clone()), Box::new(out));
                        out = Expr { kind: ExprKind::Cond { test, then, orelse }, ty: seen.clone(), place };
                    }
                }
                Ok::<Expr, Stop>(out)
            };
            match (result.clone(), seen.clone()) {
                (Type::Tuple(types), Type::Tuple(wanted)) => {
                    let mut items = Vec::new();
                    for (k, (own, want)) in types.iter().zip(&wanted).enumerate() {
                        let item = super::super::join::item(&value, k, own);
                        let item = if own.holds_record() { body.evaluated(item) } else { item };
                        items.push(back(&mut body, item, want)?);
                    }
                    Expr { kind: ExprKind::Tuple(items), ty: seen.clone(), place }
                }
                _ => back(&mut body, value, &seen)?,
            }
        } else {
            value
        };
        body.emit(StmtKind::Return(value), place);
        let name = def.name.to_string();
        let mut function = body.finish_module(name, place);
        function.params = own;
        function.result = seen;
        Ok(self.module.functions.push(function))
    }
}

/// A record with the values of the fields that hosts see.
fn made_of(record: &Record, given: &mut impl Iterator<Item = Expr>, place: nopython_ir::typed::Place) -> Expr {
    let own = record.class.fields().iter().filter_map(|(_, ty)| match ty {
        Type::Record(inner) if record.class.library => Some(made_of(inner, &mut *given, place)),
        _ => given.next(),
    });
    let kind = ExprKind::Record(own.collect());
    Expr { kind, ty: Type::Record(Record { optional: false, ..record.clone() }), place }
}

/// The values of the fields that hosts see.
fn fields_in(e: &Expr, record: &Record) -> Vec<Expr> {
    let own = record.class.fields().iter().enumerate().map(|(k, (_, ty))| {
        let field = Expr { kind: ExprKind::Field(Box::new(e.clone()), k), ty: ty.clone(), place: e.place };
        match ty {
            Type::Record(inner) if record.class.library => fields_in(&field, inner),
            _ => vec![field],
        }
    });
    own.flatten().collect()
}

impl Body<'_, '_> {
    /// A value of a host as one of a type that functions see.
    pub(in super::super) fn taken_in(&mut self, e: Expr, ty: &Type, node: &ast::Expr) -> Answer<Expr> {
        let place = e.place;
        match ty {
            ty if !ty.holds_record() => Ok(e),
            Type::Record(record) if record.class.is_container() => {
                let made = fresh(&record.class.name, record.class.args.clone(), place);
                let function = format!("{}_in", record.class.name);
                let value = self.library(&function, vec![Val::Expr(made), Val::Expr(e)], node)?;
                self.runtime(value, node)
            }
            Type::Record(record) => {
                let row = self.list_item(e, ops::int(0, place));
                let row = self.evaluated(row);
                let Type::Tuple(types) = row.ty.clone() else { return Ok(row) };
                let mut given = Vec::new();
                for (k, (own, (_, want))) in types.iter().zip(record.class.host_fields()).enumerate() {
                    let item = super::super::join::item(&row, k, own);
                    given.push(self.taken_in(item, &want, node)?);
                }
                Ok(made_of(record, &mut given.into_iter(), place))
            }
            Type::List(_) => {
                let made = Expr { kind: ExprKind::List(Vec::new()), ty: ty.clone(), place };
                let value = self.library("list_in", vec![Val::Expr(made), Val::Expr(e)], node)?;
                self.runtime(value, node)
            }
            Type::Tuple(wanted) => {
                let e = self.named(e);
                let Type::Tuple(types) = e.ty.clone() else { return Ok(e) };
                let mut items = Vec::new();
                for (k, (own, want)) in types.iter().zip(wanted).enumerate() {
                    let item = super::super::join::item(&e, k, own);
                    items.push(self.taken_in(item, want, node)?);
                }
                Ok(Expr { kind: ExprKind::Tuple(items), ty: ty.clone(), place })
            }
            _ => Ok(e),
        }
    }

    /// A value as a host sees it.
    pub(in super::super) fn given_out(&mut self, e: Expr, seen: &Type, node: &ast::Expr) -> Answer<Expr> {
        let place = e.place;
        match &e.ty {
            ty if !ty.holds_record() => Ok(e),
            Type::Record(_) | Type::List(_) => {
                let out = Expr { kind: ExprKind::List(Vec::new()), ty: seen.clone(), place };
                let out = self.evaluated(out);
                self.given_out_to(e, out.clone(), node)?;
                Ok(out)
            }
            ty if ty.as_optional().is_some() => self.optional_out(e, seen, node),
            Type::Tuple(types) => {
                let types = types.clone();
                let e = self.named(e);
                let Type::Tuple(wanted) = seen else { return Ok(e) };
                let mut items = Vec::new();
                for (k, (own, want)) in types.iter().zip(wanted).enumerate() {
                    let item = super::super::join::item(&e, k, own);
                    items.push(self.given_out(item, want, node)?);
                }
                Ok(Expr { kind: ExprKind::Tuple(items), ty: seen.clone(), place })
            }
            _ => Ok(e),
        }
    }

    /// What may be None as the list of no row or of one that a host sees.
    fn optional_out(&mut self, e: Expr, seen: &Type, node: &ast::Expr) -> Answer<Expr> {
        let place = e.place;
        let out = self.evaluated(Expr { kind: ExprKind::List(Vec::new()), ty: seen.clone(), place });
        let e = self.named(e);
        let (Type::Tuple(types), Type::List(row)) = (&e.ty, seen) else { return Ok(out) };
        let ([flag, own], Type::Tuple(wanted)) = (types.as_slice(), &**row) else { return Ok(out) };
        let test = super::super::join::item(&e, 0, flag);
        let before = std::mem::take(&mut self.out);
        let value = super::super::join::item(&e, 1, own);
        let value = self.given_out(value, wanted.first().unwrap_or(own), node)?;
        let value = Expr { kind: ExprKind::Tuple(vec![value]), ty: (**row).clone(), place };
        self.emit(StmtKind::ListAppend { list: out.clone(), value }, place);
        let then = std::mem::replace(&mut self.out, before);
        self.emit(StmtKind::If { test, then, orelse: Vec::new() }, place);
        Ok(out)
    }

    /// Puts what a host sees of a value into a list.
    fn given_out_to(&mut self, e: Expr, out: Expr, node: &ast::Expr) -> Answer<()> {
        let place = e.place;
        let function = match &e.ty {
            Type::Record(record) if record.class.is_container() => format!("{}_out", record.class.name),
            Type::Record(record) => {
                let record = record.clone();
                let e = self.named(e);
                let Type::List(item) = out.ty.clone() else { return Ok(()) };
                let Type::Tuple(types) = &*item else { return Ok(()) };
                let mut fields = Vec::new();
                for (field, want) in fields_in(&e, &record).into_iter().zip(types) {
                    fields.push(self.given_out(field, want, node)?);
                }
                let value = Expr { kind: ExprKind::Tuple(fields), ty: (*item).clone(), place };
                self.emit(StmtKind::ListAppend { list: out, value }, place);
                return Ok(());
            }
            _ => "list_out".to_owned(),
        };
        let call = self.library(&function, vec![Val::Expr(e), Val::Expr(out)], node)?;
        self.evaluate_now(call, node)
    }

    /// What the library's loops give out or take in: an item of a list, or of a container, for the types of another value.
    pub(in super::super) fn crossing(
        &mut self,
        value: Expr,
        like: Type,
        inwards: bool,
        node: &ast::Expr,
    ) -> Answer<Val> {
        let e = if inwards { self.taken_in(value, &like, node)? } else { self.given_out(value, &like, node)? };
        Ok(Val::Expr(e))
    }
}
