//! Strings become arrays of code points: lowering knows no strings.
//!
//! `Type::Str` is replaced by `Type::CODE_POINTS` wherever it stands, what reinterprets one as the other by its operand, and each text that is known
//! while compiling by a global array, which equal texts share.

use nopython_ir::typed::{Contents, Expr, ExprKind, Function, Global, GlobalId, Module, Stmt};
use nopython_types::record::{Class, Record};
use nopython_types::{Items, Type};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// The module with arrays in the place of strings.
#[must_use]
pub fn as_arrays(module: &Module) -> Cow<'_, Module> {
    if !module.functions.iter().any(|(_, function)| holds_strings(function)) {
        return Cow::Borrowed(module);
    }
    let mut module = module.clone();
    let mut texts = Texts::default();
    let first = module.globals.len();
    for function in module.functions.values_mut() {
        function.result = texts.replaced(&function.result);
        for var in function.vars.values_mut() {
            var.ty = texts.replaced(&var.ty);
        }
        block(&mut function.body, first, &mut texts);
    }
    for (text, shape) in texts.known {
        let bytes: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        module.globals.push(Global {
            name: "text".to_owned(),
            ty: Type::CODE_POINTS,
            shape: vec![shape],
            contents: Contents::Bytes(bytes.into()),
            frozen: true,
        });
    }
    Cow::Owned(module)
}

/// What has been met.
#[derive(Default)]
struct Texts {
    /// The texts, each with its length.
    known: Vec<(Rc<str>, u32)>,
    /// Classes, each with the one that has arrays in the place of strings.
    classes: Vec<(Arc<Class>, Arc<Class>)>,
}

impl Texts {
    fn number(&mut self, text: &Rc<str>) -> usize {
        if let Some(known) = self.known.iter().position(|(known, _)| known == text) {
            return known;
        }
        self.known.push((Rc::clone(text), u32::try_from(text.chars().count()).unwrap_or(u32::MAX)));
        self.known.len() - 1
    }

    fn replaced(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Str => Type::Array(Type::CODE_POINTS),
            Type::List(item) => Type::list(self.replaced(item)),
            Type::Tuple(items) => {
                let types = items.iter().map(|item| self.replaced(item)).collect();
                Type::Tuple(Items::named(types, items.names().cloned()))
            }
            Type::Record(record) => Type::Record(Record { class: self.class(&record.class), ..record.clone() }),
            Type::None | Type::Scalar(_) | Type::Array(_) | Type::Structured(_) => ty.clone(),
        }
    }

    /// The fields of a class may refer to it.
    fn class(&mut self, class: &Arc<Class>) -> Arc<Class> {
        if let Some((_, known)) = self.classes.iter().find(|(of, _)| of == class) {
            return Arc::clone(known);
        }
        let args = class.args.iter().map(|ty| self.replaced(ty)).collect();
        let made = Arc::new(Class::new(class.name.clone(), class.library, args, class.complete));
        self.classes.push((Arc::clone(class), Arc::clone(&made)));
        made.set_fields(class.fields().iter().map(|(name, ty)| (name.clone(), self.replaced(ty))).collect());
        made
    }
}

fn holds_strings(function: &Function) -> bool {
    let mut found = function.result.holds_text() || function.vars.iter().any(|(_, var)| var.ty.holds_text());
    for stmt in &function.body {
        stmt.walk(&mut |stmt| stmt.for_each_expr(&mut |e| e.walk(&mut |e| found |= e.ty.holds_text())));
    }
    found
}

fn block(stmts: &mut [Stmt], first: usize, texts: &mut Texts) {
    for stmt in stmts {
        stmt.for_each_expr_mut(&mut |e| expr(e, first, texts));
        for inner in stmt.blocks_mut() {
            block(inner, first, texts);
        }
    }
}

fn expr(e: &mut Expr, first: usize, texts: &mut Texts) {
    e.for_each_operand_mut(&mut |operand| expr(operand, first, texts));
    match &mut e.kind {
        ExprKind::Text(text) => {
            let number = first + texts.number(text);
            e.kind = ExprKind::Global(GlobalId::new(u32::try_from(number).unwrap_or(u32::MAX)));
        }
        ExprKind::Reinterpret(inner) if inner.ty == texts.replaced(&e.ty) => {
            let none = Expr { kind: ExprKind::NoneValue, ty: Type::None, place: inner.place };
            *e = std::mem::replace(inner, none);
        }
        _ => {}
    }
    e.ty = texts.replaced(&e.ty);
}
