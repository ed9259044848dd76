//! Values as text: `print`, `str`, `repr` and `format`. Formats are read while compiling; functions of `library/python/str_format.py` write numbers.

use super::body::Body;
use super::calls::Args;
use super::ops::{self, as_const};
use super::share::Shared;
use super::strings::{is_text, known, known_text};
use super::{Answer, Infer, Stop};
use crate::value::{Static, Val};
use nopython_diagnostics::codes;
use nopython_ir::Const;
use nopython_ir::typed::{self, Expr, ExprKind, FuncId, StmtKind};
use nopython_types::{DType, Scalar, Type, quoted};
use ruff_python_ast as ast;

/// In the text of a format, the first of the characters that stand for values which are not known while compiling.
pub(super) const NESTED: u32 = 0xF_0000;

/// A number of a format: not given, written out, or one of the values nested in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Absent,
    Known(i64),
    Nested(usize),
}

/// Python's mini-language: `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
#[derive(Clone, Debug)]
struct Spec {
    fill: char,
    align: Option<char>,
    sign: char,
    alternate: bool,
    width: Number,
    grouping: Option<char>,
    precision: Number,
    kind: Option<char>,
}

impl Spec {
    /// Reads a format of strings, which stand at the left unless it says otherwise, or of numbers.
    fn read(text: &str, of_text: bool) -> Option<Spec> {
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        let is_align = |c: Option<&char>| c.is_some_and(|c| "<>=^".contains(*c));
        let mut spec = Spec {
            fill: ' ',
            align: None,
            sign: '-',
            alternate: false,
            width: Number::Absent,
            grouping: None,
            precision: Number::Absent,
            kind: None,
        };
        let mut filled = false;
        if is_align(chars.get(1)) {
            (spec.fill, spec.align, at, filled) = (*chars.first()?, chars.get(1).copied(), 2, true);
        } else if is_align(chars.first()) {
            (spec.align, at) = (chars.first().copied(), 1);
        }
        let take = |options: &str, at: &mut usize| {
            let found = chars.get(*at).copied().filter(|c| options.contains(*c));
            *at += usize::from(found.is_some());
            found
        };
        spec.sign = take("+- ", &mut at).unwrap_or('-');
        spec.alternate = take("#", &mut at).is_some();
        if !filled && take("0", &mut at).is_some() {
            spec.fill = '0';
            if spec.align.is_none() && !of_text {
                spec.align = Some('=');
            }
        }
        spec.width = number(&chars, &mut at)?;
        spec.grouping = take(",_", &mut at);
        if take(".", &mut at).is_some() {
            spec.precision = number(&chars, &mut at).filter(|n| *n != Number::Absent)?;
        }
        spec.kind = chars.get(at).copied();
        (chars.len() <= at + 1).then_some(spec)
    }
}

/// A number of a format, or nothing if it is too large.
fn number(chars: &[char], at: &mut usize) -> Option<Number> {
    if let Some(k) = chars.get(*at).and_then(|c| u32::from(*c).checked_sub(NESTED)) {
        *at += 1;
        return usize::try_from(k).ok().map(Number::Nested);
    }
    let mut value = None;
    while let Some(digit) = chars.get(*at).and_then(|c| c.to_digit(10)) {
        *at += 1;
        value = Some(i64::from(digit) + value.unwrap_or(0i64).checked_mul(10)?);
        if value > Some(1_000_000_000) {
            return None;
        }
    }
    Some(value.map_or(Number::Absent, Number::Known))
}

impl Body<'_, '_> {
    /// `print(…)`: the host prints one string.
    pub(super) fn print(&mut self, mut args: Args, node: &ast::Expr) -> Answer<Val> {
        if self.guarded > 0 && self.expanding == 0 {
            return Err(self.unsupported(node, "print() inside an expression", "write it as a statement"));
        }
        let mut between = |this: &Self, name: &str, default: &str| match args.take(name) {
            None | Some(Val::NONE) => Ok(known_text(default)),
            Some(value) if is_text(&value) => Ok(value),
            Some(value) => {
                let message = format!("{name} must be None or a string, not {}", value.describe());
                Err(Stop::error(this.error(node, codes::TYPE_MISMATCH, message, "this call")))
            }
        };
        let (sep, end) = (between(self, "sep", " ")?, between(self, "end", "\n")?);
        args.take("flush");
        if let Some((name, _)) = args.named.first() {
            let what = format!("the keyword '{name}' of print()");
            return Err(self.unsupported(node, &what, "print to the console of the host"));
        }
        let mut parts = Vec::new();
        for (k, value) in args.positional.into_iter().enumerate() {
            if k > 0 {
                parts.push(sep.clone());
            }
            parts.push(self.as_text(value, false, node)?);
        }
        parts.push(end);
        let text = self.concatenated(parts, node)?;
        let text = self.runtime(text, node)?;
        let place = self.place_of(node);
        let function = self.infer.printer();
        let call = Expr { kind: ExprKind::Call(function, vec![text]), ty: Type::None, place };
        self.emit(StmtKind::Expr(call), place);
        Ok(Val::NONE)
    }

