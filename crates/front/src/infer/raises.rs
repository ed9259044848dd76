//! `raise` and `assert`.

use super::Answer;
use super::body::Body;
use super::exprs::is_simple;
use super::ops::{self, as_const};
use crate::value::{Static, Val};
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::typed::{Expr, StmtKind};
use nopython_types::{Exception, Type};
use ruff_python_ast as ast;

/// The message of an exception.
#[derive(Debug, Default)]
pub struct Message {
    /// Its text, in which `{a}` and `{b}` stand for numbers.
    pub text: String,
    /// The numbers.
    pub numbers: Vec<Expr>,
}

impl Message {
    /// Adds text, in which nothing may stand for a number.
    fn add_text(&mut self, text: &str) {
        self.text.push_str(&text.replace("{a}", "(a)").replace("{b}", "(b)").replace("{text}", "(text)"));
    }

    /// Adds a value, unless a message does not show it.
    fn add(&mut self, value: Val) -> bool {
        match value {
            Val::Static(Static::Str(text)) => self.add_text(&text),
            Val::Expr(e) if ops::as_int(&e).is_some() => self.text.extend(as_const(&e).map(|c| c.to_string())),
            Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if s.dtype.is_int()) => {
                let known = self.numbers.iter().position(|known| is_simple(&e) && known.kind == e.kind);
                let place = known.unwrap_or(self.numbers.len());
                let Some(shown) = ["{a}", "{b}"].get(place) else { return false };
                self.text.push_str(shown);
                if known.is_none() {
                    self.numbers.push(e);
                }
            }
            _ => return false,
        }
        true
    }
}

/// Whether a part of an f-string is a value alone.
fn is_plain(part: &ast::InterpolatedElement) -> bool {
    part.format_spec.is_none() && part.debug_text.is_none() && matches!(part.conversion, ast::ConversionFlag::None)
}

impl Body<'_, '_> {
    /// `raise`
    pub fn raise(&mut self, s: &ast::StmtRaise) -> Answer<()> {
        let place = self.place_of(s);
        let Some(exc) = &s.exc else {
            return Err(self.unsupported(s, "a bare `raise`", "raise an exception class with a message"));
        };
        let (exception, Message { text: message, numbers }) = self.exception(exc)?;
        self.emit(StmtKind::Raise { exception, message, numbers }, place);
        self.reachable = false;
        Ok(())
    }

