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
        let Val::Static(Static::Exception(exception)) = self.expr(class)? else {
            return Err(self.unsupported(
                e,
                "raising this",
                "raise ValueError(\"...\") or another of Python's own exceptions",
            ));
        };
        match args {
            [] => Ok((exception, String::new())),
            [arg] => match self.expr(arg)? {
                Val::Static(Static::Str(message)) => Ok((exception, message.replace('{', "(").replace('}', ")"))),
                _ => Err(self.unsupported(
                    arg,
                    "a message that is not a constant string",
                    "write the message as a plain string",
                )),
            },
            [_, second, ..] => Err(self.unsupported(second, "an exception with several arguments", "give one message")),
        }
    }

    /// `assert`
    pub fn assert(&mut self, s: &ast::StmtAssert) -> Answer<()> {
        let place = self.place_of(s);
        let value = self.expr(&s.test)?;
        let test = self.truth(value, &*s.test)?;
        let message = match &s.msg {
            Some(e) => match self.expr(e)? {
                Val::Static(Static::Str(message)) => message.replace('{', "(").replace('}', ")"),
                _ => {
                    return Err(self.unsupported(
                        &**e,
                        "a message that is not a constant string",
                        "write the message as a plain string",
                    ));
                }
            },
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
