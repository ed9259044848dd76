//! `raise` and `assert`.

use super::Answer;
use super::body::Body;
use super::ops::{self, as_const};
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::typed::StmtKind;
use nopython_types::Exception;
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// `raise`
    pub fn raise(&mut self, s: &ast::StmtRaise) -> Answer<()> {
        let place = self.place_of(s);
        let Some(exc) = &s.exc else {
            return Err(self.unsupported(s, "a bare `raise`", "raise an exception class with a message"));
        };
        let (exception, message) = self.exception(exc)?;
        self.emit(StmtKind::Raise { exception, message }, place);
        self.reachable = false;
        Ok(())
    }

    /// An exception class with its message.
    pub fn exception(&mut self, e: &ast::Expr) -> Answer<(Exception, String)> {
        let (class, args) = match e {
            ast::Expr::Call(call) => (&*call.func, &*call.arguments.args),
            other => (other, &[][..]),
        };
        if let ast::Expr::Name(name) = class
            && !self.env.contains_key(name.id.as_str())
            && ["Error", "Exception", "Iteration"].iter().any(|end| name.id.ends_with(end))
            && Exception::from_name(&name.id).is_none()
            && !self.infer.program.names.contains_key(name.id.as_str())
        {
            let all: Vec<&str> = Exception::ALL.iter().map(|e| e.name()).collect();
            return Err(self.unsupported(
                e,
                &format!("raising {}", name.id),
                &format!("raise one of {}", all.join(", ")),
            ));
        }
        let Val::Static(Static::Exception(exception)) = self.expr(class)? else {
            return Err(self.unsupported(
                e,
                "raising this",
                "raise ValueError(\"...\") or another of Python's own exceptions",
            ));
        };
        match args {
            [] => Ok((exception, String::new())),
            [arg] => Ok((exception, self.message(arg)?)),
            [_, second, ..] => Err(self.unsupported(second, "an exception with several arguments", "give one message")),
        }
    }

    /// A message, which is constant. Braces stand for numbers in messages of the compiled module.
    fn message(&mut self, e: &ast::Expr) -> Answer<String> {
        let what = "a message that is not a constant string";
        let hint = "write the message as a plain string: values cannot be put into it";
        let text = match e {
            ast::Expr::FString(f) => self.constant_text(f)?.ok_or_else(|| self.unsupported(e, what, hint))?,
            ast::Expr::BinOp(b) if b.op == ast::Operator::Mod => return Err(self.unsupported(e, what, hint)),
            _ => match self.expr(e)? {
                Val::Static(Static::Str(text)) => text,
                _ => return Err(self.unsupported(e, what, hint)),
            },
        };
        Ok(text.replace('{', "(").replace('}', ")"))
    }

    /// An f-string of constants.
    pub fn constant_text(&mut self, f: &ast::ExprFString) -> Answer<Option<String>> {
        let mut text = String::new();
        for part in &f.value {
            let elements = match part {
                ast::FStringPart::Literal(part) => {
                    text.push_str(&part.value);
                    continue;
                }
                ast::FStringPart::FString(part) => &part.elements,
            };
            for element in elements {
                let value = match element {
                    ast::InterpolatedStringElement::Literal(part) => Val::Static(Static::Str(part.value.to_string())),
                    ast::InterpolatedStringElement::Interpolation(part) if part.format_spec.is_none() => {
                        self.expr(&part.expression)?
                    }
                    ast::InterpolatedStringElement::Interpolation(_) => return Ok(None),
                };
                match value {
                    Val::Static(Static::Str(value)) => text.push_str(&value),
                    Val::Expr(value) if ops::as_int(&value).is_some() => {
                        text.extend(as_const(&value).map(|c| c.to_string()));
                    }
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(text))
    }

    /// `assert`
    pub fn assert(&mut self, s: &ast::StmtAssert) -> Answer<()> {
        let place = self.place_of(s);
        let value = self.expr(&s.test)?;
        let test = self.truth(value, &*s.test)?;
        let message = match &s.msg {
            Some(e) => self.message(e)?,
            None => String::new(),
        };
        if as_const(&test) == Some(Const::Bool(true)) {
            return Ok(());
        }
        let raise =
            nopython_ir::typed::Stmt { kind: StmtKind::Raise { exception: Exception::Assertion, message }, place };
        let test = ops::unary(UnOp::Invert, test, place);
        self.emit(StmtKind::If { test, then: vec![raise], orelse: Vec::new() }, place);
        Ok(())
    }
}