    /// An exception class with its message.
    pub fn exception(&mut self, e: &ast::Expr) -> Answer<(Exception, Message)> {
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
            [] => Ok((exception, Message::default())),
            [arg] => {
                let message = self.message(arg)?;
                // Python shows the key of a KeyError as it is written. The library's own messages have that form.
                let message =
                    if exception == Exception::Key && !self.library { self.shown_key(message, e)? } else { message };
                Ok((exception, message))
            }
            [_, second, ..] => Err(self.unsupported(second, "an exception with several arguments", "give one message")),
        }
    }

    /// A message in quotes.
    fn shown_key(&mut self, message: Message, node: &ast::Expr) -> Answer<Message> {
        match message.numbers.as_slice() {
            [text] if text.ty == Type::Str => {
                let value = self.library("str_repr", vec![Val::Expr(text.clone())], node)?;
                Ok(Message { text: message.text, numbers: vec![self.runtime(value, node)?] })
            }
            _ => Ok(Message { text: nopython_types::quoted(&message.text), numbers: message.numbers }),
        }
    }

    /// A message: a constant string, or one with two integers of run time at most, as an f-string or with `%`.
    fn message(&mut self, e: &ast::Expr) -> Answer<Message> {
        let mut message = Message::default();
        let fits = match e {
            ast::Expr::FString(f) => self.formatted(f, &mut message)?,
            ast::Expr::BinOp(b) if b.op == ast::Operator::Mod => self.percent(b, &mut message)?,
            _ => match self.expr(e)? {
                Val::Static(Static::Str(text)) => {
                    message.add_text(&text);
                    true
                }
                _ => false,
            },
        };
        if fits {
            return Ok(message);
        }
        // Any other text is made at run time.
        let value = self.expr(e)?;
        if let Val::Static(Static::Str(text)) = &value {
            let mut message = Message::default();
            message.add_text(text);
            return Ok(message);
        }
        if !super::strings::is_text(&value) {
            let hint = "write a string, or put values into one: f\"{n} is not below {m}\"";
            return Err(self.unsupported(e, "a message of other than strings", hint));
        }
        let text = self.runtime(value, e)?;
        Ok(Message { text: "{text}".to_owned(), numbers: vec![text] })
    }

    /// Adds an f-string to a message, unless there is more in it than messages show.
    fn formatted(&mut self, f: &ast::ExprFString, message: &mut Message) -> Answer<bool> {
        self.each_part(f, is_plain, &mut |value| message.add(value))
    }

    /// Gives the parts of an f-string to a function until it takes one no more, or one is not `plain`; whether it has taken all.
    fn each_part(
        &mut self,
        f: &ast::ExprFString,
        plain: fn(&ast::InterpolatedElement) -> bool,
        take: &mut dyn FnMut(Val) -> bool,
    ) -> Answer<bool> {
        let text = |text: &str| Val::Static(Static::Str(text.to_owned()));
        for part in &f.value {
            let elements = match part {
                ast::FStringPart::Literal(part) => {
                    if !take(text(&part.value)) {
                        return Ok(false);
                    }
                    continue;
                }
                ast::FStringPart::FString(part) => &part.elements,
            };
            for element in elements {
                let value = match element {
                    ast::InterpolatedStringElement::Literal(part) => text(&part.value),
                    ast::InterpolatedStringElement::Interpolation(part) if plain(part) => {
                        self.expr(&part.expression)?
                    }
                    ast::InterpolatedStringElement::Interpolation(_) => return Ok(false),
                };
                if !take(value) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Adds `"..." % values` to a message, likewise.
    fn percent(&mut self, b: &ast::ExprBinOp, message: &mut Message) -> Answer<bool> {
        let Val::Static(Static::Str(template)) = self.expr(&b.left)? else { return Ok(false) };
        let values = match self.expr(&b.right)? {
            Val::Tuple(items) => items,
            value => vec![value],
        };
        let mut values = values.into_iter();
        let mut parts = template.split('%');
        message.add_text(parts.next().unwrap_or_default());
        while let Some(part) = parts.next() {
            let Some(conversion) = part.chars().next() else {
                // Two in a row stand for one.
                message.add_text("%");
                message.add_text(parts.next().unwrap_or_default());
                continue;
            };
            let Some(value) = values.next().filter(|_| matches!(conversion, 'd' | 'i' | 's')) else { return Ok(false) };
            if !message.add(value) {
                return Ok(false);
            }
            message.add_text(part.get(1..).unwrap_or_default());
        }
        Ok(values.next().is_none())
    }

    /// An f-string of constants.
    pub fn constant_text(&mut self, f: &ast::ExprFString) -> Answer<Option<String>> {
        let mut text = String::new();
        let is_constant = self.each_part(f, is_plain, &mut |value| match value {
            Val::Static(Static::Str(value)) => {
                text.push_str(&value);
                true
            }
            Val::Expr(value) if ops::as_int(&value).is_some() => {
                text.extend(as_const(&value).map(|c| c.to_string()));
                true
            }
            _ => false,
        })?;
        Ok(is_constant.then_some(text))
    }

    /// `assert`
    pub fn assert(&mut self, s: &ast::StmtAssert) -> Answer<()> {
        let place = self.place_of(s);
        let test = self.condition(&s.test)?;
        // What the message is made of is computed when it is raised.
        let before = std::mem::take(&mut self.out);
        let message = s.msg.as_ref().map(|e| self.message(e)).transpose();
        let mut raise = std::mem::replace(&mut self.out, before);
        let message = message?.unwrap_or_default();
        if as_const(&test) == Some(Const::Bool(true)) {
            return Ok(());
        }
        let Message { text: message, numbers } = message;
        let kind = StmtKind::Raise { exception: Exception::Assertion, message, numbers };
        raise.push(nopython_ir::typed::Stmt { kind, place });
        let test = ops::unary(UnOp::Invert, test, place);
        self.emit(StmtKind::If { test, then: raise, orelse: Vec::new() }, place);
        Ok(())
    }
}