    /// Strings, one after another.
    pub(super) fn concatenated(&mut self, parts: Vec<Val>, node: &ast::Expr) -> Answer<Val> {
        let mut joined: Vec<Val> = Vec::new();
        for part in parts {
            match (joined.last_mut(), known(&part)) {
                (_, Some("")) => {}
                (Some(last), Some(text)) if known(last).is_some() => {
                    *last = known_text(known(last).unwrap_or_default().to_owned() + text);
                }
                _ => joined.push(part),
            }
        }
        match joined.as_slice() {
            [] => Ok(known_text("")),
            [one] => Ok(one.clone()),
            [a, b] => self.text_library("str_add", vec![a.clone(), b.clone()], node),
            _ => {
                let place = self.place_of(node);
                let items = joined.into_iter().map(|part| self.runtime(part, node)).collect::<Answer<Vec<_>>>()?;
                let list = Expr { kind: ExprKind::List(items), ty: Type::list(Type::Str), place };
                self.text_library("str_concatenated", vec![Val::Expr(list)], node)
            }
        }
    }

    /// `str(value)` or `repr(value)`
    pub(super) fn as_text(&mut self, value: Val, repr: bool, node: &ast::Expr) -> Answer<Val> {
        if is_text(&value) {
            return match known(&value) {
                _ if !repr => Ok(value),
                Some(text) => Ok(known_text(quoted(text))),
                None => self.text_library("str_repr", vec![value], node),
            };
        }
        match value {
            Val::Static(Static::None) => Ok(known_text("None")),
            Val::Static(Static::Ellipsis) => Ok(known_text("Ellipsis")),
            Val::Static(Static::Huge(Some(value))) => Ok(known_text(value.to_string())),
            Val::Tuple(items) => self.tuple_text(items, None, node),
            Val::List(items, _) => {
                let mut parts = vec![known_text("[")];
                for (k, item) in items.into_iter().enumerate() {
                    if k > 0 {
                        parts.push(known_text(", "));
                    }
                    parts.push(self.as_text(item, true, node)?);
                }
                parts.push(known_text("]"));
                self.concatenated(parts, node)
            }
            Val::Expr(e) => match e.ty.clone() {
                Type::None => Ok(known_text("None")),
                Type::Scalar(s) => self.scalar_text(e, s, repr, node),
                Type::Tuple(types) => {
                    let mut shared = Shared::default();
                    let e = shared.read(self, e);
                    let items = super::join::items(&e, &types);
                    let text = self.tuple_text(items, types.names().map(|names| &**names), node)?;
                    self.text_around(shared, text, node)
                }
                Type::List(item) if *item == Type::None => Ok(known_text("[]")),
                Type::List(_) => self.text_library("str_list", vec![Val::Expr(e)], node),
                Type::Record(record) => self.record_text(e, &record, repr, node),
                other => {
                    let hint = "make text of its elements: \" \".join([str(x) for x in a])";
                    Err(self.unsupported(node, &format!("the text of an array ({other})"), hint))
                }
            },
            other => Err(self.unsupported(node, &format!("the text of {}", other.describe()), "make text of numbers")),
        }
    }

    fn tuple_text(&mut self, items: Vec<Val>, names: Option<&nopython_types::Names>, node: &ast::Expr) -> Answer<Val> {
        let mut parts = vec![known_text(names.map_or(String::new(), |names| names.class.clone()) + "(")];
        let count = items.len();
        for (k, item) in items.into_iter().enumerate() {
            if k > 0 {
                parts.push(known_text(", "));
            }
            if let Some(field) = names.and_then(|names| names.fields.get(k)) {
                parts.push(known_text(format!("{field}=")));
            }
            parts.push(self.as_text(item, true, node)?);
        }
        parts.push(known_text(if count == 1 && names.is_none() { ",)" } else { ")" }));
        self.concatenated(parts, node)
    }

