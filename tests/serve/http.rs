//! What the preview answers to, and what it does not.

use super::preview::{Preview, TODAY, in_a_calm_moment, later, without_script};
use crate::common::{peerage, project, run, stderr, write};
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

const ALPHA: &str = "content/teams/cert-alpha.yaml";
const FINE: &str = "name: CERT Alpha\ncountry: AT\nstatus: [{level: listed, since: 2020-01-15}]\n";

#[test]
fn it_answers_as_a_host_would() {
    let folder = project(&[(ALPHA, FINE), ("static/.well-known/a.txt", "A"), ("static/own.html", "<p>own")]);
    let preview = Preview::start(folder.path(), &[]);
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/teams/", "text/html; charset=utf-8"),
        ("/teams/%63ert-alpha.html", "text/html; charset=utf-8"),
        ("/teams/cert-alpha.html?a=b", "text/html; charset=utf-8"),
        ("/teams/cert-alpha.svg", "image/svg+xml"),
        ("/directory/teams.json", "application/json"),
        ("/.well-known/a.txt", "text/plain; charset=utf-8"),
        ("/__peerage/live.css", "text/css; charset=utf-8"),
    ] {
        let reply = preview.get(path);
        assert_eq!((reply.status, reply.header("content-type")), (200, media_type), "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("content-length"), reply.body.len().to_string(), "{path}");
    }
    let folder = preview.get("/teams");
    assert_eq!((folder.status, folder.header("location")), (307, "/teams/"));
    let own = preview.get("/own.html").text();
    assert!(own.starts_with("<p>own<script src=") && own.ends_with("</script>"), "{own}");

    let host = format!("Host: localhost:{}\r\n", preview.port);
    let (whole, head) = (preview.get("/teams/cert-alpha.html"), preview.ask("HEAD", "/teams/cert-alpha.html", &host));
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, whole.header("content-length"), 0));
    let posted = preview.ask("POST", "/", &host);
    assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"));
}

