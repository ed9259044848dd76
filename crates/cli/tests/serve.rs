//! `nopython serve` as a process: what it serves, to whom, and what it keeps to itself.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a host: it runs a program and reads files")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const SECRET: &str = "not below the root";
const KERNELS: &str = "from numba import njit\n\n@njit(\"float64(float64)\")\ndef twice(x):\n    return 2.0 * x\n";

/// A served directory, beside a file that is not to be served.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: PathBuf,
}

struct Answer {
    status: u16,
    kind: String,
    body: String,
}

impl Server {
    fn start(test: &str) -> Server {
        let folder = std::env::temp_dir().join(format!("nopython-serve-{}-{test}", std::process::id()));
        let root = folder.join("root");
        std::fs::create_dir_all(root.join("sub dir")).unwrap();
        let write = |path: &Path, text: &str| std::fs::write(path, text).unwrap();
        write(&folder.join("secret.txt"), SECRET);
        for name in ["index.html", "page.js", "page.css", "kernels.wasm", "data.json", "sub dir/index.html"] {
            write(&root.join(name), name);
        }
        write(&root.join("kernels.py"), KERNELS);
        write(&root.join("wrong.py"), &KERNELS.replace("* x", "* y"));
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("secret.txt"), root.join("link.txt")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_nopython"))
            .arg("serve")
            .arg(&root)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        Server { child, address, folder }
    }

    fn request(&self, line: &str, headers: &str) -> Answer {
        self.request_of(&self.address.to_string(), line, headers)
    }

    fn request_of(&self, host: &str, line: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "{line} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let kind = head.lines().find_map(|l| l.strip_prefix("Content-Type: ")).unwrap_or_default();
        Answer { status, kind: kind.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path}"), "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn only_this_machine_is_served() {
    assert!(Server::start("loopback").address.ip().is_loopback());
}

#[test]
fn names_that_other_sites_give_the_server_are_refused() {
    let server = Server::start("names");
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(server.request_of(&format!("{host}:{port}"), "GET /page.js", "").status, 200, "{host}");
        assert_eq!(server.request_of(host, "GET /page.js", "").status, 200, "{host}");
    }
    for host in
        ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:127.0.0.1", "0.0.0.0", ""]
    {
        let answer = server.request_of(host, "GET /page.js", "");
        assert_eq!((answer.status, answer.body.contains("page.js")), (403, false), "{host}");
        assert_eq!(server.request_of(host, "POST /playground/compile", "").status, 403, "{host}");
    }
}

#[test]
fn files_have_the_types_that_browsers_ask_for() {
    let server = Server::start("types");
    for (path, kind, body) in [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/page.js?v=1", "text/javascript; charset=utf-8", "page.js"),
        ("/page.css", "text/css; charset=utf-8", "page.css"),
        ("/kernels.wasm", "application/wasm", "kernels.wasm"),
        ("/data.json", "application/json", "data.json"),
        ("/kernels.py", "text/plain; charset=utf-8", KERNELS),
        ("/sub%20dir/", "text/html; charset=utf-8", "sub dir/index.html"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.kind.as_str(), answer.body.as_str()), (200, kind, body), "{path}");
    }
}

#[test]
fn nothing_outside_the_directory_is_served() {
    let server = Server::start("outside");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/sub%20dir/../../secret.txt",
        "/..%2fsecret.txt",
        "//etc/hostname",
        "/%2fetc/hostname",
        "/link.txt",
        "/%00",
        "/%zz",
        "/nothing",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains(SECRET), "{path}");
    }
}

#[test]
fn it_only_reads() {
    let server = Server::start("methods");
    let answer = server.request("HEAD /page.js", "");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(server.request("POST /page.js", "").status, 405);
}

#[test]
fn python_that_is_imported_comes_compiled_as_it_is_now() {
    let server = Server::start("python");
    let script = |path: &str| server.request(&format!("GET {path}"), "Sec-Fetch-Dest: script\r\n");
    let answer = script("/kernels.py");
    assert_eq!((answer.status, answer.kind.as_str()), (200, "text/javascript; charset=utf-8"));
    assert!(answer.body.contains("as twice"), "{}", answer.body);
    let changed = KERNELS.replace("twice", "thrice");
    std::fs::write(server.folder.join("root/kernels.py"), changed).unwrap();
    assert!(script("/kernels.py").body.contains("as thrice"));
    let wrong = script("/wrong.py").body;
    assert!(wrong.starts_with("throw new SyntaxError(") && wrong.contains("wrong.py:5:18"), "{wrong}");
}
