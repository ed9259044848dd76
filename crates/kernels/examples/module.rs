//! Writes a module that exports kernels: `cargo run -p nopython-kernels --example module -- FILE [NAME ...]`, all of
//! them by default. The scripts of `library/kernels` measure it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a tool")]

#[path = "../tests/wrap/mod.rs"]
mod wrap;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a file to write");
    let names: Vec<String> = arguments.collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() {
        names = nopython_kernels::names().collect();
    }
    let module = wrap::module(&names);
    println!("{file}: {} kernels, {} bytes", names.len(), module.len());
    std::fs::write(file, module).unwrap();
}
