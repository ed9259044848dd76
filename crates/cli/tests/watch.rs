//! `nopython build --watch` as a process: it builds whenever the file changes, and goes on after a mistake.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a host: it runs a program and reads files")]

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a change may take to be noticed on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn source(factor: &str) -> String {
    format!("from numba import njit\n\n@njit(\"float64(float64)\")\ndef f(x):\n    return x * {factor}\n")
}

struct Watch {
    child: Child,
    folder: PathBuf,
    /// Lines of standard output and of standard error.
    lines: Receiver<String>,
}

impl Watch {
    fn start() -> Watch {
        let folder = std::env::temp_dir().join(format!("nopython-watch-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("kernels.py"), source("2.0")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_nopython"))
            .args(["build", "kernels.py", "-o", "dist", "--watch"])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Watch { child, folder, lines }
    }

    fn save(&self, text: &str) {
        std::fs::write(self.folder.join("kernels.py"), text).unwrap();
    }

    /// Waits for a line that has a text.
    fn wait(&self, text: &str) {
        while !self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nothing said {text:?}")).contains(text) {}
    }

    /// The module, once its last file has been written.
    fn built(&self) -> Vec<u8> {
        self.wait("kernels.d.ts");
        std::fs::read(self.folder.join("dist/kernels.wasm")).unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn it_builds_on_every_change_and_goes_on_after_a_mistake() {
    let mut watch = Watch::start();
    let first = watch.built();
    watch.save(&source("3.0"));
    let second = watch.built();
    assert_ne!(first, second);
    watch.save(&source("three"));
    watch.wait("error[undefined-name]");
    assert_eq!(std::fs::read(watch.folder.join("dist/kernels.wasm")).unwrap(), second, "the last good build stays");
    watch.save(&source("2.0"));
    assert_eq!(watch.built(), first);
    assert!(watch.child.try_wait().unwrap().is_none(), "it is still running");
}
