//! `nopython serve`: a static server for this machine only, in which a page can `import` Python, and with a playground.

use crate::{Failed, playground, render};
use nopython_diagnostics::escape;
use nopython_driver::Options;
use nopython_glue::{Delivery, Style, es_module};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// A request's line and headers take no more than this.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Serves a directory until it is stopped.
pub fn serve(dir: &str) -> Result<(), Failed> {
    let root = Path::new(dir).canonicalize().map_err(|error| Failed::new(format!("cannot serve {dir}: {error}")))?;
    let listener = TcpListener::bind("127.0.0.1:8000").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let listener = listener.map_err(|error| Failed::new(format!("cannot listen: {error}")))?;
    let address = listener.local_addr().map_err(|error| Failed::new(error.to_string()))?;
    crate::say!("http://{address}/");
    crate::say!("http://{address}{} is a playground", playground::PAGE);
    for stream in listener.incoming().flatten() {
        let root = root.clone();
        std::thread::spawn(move || answer(stream, &root));
    }
    Ok(())
}

/// A request's body takes no more: a source of the greatest length, and what is asked of it.
const LONGEST_BODY: u64 = nopython_types::limits::SOURCE as u64 + LONGEST_HEAD;

/// What is asked for.
struct Request {
    method: String,
    path: String,
    /// Whether the browser will run it as a script, rather than read it.
    script: bool,
    /// Whether a page of another site asks.
    foreign: bool,
    body: Vec<u8>,
}

struct Response {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
}

fn answer(mut stream: TcpStream, root: &Path) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let request = read(&stream)?;
    let Response { status, kind, body } = respond(&request, root);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .ok()?;
    if request.method != "HEAD" {
        stream.write_all(&body).ok()?;
    }
    Some(())
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.take(LONGEST_HEAD + LONGEST_BODY));
    let mut lines = (&mut reader).take(LONGEST_HEAD).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    // All of them are read: what is left unread when the connection is closed would reset it.
    let headers: Vec<String> =
        lines.map_while(Result::ok).take_while(|line| !line.is_empty()).map(|line| line.to_ascii_lowercase()).collect();
    let header = |name: &str| headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim);
    let length: u64 = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = Vec::new();
    reader.take(length.min(LONGEST_BODY)).read_to_end(&mut body).ok()?;
    let foreign = header("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    Some(Request { method, path, script: header("sec-fetch-dest") == Some("script"), foreign, body })
}

fn respond(request: &Request, root: &Path) -> Response {
    if request.method == "POST" && request.path == playground::COMPILE && !request.foreign {
        let body = playground::answer(&request.body).into_bytes();
        return Response { status: "200 OK", kind: "application/json", body };
    }
    if request.method != "GET" && request.method != "HEAD" {
        return Response { status: "405 Method Not Allowed", kind: "text/plain", body: Vec::new() };
    }
    let found = find(root, &request.path).and_then(|file| std::fs::read(&file).ok().map(|body| (file, body)));
    match found {
        Some((file, body)) if request.script && file.extension().is_some_and(|e| e == "py") => {
            Response { status: "200 OK", kind: JAVASCRIPT, body: python_module(&file, &body).into_bytes() }
        }
        Some((file, body)) => Response { status: "200 OK", kind: content_type(&file), body },
        None if request.path.split(['?', '#']).next() == Some(playground::PAGE) => {
            Response { status: "200 OK", kind: "text/html; charset=utf-8", body: playground::page().into_bytes() }
        }
        None => Response { status: "404 Not Found", kind: "text/plain", body: b"not found".to_vec() },
    }
}

/// The ES module that a Python file compiles to; one that throws what is wrong with the file if it does not compile.
fn python_module(file: &Path, source: &[u8]) -> String {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let text = String::from_utf8_lossy(source);
    match nopython_driver::compile(&name, &text, &Options::default()) {
        Ok(compilation) => es_module(&compilation.interface, Delivery::Inline(&compilation.wasm), Style::default()),
        Err(diagnostics) => format!("throw new SyntaxError({});\n", escape(&render(&name, &text, &diagnostics))),
    }
}

/// The file a request names, if it lies below the root.
fn find(root: &Path, request: &str) -> Option<PathBuf> {
    let path = decode(request.split(['?', '#']).next()?.trim_start_matches('/'))?;
    let relative = Path::new(&path);
    if !relative.components().all(|c| matches!(c, Component::Normal(_))) {
        return None;
    }
    let file = root.join(relative);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.canonicalize().ok().filter(|f| f.starts_with(root) && f.is_file())
}

/// A path without percent-encoding; `None` if it is not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut out = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => JAVASCRIPT,
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("py" | "ts" | "md" | "txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