    /// A number as Python prints it; `repr` of a number of NumPy says so.
    fn scalar_text(&mut self, e: Expr, s: Scalar, repr: bool, node: &ast::Expr) -> Answer<Val> {
        let text = match s.dtype {
            DType::Bool => match as_const(&e) {
                Some(Const::Bool(b)) => known_text(if b { "True" } else { "False" }),
                _ => self.text_library("str_bool", vec![Val::Expr(e)], node)?,
            },
            DType::UInt64 => match as_const(&e) {
                Some(Const::Int(_, value)) => known_text(value.cast_unsigned().to_string()),
                _ => self.text_library("str_unsigned", vec![Val::Expr(e)], node)?,
            },
            dtype if dtype.is_int() => match ops::as_int(&e) {
                Some(value) => known_text(value.to_string()),
                None => self.text_library("str_int", vec![Val::Expr(ops::cast_scalar(e, Scalar::INT))], node)?,
            },
            DType::Float32 => self.float_function("str_float32", e, Scalar::FLOAT, node)?,
            DType::Float64 => self.float_function("str_float", e, Scalar::FLOAT, node)?,
            _ => {
                let mut shared = Shared::default();
                let e = shared.read(self, ops::cast_scalar(e, Scalar::COMPLEX));
                if s.dtype == DType::Complex64 {
                    return Err(self.unsupported(node, "the text of a complex64", "convert first: complex(z)"));
                }
                let parts = [0, 1].map(|k| Val::Expr(super::complex::part(&e, k)));
                let text = self.text_library("str_complex", parts.to_vec(), node)?;
                self.text_around(shared, text, node)?
            }
        };
        if !repr || s.weak {
            return Ok(text);
        }
        if s.dtype == DType::Bool {
            return self.concatenated(vec![known_text("np."), text], node);
        }
        self.concatenated(vec![known_text(format!("np.{}(", s.dtype)), text, known_text(")")], node)
    }

    /// A function of a float that is not known, so that one function serves all.
    fn float_function(&mut self, name: &str, e: Expr, to: Scalar, node: &ast::Expr) -> Answer<Val> {
        let e = ops::cast_scalar(e, to);
        let e = self.opened(e);
        self.text_library(name, vec![Val::Expr(e)], node)
    }

    /// A number as one of run time, so that one instance of a library function serves all.
    fn opened(&mut self, e: Expr) -> Expr {
        if as_const(&e).is_some() { self.settled(e) } else { e }
    }

    /// A format that does not fit its value.
    pub(super) fn bad_format(&self, message: impl Into<String>, node: &ast::Expr) -> Stop {
        let hint = "a format is [[fill]align][sign][#][0][width][,][.precision][type]: d, b, o, x and c are types of integers, e, f, g and % of floats";
        Stop::error(self.error(node, codes::TYPE_MISMATCH, message, "this format").hint(hint))
    }