#[test]
fn nothing_but_the_site_is_reached() {
    let folder = project(&[(ALPHA, FINE)]);
    let preview = Preview::start(folder.path(), &[]);
    for path in [
        "/content/site.yaml",
        "/../content/site.yaml",
        "/teams/../../content/site.yaml",
        "/%2e%2e/content/site.yaml",
        "/..%2fcontent%2fsite.yaml",
        "/etc/passwd",
        "//etc/passwd",
        "/index.html%00",
        "/%ff",
        "/__peerage/",
        "/__peerage/../index.html",
    ] {
        let reply = preview.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("Test directory\nsample"), "{path}");
    }
    for host in ["site.example", "site.example:8000", "127.0.0.1.site.example", "localhost.site.example", "10.0.0.1", ""] {
        assert_eq!(preview.ask("GET", "/", &format!("Host: {host}\r\n")).status, 403, "{host}");
    }
    for host in ["localhost", "127.0.0.1", "[::1]", "LocalHost:1"] {
        assert_eq!(preview.ask("GET", "/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

#[test]
fn an_address_without_a_page_shows_the_page_that_says_so() {
    in_a_calm_moment(|| {
        let folder = project(&[(ALPHA, FINE)]);
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        let missing = preview.get("/teams/nobody.html");
        assert_eq!(missing.status, 404);
        assert_eq!(without_script(&missing.text()), without_script(&preview.get("/404.html").text()));
        // Its policy lets no script run, so that it goes where something new is waited for, and comes back.
        let refresh = missing.header("refresh");
        let wait = refresh.strip_prefix("0; url=").unwrap();
        assert!(wait.starts_with("/__peerage/wait?seen=") && wait.ends_with("&to=/teams/nobody.html"), "{refresh}");
        let back = later(preview.port, wait);
        write(&root.join("content/teams/nobody.yaml"), FINE.replace("Alpha", "Nobody"));
        let back = back.recv().unwrap();
        assert_eq!((back.status, back.header("location")), (303, "/teams/nobody.html"));
        assert_eq!(preview.get("/teams/nobody.html").status, 200);
        let elsewhere = preview.get("/__peerage/wait?seen=0-0&to=//site.example/");
        assert_eq!((elsewhere.status, elsewhere.header("location")), (303, "/"));

        // With an address the page has links, and a script.
        write(&root.join("content/site.yaml"), "title: Test\nsample: true\nbase_url: https://d.example/\n");
        preview.told();
        preview.saved(&["content/site.yaml"]);
        let missing = preview.get("/teams/none.html");
        assert_eq!((missing.status, missing.header("refresh")), (404, ""));
    });
}

#[test]
fn whoever_has_seen_what_is_shown_waits() {
    in_a_calm_moment(|| {
        let folder = project(&[(ALPHA, FINE)]);
        let preview = Preview::start(folder.path(), &[]);
        let seen = preview.state("/");
        assert_eq!(preview.get("/__peerage/next?seen=0-0").status, 200);
        let next = later(preview.port, &format!("/__peerage/next?seen={seen}"));
        write(&folder.path().join(ALPHA), FINE.replace("Alpha", "Changed"));
        let next = next.recv().unwrap();
        assert_eq!((next.status, next.header("content-type")), (200, "image/svg+xml"));
        assert!(preview.get("/teams/cert-alpha.html").text().contains("CERT Changed"), "it is there by then");
        assert_ne!(preview.state("/"), seen);
    });
}

#[cfg(target_os = "linux")]
#[test]
fn more_connections_than_it_may_have_are_waited_for_in_peace() {
    let folder = project(&[(ALPHA, FINE)]);
    let preview = Preview::with_descriptors(64, folder.path());
    let connections: Vec<_> = (0..100).map(|_| std::net::TcpStream::connect(("127.0.0.1", preview.port)).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(500));
    let before = preview.ticks();
    std::thread::sleep(Duration::from_secs(2));
    let taken = preview.ticks() - before;
    assert!(taken < 50, "{taken} hundredths of a second in two");
    drop(connections);
    assert_eq!(preview.get("/").status, 200);
}

/// A connection that asks for nothing is given up; one that waits for what is new is not.
#[test]
fn who_asks_for_nothing_is_let_go() {
    let folder = project(&[(ALPHA, FINE)]);
    let preview = Preview::start(folder.path(), &[]);
    let state = preview.state("/");
    let waiting = later(preview.port, &format!("/__peerage/next?seen={state}"));
    let mut idle = std::net::TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    idle.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(std::io::Read::read(&mut idle, &mut [0; 1]).unwrap(), 0);
    assert!(begun.elapsed() > Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(waiting.try_recv().is_err());
    write(&folder.path().join(ALPHA), FINE.replace("Alpha", "Changed"));
    assert_eq!(waiting.recv().unwrap().status, 200);
}

#[test]
fn it_ends_well_and_fails_with_a_sentence() {
    let folder = project(&[(ALPHA, FINE)]);
    let preview = Preview::start(folder.path(), &[]);
    let state = preview.state("/");
    let waiting = later(preview.port, &format!("/__peerage/wait?seen={state}&to=/"));
    let port = preview.port;
    let taken = run(["serve".as_ref(), folder.path().as_os_str(), "--port".as_ref(), port.to_string().as_ref()]);
    assert_eq!(taken.status.code(), Some(2));
    assert!(stderr(&taken).starts_with(&format!("peerage: port {port} is taken by another program: ")), "{}", stderr(&taken));
    assert_eq!(preview.end().code(), Some(0));
    // Whoever waited is let go.
    drop(waiting);

    let empty = tempfile::tempdir().unwrap();
    let none = run([Path::new("serve"), empty.path(), Path::new("--port"), Path::new("0")]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("is not a directory project"), "{}", stderr(&none));
}

#[test]
fn a_port_that_nobody_asked_for_is_one_that_is_free() {
    let folder = project(&[(ALPHA, FINE)]);
    // It may be taken by somebody else, which is as good.
    let taken = TcpListener::bind(("127.0.0.1", 8000));
    let mut child =
        peerage().arg("serve").arg(folder.path()).args(["--today", TODAY]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
    let first = lines.next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    drop(taken);
    let port: u16 = first.strip_prefix("Preview: http://127.0.0.1:").unwrap().split('/').next().unwrap().parse().unwrap();
    assert!((8001..8020).contains(&port), "{first}");
}
