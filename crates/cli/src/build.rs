//! `nopython build`

use crate::arguments::Build;
use crate::{Failed, read, warn};
use nopython_glue::{Delivery, LARGEST_INLINE, d_ts, es_module, html};
use std::path::Path;
use std::time::Duration;

/// Compiles a file to `.wasm`, `.js` and `.d.ts`, or one page.
pub fn build(options: &Build) -> Result<(), Failed> {
    if !options.watch {
        return once(options);
    }
    let modified = || std::fs::metadata(&options.file).and_then(|m| m.modified()).ok();
    loop {
        let seen = modified();
        if let Err(failed) = once(options) {
            eprintln!("{}", failed.message);
        }
        while modified() == seen {
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

fn once(options: &Build) -> Result<(), Failed> {
    let (name, text) = read(&options.file)?;
    let compilation = nopython_driver::compile(&name, &text, &options.options)
        .map_err(|diagnostics| Failed::diagnostics(&name, &text, &diagnostics))?;
    warn(&name, &text, &compilation.warnings);
    let stem = Path::new(&name).file_stem().map_or("kernels".to_owned(), |s| s.to_string_lossy().into_owned());
    let out = Path::new(&options.out);
    std::fs::create_dir_all(out).map_err(|error| Failed::new(format!("cannot make {}: {error}", out.display())))?;
    let write = |file: String, bytes: &[u8]| {
        let path = out.join(file);
        std::fs::write(&path, bytes)
            .map_err(|error| Failed::new(format!("cannot write {}: {error}", path.display())))?;
        crate::say!("{} ({} bytes)", path.display(), bytes.len());
        Ok(())
    };
    let interface = &compilation.interface;
    if options.html {
        return write(format!("{stem}.html"), html(interface, &compilation.wasm, &stem).as_bytes());
    }
    let wasm = format!("{stem}.wasm");
    let inline = options.inline || compilation.wasm.len() <= LARGEST_INLINE;
    let delivery = if inline { Delivery::Inline(&compilation.wasm) } else { Delivery::File(&wasm) };
    let module = es_module(interface, delivery);
    if !options.inline {
        write(wasm.clone(), &compilation.wasm)?;
    }
    if is_in_commonjs(out) {
        write("package.json".to_owned(), b"{ \"type\": \"module\" }\n")?;
    }
    write(format!("{stem}.js"), module.as_bytes())?;
    write(format!("{stem}.d.ts"), d_ts(interface).as_bytes())
}

/// Whether Node would take `.js` files of a folder for CommonJS, as those of a project that `npm init` has made, and a `package.json` of the
/// folder's own can say otherwise.
fn is_in_commonjs(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let nearest = folder.ancestors().find(|folder| folder.join("package.json").exists());
    let Some(nearest) = nearest.filter(|nearest| *nearest != folder) else { return false };
    let text = std::fs::read_to_string(nearest.join("package.json")).unwrap_or_default();
    let spaceless: String = text.split_whitespace().collect();
    !spaceless.contains("\"type\":\"module\"")
}
