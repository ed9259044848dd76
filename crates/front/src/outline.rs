//! What a host must know of a function before its arguments have types: its parameters, and the keys of a dict that it returns.

use crate::source::{Source, span};
use core::fmt::Write;
use nopython_diagnostics::{Diagnostic, Span, codes, escape, line_column, quoted};
use ruff_python_ast::{Expr, ExprDict, ExprNumberLiteral, Number, Stmt, StmtFunctionDef, UnaryOp};

/// A function of a module.
pub struct Outline {
    /// The source, in which the dict displays that the function returns are tuples. Every value stays where it is.
    pub text: String,
    /// The keys of these displays.
    pub keys: Option<Vec<String>>,
    /// Where the function's name stands, in the source as it was.
    pub at: Span,
    /// Parameters in their order.
    pub parameters: Vec<Parameter>,
}

/// A parameter.
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub at: Span,
    /// What kind it is, as `inspect` calls it.
    pub kind: &'static str,
    /// Its annotation, as it is written.
    pub annotation: Option<String>,
    /// Its default, as JSON: a float is `{"float": TEXT}`, a tuple `{"tuple": ITEMS}`, and what is no literal `{}`.
    pub default: Option<String>,
}

/// What stands of a function in a source; `None` if the source has no function of the name. Of several the last one counts.
///
/// # Errors
/// A mistake of syntax, or dicts without keys of their own that are known while compiling.
pub fn outline(text: &str, function: &str) -> Result<Option<Outline>, Vec<Diagnostic>> {
    let suite = Source::new(text).parse()?;
    let Some(def) = find(&suite, function) else { return Ok(None) };
    let (tuples, keys) = without_dicts(text, def).map_err(|found| vec![found])?;
    Ok(Some(Outline { text: tuples, keys, at: span(&def.name), parameters: parameters_of(text, def) }))
}

/// The parameters of a function of a source, as [`Outline::to_json`] has them; `None` if the source has no function of the name.
///
/// # Errors
/// A mistake of syntax.
pub fn parameters(text: &str, function: &str) -> Result<Option<String>, Vec<Diagnostic>> {
    let suite = Source::new(text).parse()?;
    Ok(find(&suite, function).map(|def| to_json(&parameters_of(text, def), text)))
}

fn find<'s>(suite: &'s [Stmt], function: &str) -> Option<&'s StmtFunctionDef> {
    suite.iter().rev().find_map(|stmt| stmt.as_function_def_stmt().filter(|def| def.name.as_str() == function))
}

fn parameters_of(text: &str, def: &StmtFunctionDef) -> Vec<Parameter> {
    let all = &def.parameters;
    let groups = [
        (&all.posonlyargs, "positional-only"),
        (&all.args, "positional or keyword"),
        (&all.kwonlyargs, "keyword-only"),
    ];
    let plain = groups.into_iter().flat_map(|(group, kind)| {
        group.iter().map(move |p| Parameter {
            name: p.parameter.name.to_string(),
            at: span(&p.parameter.name),
            kind,
            annotation: p.parameter.annotation.as_deref().map(|annotation| written(text, span(annotation)).to_owned()),
            default: p.default.as_deref().map(|default| literal(text, default)),
        })
    });
    let several = [(&all.vararg, "variadic positional"), (&all.kwarg, "variadic keyword")];
    let several = several.into_iter().filter_map(|(one, kind)| {
        let name = &one.as_ref()?.name;
        Some(Parameter { name: name.to_string(), at: span(name), kind, annotation: None, default: None })
    });
    plain.chain(several).collect()
}

fn written(text: &str, at: Span) -> &str {
    text.get(at.start as usize..at.end as usize).unwrap_or_default()
}

