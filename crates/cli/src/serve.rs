//! `nopython serve`: a static server for this machine only, in which a page can `import` Python, and with a playground.
//!
//! A program for WASI cannot listen. There Node does (`runtime/js/src/cli.ts`), and runs this program for each request, which it reads and answers by
//! its standard input and output.

use crate::{Failed, playground, render};
use nopython_diagnostics::escape;
use nopython_driver::Options;
use nopython_glue::{Delivery, Style, es_module};
use std::io::{BufRead, BufReader, Read, Write};
#[cfg(not(target_family = "wasm"))]
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
/// A request's line and headers take no more than this.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Serves a directory until it is stopped.
pub fn serve(dir: &str) -> Result<(), Failed> {
    let root = resolved(Path::new(dir)).map_err(|error| Failed::new(format!("cannot serve {dir}: {error}")))?;
    listen(root)
}

/// The exit code that tells Node to listen.
#[cfg(target_family = "wasm")]
const LISTEN: i32 = 100;

#[cfg(target_family = "wasm")]
fn listen(root: PathBuf) -> Result<(), Failed> {
    if std::env::var_os("NOPYTHON_REQUEST").is_none() {
        std::process::exit(LISTEN);
    }
    answer(std::io::stdin().lock(), std::io::stdout().lock(), &root);
    Ok(())
}

#[cfg(not(target_family = "wasm"))]
fn listen(root: PathBuf) -> Result<(), Failed> {
    let listener = TcpListener::bind("127.0.0.1:8000").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let listener = listener.map_err(|error| Failed::new(format!("cannot listen: {error}")))?;
    let address = listener.local_addr().map_err(|error| Failed::new(error.to_string()))?;
    crate::say!("http://{address}/");
    crate::say!("http://{address}{} is a playground", playground::PAGE);
    for stream in listener.incoming().flatten() {
        let root = root.clone();
        std::thread::spawn(move || {
            stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).ok()?;
            answer(&stream, &stream, &root)
        });
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
    /// Whether the server is called by a name of this machine. The names that other sites give it (DNS rebinding) would make its files theirs.
    local: bool,
    body: Vec<u8>,
}

struct Response {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
}

fn answer(from: impl Read, mut to: impl Write, root: &Path) -> Option<()> {
    let request = read(from)?;
    let Response { status, kind, body } = respond(&request, root);
    write!(
        to,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .ok()?;
    if request.method != "HEAD" {
        to.write_all(&body).ok()?;
    }
    Some(())
}

fn read(stream: impl Read) -> Option<Request> {
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
    let local = header("host").is_none_or(is_local);
    Some(Request { method, path, local, script: header("sec-fetch-dest") == Some("script"), foreign, body })
}

/// Whether a host is this machine by its own name, at whatever port.
fn is_local(host: &str) -> bool {
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

fn respond(request: &Request, root: &Path) -> Response {
    if !request.local {
        let body = b"this server answers to localhost and 127.0.0.1 only\n".to_vec();
        return Response { status: "403 Forbidden", kind: "text/plain", body };
    }
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
    resolved(&file).ok().filter(|f| f.starts_with(root) && f.is_file())
}

/// A path that exists, without symbolic links.
#[cfg(not(target_family = "wasm"))]
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    path.canonicalize()
}

/// A path that exists, without symbolic links. For a request, Node gives the program the served directory alone, as its root; links that lead out of
/// it, and those that begin at the root of the system, have no meaning here.
#[cfg(target_family = "wasm")]
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let outside = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let folder = std::env::var_os("PWD").unwrap_or_else(|| "/".into());
    let mut parts: Vec<PathBuf> = reversed(&Path::new(&folder).join(path));
    let mut found = PathBuf::from("/");
    let mut links = 0;
    while let Some(part) = parts.pop() {
        match part.components().next() {
            Some(Component::Normal(name)) => {
                let next = found.join(name);
                if next.symlink_metadata()?.is_symlink() {
                    links += 1;
                    let target = next.read_link()?;
                    if links > MOST_LINKS || target.is_absolute() {
                        return Err(outside());
                    }
                    parts.extend(reversed(&target));
                } else {
                    found = next;
                }
            }
            Some(Component::ParentDir) if !found.pop() => return Err(outside()),
            _ => {}
        }
    }
    found.metadata().map(|_| found)
}

/// The parts of a path, the last one first.
#[cfg(target_family = "wasm")]
fn reversed(path: &Path) -> Vec<PathBuf> {
    path.components().rev().map(|part| PathBuf::from(part.as_os_str())).collect()
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
