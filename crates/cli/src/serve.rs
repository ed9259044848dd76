//! `nopython serve`: a static server for this machine only.

use crate::Failed;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};

/// Serves a directory until it is stopped.
pub fn serve(dir: &str) -> Result<(), Failed> {
    let root = Path::new(dir).canonicalize().map_err(|error| Failed::new(format!("cannot serve {dir}: {error}")))?;
    let listener = TcpListener::bind("127.0.0.1:8000").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let listener = listener.map_err(|error| Failed::new(format!("cannot listen: {error}")))?;
    let address = listener.local_addr().map_err(|error| Failed::new(error.to_string()))?;
    crate::say!("http://{address}/");
    for stream in listener.incoming().flatten() {
        let root = root.clone();
        std::thread::spawn(move || answer(stream, &root));
    }
    Ok(())
}

fn answer(mut stream: TcpStream, root: &Path) -> Option<()> {
    let mut line = String::new();
    BufReader::new(stream.try_clone().ok()?).read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?, words.next()?);
    let (status, kind, body) =
        match find(root, path).and_then(|file| Some((content_type(&file), std::fs::read(file).ok()?))) {
            Some((kind, body)) if method == "GET" || method == "HEAD" => ("200 OK", kind, body),
            Some(_) => ("405 Method Not Allowed", "text/plain", Vec::new()),
            None => ("404 Not Found", "text/plain", b"not found".to_vec()),
        };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .ok()?;
    if method != "HEAD" {
        stream.write_all(&body).ok()?;
    }
    Some(())
}

/// The file a request names, if it lies below the root.
fn find(root: &Path, request: &str) -> Option<PathBuf> {
    let path = request.split(['?', '#']).next()?.trim_start_matches('/').replace("%20", " ");
    let relative = Path::new(&path);
    if !relative.components().all(|c| matches!(c, Component::Normal(_))) {
        return None;
    }
    let file = root.join(relative);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.canonicalize().ok().filter(|f| f.starts_with(root))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
