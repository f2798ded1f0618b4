//! A preview that is running, and what is asked of it.

use crate::common::{peerage, run_well, tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The day of all previews.
pub const TODAY: &str = "2026-11-21";

/// How long something may take that must happen: far longer than it does on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// A preview of a project.
pub struct Preview {
    child: Child,
    lines: Receiver<String>,
    pub port: u16,
    /// What it said before it was ready.
    pub first: Vec<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Preview {
    /// Starts it, and waits until it is ready.
    pub fn start(root: &Path, words: &[&str]) -> Self {
        Self::run(peerage(), root, words)
    }

    /// The same, with no more than so many files and connections open at once.
    pub fn with_descriptors(most: usize, root: &Path) -> Self {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -n {most}; exec \"$0\" \"$@\"")).arg(peerage().get_program());
        Self::run(command, root, &[])
    }

    fn run(mut command: Command, root: &Path, words: &[&str]) -> Self {
        command.arg("serve").arg(root).args(["--port", "0", "--today", TODAY]).args(words);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut preview = Self { child, lines, port: 0, first: Vec::new() };
        let (mut first, ready) = preview.told();
        let at =
            first.iter().position(|line| line.starts_with("Preview: http://127.0.0.1:")).unwrap_or_else(|| panic!("{first:?}"));
        preview.port = first[at].split([':', '/']).nth(5).unwrap().parse().unwrap();
        assert!(ready.starts_with("ready: "), "{ready}");
        first.push(ready);
        preview.first = first;
        preview
    }

    /// Waits for the line that ends what is told of a save; the lines before it, and the line.
    pub fn told(&self) -> (Vec<String>, String) {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if is_end(&line) => return (before, line),
                Ok(line) => before.push(line),
                Err(why) => panic!("nothing more is told ({why}); before: {before:?}"),
            }
        }
    }

    /// Waits until a save of these files is told, and asserts that it is told of nothing else before, that is, once each.
    pub fn saved(&self, files: &[&str]) -> String {
        let (before, line) = self.told();
        assert!(before.is_empty(), "{before:?}, {line}");
        let named = line.split(": ").next().unwrap();
        assert_eq!(named, files.join(", "), "{line}");
        assert!(line.contains(" team"), "{line}");
        line
    }

    /// Waits for a line with these words; there is no other before it.
    pub fn told_of(&self, words: &str) -> String {
        let line = self.lines.recv_timeout(PATIENCE).unwrap();
        assert!(line.contains(words), "{line}");
        line
    }

    /// What was told and not yet looked at; it waits for nothing.
    pub fn rest(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &format!("Host: 127.0.0.1:{}\r\n", self.port))
    }

    /// Asks with a method and with headers, each ended by a line break.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        ask(self.port, method, path, headers)
    }

    /// What the script of the pages is told.
    pub fn findings(&self) -> Value {
        let script = self.get("/__peerage/live.js");
        assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
        let text = script.text();
        let told = text.lines().find_map(|line| line.strip_prefix("const peerageTold = ")).unwrap();
        serde_json::from_str(told.strip_suffix(';').unwrap()).unwrap()
    }

    /// The number under which it shows what it shows.
    pub fn state(&self, page: &str) -> String {
        let text = self.get(page).text();
        text.split_once("/__peerage/live.js?state=").unwrap().1.split('"').next().unwrap().to_owned()
    }

    /// Asserts that it has all that a build writes, each page but for one element, and answers nothing else.
    pub fn shows_what_a_build_writes(&self, root: &Path) {
        let out = tempfile::tempdir().unwrap();
        let site = out.path().join("site");
        run_well([
            Path::new("build"),
            root,
            Path::new("--out"),
            &site,
            Path::new("--today"),
            Path::new(TODAY),
            Path::new("--quiet"),
        ]);
        let files = tree(&site);
        assert!(files.len() > 50, "{}", files.len());
        for (path, bytes) in files {
            let path = path.to_str().unwrap();
            if ["SHA256SUMS", "manifest.json"].contains(&path) {
                continue;
            }
            let reply = self.get(&format!("/{path}"));
            assert_eq!(reply.status, 200, "{path}");
            let is_page = path.ends_with(".html") && !path.starts_with("trusted-introducer/");
            let shown = if is_page { without_script(&reply.text()).into_bytes() } else { reply.body };
            assert!(shown == bytes, "{path} differs: {}", String::from_utf8_lossy(&shown));
        }
    }

    /// How much of the processors' time it has taken, in hundredths of a second.
    #[cfg(target_os = "linux")]
    pub fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // Behind the name, which may hold anything, in brackets.
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    /// Ends it as Ctrl-C does.
    pub fn end(mut self) -> ExitStatus {
        let killed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Plays a scene in which a save is told once. Where the machine stands still in the midst of a save, as it may where much else
/// runs, the preview is right to tell of a half: so the scene is played again, up to five times, and must go well once.
pub fn in_a_calm_moment(scene: impl Fn() + std::panic::RefUnwindSafe) {
    for _ in 1..5 {
        if std::panic::catch_unwind(&scene).is_ok() {
            return;
        }
    }
    scene();
}

/// Whether a line is the last that is told of a save.
fn is_end(line: &str) -> bool {
    line.ends_with(" ms)") || line.contains(" ms; ") || line.ends_with(" ms")
}

/// The page without the one element that the preview put into it.
pub fn without_script(page: &str) -> String {
    let begin = "<script src=\"/__peerage/live.js?state=";
    assert_eq!(page.matches("__peerage").count(), 1, "{page}");
    let (before, rest) = page.split_once(begin).unwrap();
    let (state, after) = rest.split_once("\" defer></script>").unwrap();
    assert!(state.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'), "{state}");
    assert!(after.is_empty() || after.starts_with("</body>"), "{after}");
    format!("{before}{after}")
}

/// A request of its own, to a port of this machine.
pub fn ask(port: u16, method: &str, path: &str, headers: &str) -> Reply {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Reply { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
}

/// Waits for an answer that comes later; asserts that it has not come yet.
pub fn later(port: u16, path: &str) -> Receiver<Reply> {
    let (sender, reply) = channel();
    let asked = path.to_owned();
    std::thread::spawn(move || sender.send(ask(port, "GET", &asked, "Host: localhost\r\n")));
    assert!(
        matches!(reply.recv_timeout(Duration::from_millis(300)), Err(RecvTimeoutError::Timeout)),
        "{path} was answered at once"
    );
    reply
}