/// The value of a literal as JSON: a float as `{"float": TEXT}`, as it is written, since the code that writes floats would take kilobytes in
/// the compiler for browsers; a tuple as `{"tuple": ITEMS}`; and `{}` for what is none.
fn literal(text: &str, expr: &Expr) -> String {
    let all = |items: &[Expr]| {
        let items: Vec<String> = items.iter().map(|item| literal(text, item)).collect();
        format!("[{}]", items.join(","))
    };
    let number = |n: &ExprNumberLiteral, sign: &str| match &n.value {
        Number::Int(i) => i.as_i64().map_or_else(|| "{}".to_owned(), |i| format!("{sign}{i}")),
        Number::Float(_) => format!(r#"{{"float":"{sign}{}"}}"#, written(text, span(n)).replace('_', "")),
        Number::Complex { .. } => "{}".to_owned(),
    };
    match expr {
        Expr::NoneLiteral(_) => "null".to_owned(),
        Expr::BooleanLiteral(b) => b.value.to_string(),
        Expr::NumberLiteral(n) => number(n, ""),
        Expr::UnaryOp(u) if u.op == UnaryOp::USub => match &*u.operand {
            Expr::NumberLiteral(n) => number(n, "-"),
            _ => "{}".to_owned(),
        },
        Expr::StringLiteral(s) => escape(s.value.to_str()),
        Expr::Tuple(t) => format!(r#"{{"tuple":{}}}"#, all(&t.elts)),
        Expr::List(l) => all(&l.elts),
        _ => "{}".to_owned(),
    }
}

/// What a function returns, and whether that is a dict display. Functions inside of it return to it; other blocks are not compiled.
fn returns<'a>(body: &'a [Stmt], found: &mut Vec<(&'a Stmt, Option<&'a ExprDict>)>) {
    for stmt in body {
        match stmt {
            Stmt::Return(r) => found.push((stmt, r.value.as_ref().and_then(|value| value.as_dict_expr()))),
            Stmt::If(s) => {
                returns(&s.body, found);
                s.elif_else_clauses.iter().for_each(|clause| returns(&clause.body, found));
            }
            Stmt::For(s) => [&s.body, &s.orelse].into_iter().for_each(|body| returns(body, found)),
            Stmt::While(s) => [&s.body, &s.orelse].into_iter().for_each(|body| returns(body, found)),
            _ => {}
        }
    }
}

/// The source with tuples in the place of the dict displays that a function returns, and their keys.
fn without_dicts(text: &str, def: &StmtFunctionDef) -> Result<(String, Option<Vec<String>>), Diagnostic> {
    let mut found = Vec::new();
    returns(&def.body, &mut found);
    let name = def.name.as_str();
    let mut keys: Option<Vec<String>> = None;
    // Positions stay right for what comes before an edit.
    let mut out = text.to_owned();
    for (stmt, dict) in found.iter().rev() {
        let Some(dict) = dict else {
            if found.iter().any(|(_, dict)| dict.is_some()) {
                return Err(wrong(*stmt, format!("{name}() returns a dict elsewhere and something else here")));
            }
            continue;
        };
        let own = keys_of(dict).ok_or_else(|| {
            wrong(dict, format!("{name}() returns a dict whose keys are not strings that stand there"))
        })?;
        if let Some(known) = keys.as_ref().filter(|known| **known != own) {
            return Err(wrong(
                dict,
                format!("{name}() returns dicts with different keys: {} and {}", list(&own), list(known)),
            ));
        }
        keys = Some(own);
        tupled(&mut out, text, dict);
    }
    Ok((out, keys))
}

fn wrong(at: impl ruff_text_size::Ranged, message: String) -> Diagnostic {
    let hint = "return the same keys everywhere, as strings: return {\"curve\": (x, y), \"mean\": y.mean()}";
    Diagnostic::error(codes::UNSUPPORTED_SYNTAX, message).primary(span(at), "here").hint(hint)
}

fn list(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
    format!("[{}]", quoted.join(", "))
}

/// The keys of a dict display, if it has any and all are strings.
fn keys_of(dict: &ExprDict) -> Option<Vec<String>> {
    let keys = dict.items.iter().map(|item| match &item.key {
        Some(Expr::StringLiteral(key)) => Some(key.value.to_str().to_owned()),
        _ => None,
    });
    keys.collect::<Option<Vec<_>>>().filter(|keys| !keys.is_empty())
}

/// Makes a dict display a tuple: brackets become parentheses, and keys blanks.
fn tupled(out: &mut String, text: &str, dict: &ExprDict) {
    let whole = span(dict);
    let (start, end) = (whole.start as usize, whole.end as usize);
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    if let [only] = dict.items.as_slice() {
        let last = span(&only.value).end as usize;
        let has_comma =
            between(last, end).lines().any(|line| line.split('#').next().is_some_and(|code| code.contains(',')));
        out.replace_range(end - 1..end, if has_comma { ")" } else { ",)" });
    } else {
        out.replace_range(end - 1..end, ")");
    }
    for item in dict.items.iter().rev() {
        let Some(key) = item.key.as_ref().map(span) else { continue };
        let value = span(&item.value).start as usize;
        let Some(colon) = between(key.end as usize, value).find(':') else { continue };
        let range = key.start as usize..key.end as usize + colon + 1;
        let blank = between(range.start, range.end)
            .chars()
            .map(|c| if c == '\n' || c == '\r' { c } else { ' ' })
            .collect::<String>();
        out.replace_range(range, &blank);
    }
    out.replace_range(start..=start, "(");
}

impl Outline {
    /// As a JSON object: `text, keys, at, parameters[{name, at, kind, annotation, default}]`; a place is `[line, column, end column]`. What a
    /// parameter does not have is missing.
    #[must_use]
    pub fn to_json(&self, source: &str) -> String {
        let keys = self.keys.as_ref().map(|keys| keys.iter().map(|key| escape(key)).collect::<Vec<_>>().join(","));
        format!(
            r#"{{"text":{},"keys":{},"at":{},"parameters":{}}}"#,
            escape(&self.text),
            keys.map_or_else(|| "null".to_owned(), |keys| format!("[{keys}]")),
            place(source, self.at),
            to_json(&self.parameters, source)
        )
    }
}

fn place(source: &str, at: Span) -> String {
    let (line, column) = line_column(source, at.start);
    format!("[{line},{column},{}]", line_column(source, at.end).1)
}

fn to_json(parameters: &[Parameter], source: &str) -> String {
    let mut out = String::from("[");
    for (k, parameter) in parameters.iter().enumerate() {
        let comma = if k > 0 { "," } else { "" };
        let (name, at) = (escape(&parameter.name), place(source, parameter.at));
        // Writing to a String does not fail.
        let _ = write!(out, r#"{comma}{{"name":{name},"at":{at},"kind":"{}""#, parameter.kind);
        if let Some(annotation) = &parameter.annotation {
            let _ = write!(out, r#","annotation":{}"#, escape(annotation));
        }
        if let Some(default) = &parameter.default {
            let _ = write!(out, r#","default":{default}"#);
        }
        out.push('}');
    }
    out.push(']');
    out
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn dicts_become_tuples_whose_values_stay() {
        let cases = [
            ("def f(a):\n    return {\"x\": a}\n", "def f(a):\n    return (     a,)\n"),
            (
                "def f(a):\n    return {'é': a,  # one, only\n    }\n",
                "def f(a):\n    return (     a,  # one, only\n    )\n",
            ),
            (
                "def f(a):\n    return {'é': a  # one, only\n    }\n",
                "def f(a):\n    return (     a  # one, only\n    ,)\n",
            ),
            (
                "def f(a):\n    return {'a': a, 'b':\n (a)}\ndef g():\n    return {1: 2}\n",
                "def f(a):\n    return (     a,     \n (a))\ndef g():\n    return {1: 2}\n",
            ),
        ];
        for (source, want) in cases {
            assert_eq!(outline(source, "f").unwrap().unwrap().text, want);
        }
    }

    #[test]
    fn parameters_have_kinds_and_defaults() {
        let source = "def é(a, /, b=-1, *c, d=(1.5, 'x', [True]), e=None, f=a()): pass\n";
        let outline = outline(source, "é").unwrap().unwrap();
        let want = concat!(
            r#"{"text":"def é(a, /, b=-1, *c, d=(1.5, 'x', [True]), e=None, f=a()): pass\n","keys":null,"at":[1,5,6],"parameters":["#,
            r#"{"name":"a","at":[1,7,8],"kind":"positional-only"},{"name":"b","at":[1,13,14],"kind":"positional or keyword","default":-1},"#,
            r#"{"name":"d","at":[1,23,24],"kind":"keyword-only","default":{"tuple":[{"float":"1.5"},"x",[true]]}},"#,
            r#"{"name":"e","at":[1,45,46],"kind":"keyword-only","default":null},{"name":"f","at":[1,53,54],"kind":"keyword-only","default":{}},"#,
            r#"{"name":"c","at":[1,20,21],"kind":"variadic positional"}]}"#
        );
        assert_eq!(outline.to_json(source), want);
    }

    #[test]
    fn what_is_no_dict_of_strings_is_named() {
        for (source, want) in [
            ("def f():\n    if x:\n        return {'a': 1}\n    return {'b': 1}\n", "different keys"),
            ("def f():\n    return {1: 1}\n", "not strings"),
            ("def f():\n    return {**a}\n", "not strings"),
            ("def f():\n    if x:\n        return 1\n    return {'b': 1}\n", "something else"),
            ("def f(:\n", "invalid syntax"),
        ] {
            let found = outline(source, "f").err().unwrap();
            assert!(found[0].message.contains(want), "{found:?}");
        }
        assert!(outline("f = 1\n", "f").unwrap().is_none());
    }
}
