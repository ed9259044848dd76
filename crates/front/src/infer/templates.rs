//! Text with values in it: f-strings, `str.format` and `%`.

use super::body::Body;
use super::calls::Args;
use super::formatting::NESTED;
use super::ops;
use super::share::Shared;
use super::strings::{is_text, known, known_text};
use super::{Answer, Stop};
use crate::value::Val;
use nopython_diagnostics::codes;
use nopython_ir::typed::Expr;
use nopython_types::{DType, Kind, Scalar, Type};
use ruff_python_ast as ast;

impl Body<'_, '_> {
    /// An f-string.
    pub(super) fn f_string(&mut self, f: &ast::ExprFString, node: &ast::Expr) -> Answer<Val> {
        let mut parts = Vec::new();
        for part in &f.value {
            match part {
                ast::FStringPart::Literal(part) => parts.push(known_text(part.value.to_string())),
                ast::FStringPart::FString(part) => {
                    for element in &part.elements {
                        match element {
                            ast::InterpolatedStringElement::Literal(text) => {
                                parts.push(known_text(text.value.to_string()))
                            }
                            ast::InterpolatedStringElement::Interpolation(part) => {
                                self.interpolated(part, &mut parts, node)?;
                            }
                        }
                    }
                }
            }
        }
        self.concatenated(parts, node)
    }

    fn interpolated(&mut self, part: &ast::InterpolatedElement, parts: &mut Vec<Val>, node: &ast::Expr) -> Answer<()> {
        let value = self.expr(&part.expression)?;
        if let Some(debug) = &part.debug_text {
            let source = ruff_text_size::Ranged::range(&*part.expression);
            let text = self.infer.source.text.get(usize::from(source.start())..usize::from(source.end()));
            parts.push(known_text(format!("{}{}{}", debug.leading(), text.unwrap_or_default(), debug.trailing())));
        }
        let bare = part.debug_text.is_some() && part.format_spec.is_none();
        let value = match part.conversion {
            ast::ConversionFlag::None if !bare => value,
            ast::ConversionFlag::Str => self.as_text(value, false, node)?,
            ast::ConversionFlag::Ascii => {
                return Err(self.unsupported(node, "the conversion !a", "write !r"));
            }
            ast::ConversionFlag::None | ast::ConversionFlag::Repr => self.as_text(value, true, node)?,
        };
        // The value comes before what stands in its format.
        let mut shared = Shared::default();
        let value = if part.format_spec.is_some() { self.shared_items(&mut shared, value) } else { value };
        let mut spec = String::new();
        let mut nested = Vec::new();
        for element in part.format_spec.iter().flat_map(|spec| &spec.elements) {
            match element {
                ast::InterpolatedStringElement::Literal(text) => spec.push_str(&text.value),
                ast::InterpolatedStringElement::Interpolation(inner) => {
                    let value = self.expr(&inner.expression)?;
                    self.nest(value, &mut spec, &mut nested, &mut shared, node)?;
                }
            }
        }
        let text = self.formatted_value(value, &spec, &nested, node)?;
        parts.push(self.text_around(shared, text, node)?);
        Ok(())
    }

