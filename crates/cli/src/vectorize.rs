//! `nopython inspect --vectorize`

use crate::Failed;
use crate::arguments::Inspect;
use crate::inspect::no_function;
use core::fmt::Write;
use nopython_driver::{FunctionReport, LoopReport, Outcome};
use serde_json::{Value, json};

/// Prints what became of each loop, under its line of source, or the same as JSON.
pub fn print(options: &Inspect, name: &str, text: &str) -> Result<(), Failed> {
    let mut functions = nopython_driver::report(name, text, &options.options)
        .map_err(|diagnostics| Failed::diagnostics(name, text, &diagnostics))?;
    functions.retain(|f| options.function.as_ref().is_none_or(|wanted| *wanted == f.name));
    if functions.is_empty() {
        return Err(no_function(name, options));
    }
    if options.json {
        crate::say!("{:#}", functions.iter().map(as_json).collect::<Value>());
    } else {
        let pages: Vec<String> = functions.iter().map(|f| page(f, text)).collect();
        crate::say_part!("{}", pages.join("\n"));
    }
    Ok(())
}

fn page(function: &FunctionReport, text: &str) -> String {
    let mut out = format!("{}\n", function.signature);
    if function.loops.is_empty() {
        out.push_str("    no loops\n");
    }
    let mut last = 0;
    for l in &function.loops {
        if l.line != last {
            let source = usize::try_from(l.line).ok().and_then(|line| text.lines().nth(line.checked_sub(1)?));
            let _ = writeln!(out, "{:4}  {}", l.line, source.unwrap_or_default());
            last = l.line;
        }
        for note in notes(l) {
            let _ = writeln!(out, "      -> {note}");
        }
    }
    out
}

/// What there is to say about a loop, a line each.
fn notes(l: &LoopReport) -> Vec<String> {
    let mut out = vec![match &l.outcome {
        Outcome::Vectors { dtype, lanes, vectors, operations } => {
            let several = if *vectors > 1 { format!(", {vectors} vectors a turn") } else { String::new() };
            let fused = if l.implied && *operations > 1 {
                format!("; {operations} operations in one loop")
            } else {
                String::new()
            };
            format!("vectors: {lanes} lanes of {dtype}{several}{fused}")
        }
        Outcome::Scalar(reason) => format!("one by one: {reason}"),
    }];
    if l.hoisted > 0 {
        out.push(format!("{} out of the loop", counted(usize::from(l.hoisted), "check")));
    }
    if !l.checks.is_empty() {
        let places: Vec<String> =
            l.checks.iter().map(|site| format!("{} at {}:{}", site.exception, site.line, site.column)).collect();
        out.push(format!("{} in every turn: {}", counted(places.len(), "check"), places.join(", ")));
    }
    out
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn as_json(function: &FunctionReport) -> Value {
    let loops: Vec<Value> = function.loops.iter().map(loop_as_json).collect();
    json!({ "function": function.name, "signature": function.signature, "line": function.line, "loops": loops })
}

fn loop_as_json(l: &LoopReport) -> Value {
    let checks: Vec<Value> = l
        .checks
        .iter()
        .map(|site| {
            json!({
                "exception": site.exception.name(), "message": site.message, "line": site.line, "column": site.column
            })
        })
        .collect();
    let (vectors, reason) = match &l.outcome {
        Outcome::Vectors { dtype, lanes, vectors, operations } => (
            json!({ "dtype": dtype.name(), "lanes": lanes, "vectors": vectors, "operations": operations }),
            Value::Null,
        ),
        Outcome::Scalar(reason) => (Value::Null, json!(reason)),
    };
    json!({
        "line": l.line, "implied": l.implied, "vectorized": vectors, "reason": reason,
        "checks_hoisted": l.hoisted, "checks": checks,
    })
}
