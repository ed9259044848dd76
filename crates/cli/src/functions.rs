//! `nopython functions`

use nopython_diagnostics::escape;
use nopython_numpy::entries;

/// Prints every NumPy function of the registry.
pub fn list(json: bool) {
    let public = entries().iter().filter(|e| !e.file.starts_with('_'));
    if json {
        let rows: Vec<String> = public
            .map(|e| {
                format!(
                    r#"{{"name":{},"signature":{},"topic":{},"line":{},"doc":{}}}"#,
                    escape(e.name),
                    escape(e.signature),
                    escape(e.file),
                    e.line,
                    escape(e.doc().trim())
                )
            })
            .collect();
        crate::say!("[{}]", rows.join(",\n "));
        return;
    }
    let mut topic = "";
    for entry in public {
        if entry.file != topic {
            topic = entry.file;
            crate::say!("\n{topic}");
        }
        let first = entry.doc().trim().lines().next().unwrap_or_default();
        crate::say!("  np.{:<48} {first}", entry.signature);
    }
}