    /// A value that stands in a format.
    fn nest(
        &mut self,
        value: Val,
        spec: &mut String,
        nested: &mut Vec<Expr>,
        shared: &mut Shared,
        node: &ast::Expr,
    ) -> Answer<()> {
        if let Some(text) = known(&value) {
            spec.push_str(text);
            return Ok(());
        }
        match value {
            Val::Expr(e) if ops::as_int(&e).is_some() => {
                spec.push_str(&ops::as_int(&e).unwrap_or(0).to_string());
                Ok(())
            }
            Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if s.dtype.is_int()) => {
                spec.extend(char::from_u32(NESTED + u32::try_from(nested.len()).unwrap_or(0)));
                nested.push(shared.read(self, e));
                Ok(())
            }
            _ => Err(self.unsupported(
                node,
                "a format that is computed",
                "put numbers into it alone: f\"{x:{width}.{precision}f}\"",
            )),
        }
    }

    /// `text.format(…)`
    pub(super) fn format_method(&mut self, text: &Val, args: Args, node: &ast::Expr) -> Answer<Val> {
        let Some(template) = known(text).map(str::to_owned) else {
            return Err(self.unsupported(node, "format() of a computed string", "write an f-string"));
        };
        // Arguments are evaluated once, in their own order.
        let mut shared = Shared::default();
        let mut named = |this: &mut Self, value| this.shared_items(&mut shared, value);
        let positional = args.positional.into_iter().map(|value| named(self, value)).collect();
        let args = Args { positional, named: args.named.into_iter().map(|(k, v)| (k, named(self, v))).collect() };
        let mut parts = Vec::new();
        self.template(&template, &args, &mut 0, &mut parts, node)?;
        let text = self.concatenated(parts, node)?;
        self.text_around(shared, text, node)
    }

    fn template(
        &mut self,
        template: &str,
        args: &Args,
        next: &mut usize,
        parts: &mut Vec<Val>,
        node: &ast::Expr,
    ) -> Answer<()> {
        let bad =
            |this: &Self, message: &str| Stop::error(this.error(node, codes::TYPE_MISMATCH, message, "this string"));
        let mut rest = template.chars().peekable();
        let mut text = String::new();
        while let Some(c) = rest.next() {
            match c {
                '{' | '}' if rest.peek() == Some(&c) => {
                    rest.next();
                    text.push(c);
                }
                '}' => return Err(bad(self, "Single '}' encountered in format string")),
                '{' => {
                    parts.push(known_text(std::mem::take(&mut text)));
                    let mut field = String::new();
                    let mut depth = 1;
                    for c in rest.by_ref() {
                        depth += i32::from(c == '{') - i32::from(c == '}');
                        if depth == 0 {
                            break;
                        }
                        field.push(c);
                    }
                    if depth != 0 {
                        return Err(bad(self, "expected '}' before end of string"));
                    }
                    let (name, spec) = field.split_once(':').unwrap_or((&field, ""));
                    let (name, conversion) = name.split_once('!').unwrap_or((name, ""));
                    let mut value = self.format_field(name, args, next, node)?;
                    if !conversion.is_empty() {
                        value = self.as_text(value, conversion == "r", node)?;
                    }
                    let (mut own, mut nested) = (String::new(), Vec::new());
                    let mut shared = Shared::default();
                    let mut pieces = spec.split('{');
                    own.push_str(pieces.next().unwrap_or_default());
                    for piece in pieces {
                        let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
                        let inner = self.format_field(name, args, next, node)?;
                        self.nest(inner, &mut own, &mut nested, &mut shared, node)?;
                        own.push_str(after);
                    }
                    let text = self.formatted_value(value, &own, &nested, node)?;
                    parts.push(self.text_around(shared, text, node)?);
                }
                c => text.push(c),
            }
        }
        parts.push(known_text(text));
        Ok(())
    }

    /// What a field of `str.format` names.
    fn format_field(&mut self, name: &str, args: &Args, next: &mut usize, node: &ast::Expr) -> Answer<Val> {
        let index = if name.is_empty() {
            *next += 1;
            Some(*next - 1)
        } else {
            name.parse::<usize>().ok()
        };
        let value = match index {
            Some(index) => args.positional.get(index),
            None => args.named.iter().find(|(own, _)| own == name).map(|(_, value)| value),
        };
        value.cloned().ok_or_else(|| {
            let message = match index {
                Some(index) => format!("Replacement index {index} out of range for positional args tuple"),
                None => format!("no argument for the field '{name}'"),
            };
            Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this string"))
        })
    }

    /// `text % values`
    pub(super) fn percent_format(&mut self, text: &Val, values: Val, node: &ast::Expr) -> Answer<Val> {
        let Some(template) = known(text).map(str::to_owned) else {
            return Err(self.unsupported(node, "`%` of a computed string", "write an f-string"));
        };
        let bad =
            |this: &Self, message: &str| Stop::error(this.error(node, codes::TYPE_MISMATCH, message, "this string"));
        let values = match self.taken_apart(values) {
            Val::Tuple(items) => items,
            value => vec![value],
        };
        let mut values = values.into_iter();
        let mut parts = Vec::new();
        let mut rest = template.chars().peekable();
        let mut text = String::new();
        while let Some(c) = rest.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            let (mut flags, mut width, mut precision) = (String::new(), String::new(), String::new());
            let (mut nested, mut shared): (Vec<Expr>, _) = (Vec::new(), Shared::default());
            while let Some(c) = rest.next_if(|c| "#0- +".contains(*c)) {
                flags.push(c);
            }
            let mut size = |this: &mut Self, out: &mut String, rest: &mut std::iter::Peekable<std::str::Chars<'_>>| {
                if rest.next_if_eq(&'*').is_some() {
                    let value = values.next().ok_or_else(|| bad(this, "not enough arguments for format string"))?;
                    return this.nest(value, out, &mut nested, &mut shared, node);
                }
                while let Some(c) = rest.next_if(char::is_ascii_digit) {
                    out.push(c);
                }
                Ok(())
            };
            size(self, &mut width, &mut rest)?;
            let with_precision = rest.next_if_eq(&'.').is_some();
            if with_precision {
                size(self, &mut precision, &mut rest)?;
                if precision.is_empty() {
                    precision.push('0');
                }
            }
            let Some(kind) = rest.next() else { return Err(bad(self, "incomplete format")) };
            if kind == '%' {
                text.push('%');
                continue;
            }
            parts.push(known_text(std::mem::take(&mut text)));
            let Some(value) = values.next() else { return Err(bad(self, "not enough arguments for format string")) };
            let left = flags.contains('-');
            let numeric = !matches!(kind, 's' | 'r' | 'c');
            let mut spec = String::new();
            if left {
                spec.push('<');
            } else if !numeric && !width.is_empty() {
                spec.push('>');
            }
            if numeric {
                spec.extend(['+', ' '].into_iter().find(|c| flags.contains(*c)));
                spec.extend(flags.contains('#').then_some('#'));
                spec.extend((flags.contains('0') && !left).then_some('0'));
            }
            spec.push_str(&width);
            let value = match kind {
                's' => self.as_text(value, false, node)?,
                'r' => self.as_text(value, true, node)?,
                'c' if is_text(&value) => value,
                'd' | 'i' | 'u' => {
                    let e = self.runtime(value, node)?;
                    match e.ty {
                        Type::Scalar(s) if s.dtype.kind() == Kind::Float => Val::Expr(ops::cast_scalar(
                            ops::unary(nopython_ir::ops::UnOp::Trunc, e, self.place_of(node)),
                            Scalar::INT,
                        )),
                        Type::Scalar(s) if s.dtype == DType::Bool => Val::Expr(ops::cast_scalar(e, Scalar::INT)),
                        _ if is_text(&Val::Expr(e.clone())) => {
                            return Err(bad(self, "%d format: a real number is required, not str"));
                        }
                        _ => Val::Expr(e),
                    }
                }
                _ => value,
            };
            let integer = matches!(kind, 'd' | 'i' | 'u' | 'x' | 'X' | 'o');
            if with_precision && integer {
                return Err(self.unsupported(node, "a precision of integers in `%`", "write f\"{n:05d}\""));
            }
            if with_precision {
                spec.push('.');
                spec.push_str(&precision);
            }
            spec.extend(match kind {
                'd' | 'i' | 'u' => Some('d'),
                's' | 'r' => None,
                'c' if is_text(&value) => None,
                other => Some(other),
            });
            if !matches!(kind, 's' | 'r' | 'c' | 'd' | 'i' | 'u' | 'x' | 'X' | 'o' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G')
            {
                return Err(bad(self, &format!("unsupported format character '{kind}'")));
            }
            let text = self.formatted_value(value, &spec, &nested, node)?;
            parts.push(self.text_around(shared, text, node)?);
        }
        if values.next().is_some() {
            return Err(bad(self, "not all arguments converted during string formatting"));
        }
        parts.push(known_text(text));
        self.concatenated(parts, node)
    }
}