    /// A value by a format; `nested` are values that stand in it.
    pub(super) fn formatted_value(&mut self, value: Val, spec: &str, nested: &[Expr], node: &ast::Expr) -> Answer<Val> {
        if spec.is_empty() {
            // NumPy's floats are formatted as Python's own.
            let value = match value {
                Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if s.dtype == DType::Float32) => {
                    Val::Expr(ops::cast_scalar(e, Scalar::FLOAT))
                }
                Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if s.dtype == DType::Complex64) => {
                    Val::Expr(ops::cast_scalar(e, Scalar::COMPLEX))
                }
                value => value,
            };
            return self.as_text(value, false, node);
        }
        let what = if is_text(&value) { "str".to_owned() } else { value.describe() };
        let shown: String = spec.chars().map(|c| if u32::from(c) >= NESTED { '…' } else { c }).collect();
        let invalid = |this: &Self| {
            let message = format!("Invalid format specifier '{shown}' for object of type '{what}'");
            this.bad_format(message, node)
        };
        let Some(read) = Spec::read(spec, is_text(&value)) else { return Err(invalid(self)) };
        if is_text(&value) {
            if !matches!(read.kind, None | Some('s'))
                || read.align == Some('=')
                || read.sign != '-'
                || read.alternate
                || read.grouping.is_some()
            {
                return Err(invalid(self));
            }
            let value = match read.precision {
                Number::Absent => value,
                precision => {
                    let stop = self.format_number(precision, nested, 0, node)?;
                    self.text_library("str_slice", vec![value, Val::NONE, Val::Expr(stop)], node)?
                }
            };
            return self.padded(value, &read, nested, '<', node);
        }
        let e = match value {
            Val::Expr(e) if matches!(e.ty, Type::Scalar(s) if !s.dtype.is_complex()) => e,
            Val::Expr(e) if matches!(e.ty, Type::Scalar(_)) => {
                let hint = "format z.real and z.imag";
                return Err(self.unsupported(node, &format!("a format of a complex number ({})", e.ty), hint));
            }
            _ => {
                let message = format!("unsupported format string passed to {what}.__format__");
                let diagnostic = self.error(node, codes::TYPE_MISMATCH, message, "this format");
                return Err(Stop::error(diagnostic.hint("format a number or a string: f\"{str(x):>10}\"")));
            }
        };
        let Type::Scalar(s) = e.ty else { return Err(invalid(self)) };
        let integer = !s.dtype.is_float();
        match read.kind {
            None | Some('d' | 'b' | 'o' | 'x' | 'X' | 'n' | 'c') if integer => {
                if read.precision != Number::Absent {
                    let message = "Precision not allowed in integer format specifier";
                    return Err(self.bad_format(message, node));
                }
                if s == Scalar::strong(DType::Bool) {
                    return Err(self.unsupported(node, "a format of a NumPy bool", "convert first: bool(x) or int(x)"));
                }
                self.integer_by(e, s, &read, nested, node)
            }
            None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => self.float_by(e, &read, nested, node),
            Some(kind) => {
                let ty = if integer { "int" } else { "float" };
                let message = format!("Unknown format code '{kind}' for object of type '{ty}'");
                Err(self.bad_format(message, node))
            }
        }
    }

    fn integer_by(&mut self, e: Expr, s: Scalar, spec: &Spec, nested: &[Expr], node: &ast::Expr) -> Answer<Val> {
        if spec.kind == Some('c') {
            let c = self.text_builtin("chr", &Args::positional(vec![Val::Expr(e)]), node)?.unwrap_or(Val::NONE);
            return self.padded(c, spec, nested, '<', node);
        }
        let base = match spec.kind {
            Some('b') => 2,
            Some('o') => 8,
            Some('x' | 'X') => 16,
            _ => 10,
        };
        let prefix = match spec.kind {
            Some('b') if spec.alternate => "0b",
            Some('o') if spec.alternate => "0o",
            Some('x') if spec.alternate => "0x",
            Some('X') if spec.alternate => "0X",
            _ => "",
        };
        if base != 10 && spec.grouping == Some(',') {
            let message = "Cannot specify ',' with 'x'.".replace('x', &spec.kind.unwrap_or('x').to_string());
            return Err(self.bad_format(message, node));
        }
        let unsigned = s.dtype == DType::UInt64;
        let mut shared = Shared::default();
        let e = shared.read(self, if unsigned { e } else { ops::cast_scalar(e, Scalar::INT) });
        let upper = spec.kind == Some('X');
        let place = self.place_of(node);
        let base = self.settled(ops::int(base, place));
        let first = self.settled(ops::int(if upper { 55 } else { 87 }, place));
        let below = if unsigned {
            ops::constant(Const::Bool(false), true, place)
        } else {
            ops::binary(nopython_ir::ops::BinOp::Lt, e.clone(), ops::int(0, place), true, place)
        };
        let digits = vec![Val::Expr(e), Val::Expr(base), Val::Expr(first)];
        let name = if unsigned { "digits_of_unsigned" } else { "digits_of_int" };
        let digits = self.text_library(name, digits, node)?;
        let text = self.signed(digits, below, prefix, spec, nested, node)?;
        self.text_around(shared, text, node)
    }

    fn float_by(&mut self, e: Expr, spec: &Spec, nested: &[Expr], node: &ast::Expr) -> Answer<Val> {
        let place = self.place_of(node);
        let mut shared = Shared::default();
        let e = ops::cast_scalar(e, Scalar::FLOAT);
        let e = if as_const(&e).is_some() { self.settled(e) } else { shared.read(self, e) };
        let kind = spec.kind.map_or('r', |kind| kind.to_ascii_lowercase());
        let percent = kind == '%';
        let kind = match kind {
            '%' => 'f',
            'n' => 'g',
            'r' if spec.precision != Number::Absent => 'g',
            kind => kind,
        };
        let precision = self.format_number(spec.precision, nested, 6, node)?;
        let precision = self.opened(precision);
        let flag = |this: &mut Self, b: bool| Val::Expr(this.settled(ops::constant(Const::Bool(b), true, place)));
        let kind = Val::Expr(self.settled(ops::int(i64::from(u32::from(kind)), place)));
        let (alternate, dot) = (flag(self, spec.alternate), flag(self, spec.kind.is_none()));
        let upper = flag(self, matches!(spec.kind, Some('E' | 'F' | 'G')));
        let percent = flag(self, percent);
        let value = Val::Expr(e.clone());
        let args = vec![value.clone(), kind, Val::Expr(precision), alternate, dot, upper, percent];
        let body = self.text_library("float_by", args, node)?;
        let below = self.library("float_is_below", vec![value], node)?;
        let below = self.runtime(below, node)?;
        let text = self.signed(body, ops::cast_scalar(below, Scalar::BOOL), "", spec, nested, node)?;
        self.text_around(shared, text, node)
    }

    /// A text whose values have been named.
    pub(super) fn text_around(&mut self, shared: Shared, text: Val, node: &ast::Expr) -> Answer<Val> {
        if shared.is_empty() {
            return Ok(text);
        }
        Ok(Val::Expr(shared.around(self.runtime(text, node)?)))
    }

    /// Digits with their sign, in groups, and as wide as a format says.
    fn signed(
        &mut self,
        digits: Val,
        below: Expr,
        prefix: &str,
        spec: &Spec,
        nested: &[Expr],
        node: &ast::Expr,
    ) -> Answer<Val> {
        let place = self.place_of(node);
        let width = self.format_number(spec.width, nested, 0, node)?;
        let code = |c: char| i64::from(u32::from(c));
        let size = if matches!(spec.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let below = self.opened(below);
        let mut args = vec![digits, Val::Expr(below), known_text(prefix)];
        let numbers =
            [code(spec.sign), spec.grouping.map_or(0, code), size, code(spec.fill), code(spec.align.unwrap_or('>'))];
        for number in numbers {
            args.push(Val::Expr(self.settled(ops::int(number, place))));
        }
        args.push(Val::Expr(self.opened(width)));
        self.text_library("number_by", args, node)
    }

    /// A string as wide as a format says.
    fn padded(&mut self, text: Val, spec: &Spec, nested: &[Expr], align: char, node: &ast::Expr) -> Answer<Val> {
        if spec.width == Number::Absent {
            return Ok(text);
        }
        let place = self.place_of(node);
        let width = self.format_number(spec.width, nested, 0, node)?;
        let mut args = vec![text];
        for c in [spec.fill, spec.align.unwrap_or(align)] {
            args.push(Val::Expr(self.settled(ops::int(i64::from(u32::from(c)), place))));
        }
        args.push(Val::Expr(self.opened(width)));
        self.text_library("str_padded", args, node)
    }

    fn format_number(&mut self, number: Number, nested: &[Expr], default: i64, node: &ast::Expr) -> Answer<Expr> {
        let place = self.place_of(node);
        Ok(match number {
            Number::Absent => ops::int(default, place),
            Number::Known(value) => ops::int(value, place),
            Number::Nested(k) => match nested.get(k) {
                Some(e) => ops::cast_scalar(self.integer(e.clone(), node)?, Scalar::INT),
                None => ops::int(default, place),
            },
        })
    }
}

impl Infer<'_> {
    /// The function by which the host prints a string.
    fn printer(&mut self) -> FuncId {
        if let Some((id, _)) = self.module.functions.iter().find(|(_, function)| function.prints) {
            return id;
        }
        let mut vars = nopython_ir::Arena::new();
        let param = vars.push(typed::Var { name: "text".to_owned(), ty: Type::Str });
        let place = typed::Place::default();
        let none = Expr { kind: ExprKind::NoneValue, ty: Type::None, place };
        let body = vec![typed::Stmt { kind: StmtKind::Return(none), place }];
        self.module.functions.push(typed::Function {
            name: "print".to_owned(),
            params: vec![param],
            vars,
            body,
            library: true,
            prints: true,
            ..super::empty_function()
        })
    }
}
