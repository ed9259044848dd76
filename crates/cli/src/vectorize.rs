//! `nopython inspect --vectorize`

use crate::Failed;
use crate::arguments::Inspect;
use crate::inspect::no_function;
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
        let pages: Vec<String> = functions.iter().map(|f| f.render(text)).collect();
        crate::say_part!("{}", pages.join("\n"));
    }
    Ok(())
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
        Outcome::Vectors { dtype, lanes, vectors, operations, guarded } => {
            let dtype = dtype.name();
            let how = json!({
                "dtype": dtype, "lanes": lanes, "vectors": vectors, "operations": operations, "guarded": guarded
            });
            (how, Value::Null)
        }
        Outcome::Scalar(reason) => (Value::Null, json!(reason)),
    };
    json!({
        "line": l.line, "implied": l.implied, "fused_into": l.fused_into, "vectorized": vectors, "reason": reason,
        "checks_hoisted": l.hoisted, "checks": checks,
    })
}
