//! The web server of the preview. The only module that names it and what it runs on.
//!
//! It listens on this machine alone. A page of somebody else's could still reach it through the visitor's browser, so it
//! answers only requests for this machine by name (a name of theirs may be made to lead here), and lets no other site load
//! what it sends. Files are never looked for by their path: what is asked for is a path of the site, or nothing.

use super::generation::{Answer, Ask};
use super::live::{self, NEXT, OWN, SCRIPT, STYLE, Told, WAIT};
use crate::site::{SitePath, media_type};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// The port where none was asked for, and how many after it are tried.
const PORT: u16 = 8000;
const TRIED: u16 = 20;

/// How long a connection may be open without asking for anything. A browser opens another when it wants one.
const IDLE: Duration = Duration::from_secs(10);

/// How long no connection is taken after one could not be: where descriptors have run out, some are to be given back first.
const PAUSE: Duration = Duration::from_millis(100);

/// What is shown, and under which number.
struct Shown {
    number: u64,
    /// Where the last good generation takes questions; `None` before there is one.
    site: Option<Sender<Ask>>,
    told: Told,
}

/// What is shown now, and who waits for it to change.
pub(super) struct Live(watch::Sender<Arc<Shown>>);

impl Live {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(Arc::new(Shown { number: 0, site: None, told: Told::default() })))
    }

    /// Shows another generation, or with `None` the last good one with what is told.
    pub(super) fn publish(&self, site: Option<Sender<Ask>>, told: Told) {
        self.0.send_modify(|shown| {
            let site = site.or_else(|| shown.site.clone());
            *shown = Arc::new(Shown { number: shown.number + 1, site, told });
        });
    }

    /// Whether the last good generation has a file at `path`.
    pub(super) fn holds(&self, path: &SitePath) -> bool {
        let Some(site) = self.0.borrow().site.clone() else { return false };
        let (reply, replied) = mpsc::channel();
        let asked = site.send(Ask::Holds(path.clone(), Box::new(move |holds| reply.send(holds).unwrap_or_default())));
        asked.is_ok() && replied.recv().unwrap_or(false)
    }

    fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.0.borrow())
    }

    /// Waits until something else is shown than under `state`.
    async fn changed(&self, state: &str) {
        // The sender is in our hand, so that this ends only by what it waits for.
        self.0.subscribe().wait_for(|shown| shown.state() != state).await.ok();
    }
}

impl Shown {
    /// What names it in addresses. A preview that is started anew counts anew, so that the process is part of it.
    fn state(&self) -> String {
        format!("{}-{}", std::process::id(), self.number)
    }
}

/// A port of this machine that is ours.
pub struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Takes `port`, or any for 0; where none is asked for, 8000 or the next that is free.
    ///
    /// # Errors
    /// Where the port, or each of those, is taken or may not be used.
    pub fn bind(port: Option<u16>) -> Result<Self, String> {
        let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = if let Some(port) = port {
            bind(port).map_err(|error| match error.kind() {
                ErrorKind::AddrInUse => {
                    format!("port {port} is taken by another program: choose another with --port, or leave --port out")
                }
                _ => format!("port {port} cannot be used: {error}; choose another with --port"),
            })?
        } else {
            let free = (PORT..PORT + TRIED).find_map(|port| bind(port).ok());
            let last = PORT + TRIED - 1;
            free.ok_or_else(|| format!("the ports from {PORT} to {last} are all taken: choose another with --port"))?
        };
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        listener.set_nonblocking(true).map_err(|error| error.to_string())?;
        Ok(Self { listener, address })
    }

    /// The address of the first page.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }
}

/// Answers until the program is told to stop.
///
/// # Errors
/// Where no connection can be taken.
pub(super) fn serve(listener: Listener, live: Arc<Live>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    let fail = |error: std::io::Error| format!("no connection can be taken: {error}");
    let runtime = runtime.map_err(fail)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener.listener).map_err(fail)?;
        tokio::spawn(accept(listener, live));
        stopped().await.map_err(fail)
    })
}

async fn accept(listener: tokio::net::TcpListener, live: Arc<Live>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // A connection that was given up is no reason to take no others.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        stream.set_nodelay(true).ok();
        let live = Arc::clone(&live);
        let service = service_fn(move |request| {
            let live = Arc::clone(&live);
            async move { Ok::<_, Infallible>(respond(&live, &request).await) }
        });
        let mut server = hyper::server::conn::http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(IDLE);
        tokio::spawn(server.serve_connection(TokioIo::new(stream), service));
    }
}

/// Waits for Ctrl-C, or for being told to end.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ended = signal(SignalKind::terminate())?;
        let (stop, mut stopped) = tokio::sync::mpsc::channel(1);
        let also = stop.clone();
        tokio::spawn(async move {
            ended.recv().await;
            also.send(Ok(())).await
        });
        tokio::spawn(async move { stop.send(tokio::signal::ctrl_c().await).await });
        stopped.recv().await.unwrap_or(Ok(()))
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

type Reply = Response<Full<Bytes>>;

async fn respond(live: &Live, request: &Request<Incoming>) -> Reply {
    if !is_for_us(request.uri(), request.headers().get(HOST)) {
        let text = "This is a preview: it answers to localhost, 127.0.0.1 and [::1] alone.\n";
        return reply(StatusCode::FORBIDDEN, TEXT, text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let reply = reply(StatusCode::METHOD_NOT_ALLOWED, TEXT, "A preview is only read.\n");
        return with(reply, "Allow", "GET, HEAD");
    }
    match request.uri().path().strip_prefix(OWN) {
        Some(name) => own(live, name, request.uri().query().unwrap_or_default()).await,
        None => page(live, request.uri().path()).await,
    }
}

/// Whether a request is for this machine under a name that is its own everywhere.
fn is_for_us(uri: &Uri, header: Option<&HeaderValue>) -> bool {
    let named = uri.authority().map(hyper::http::uri::Authority::as_str).or_else(|| header?.to_str().ok()).unwrap_or_default();
    let host = match named.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
        _ => named,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| host.eq_ignore_ascii_case(own))
}

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// What is not the site's.
async fn own(live: &Live, name: &str, query: &str) -> Reply {
    let of = |key: &str| query.split('&').find_map(|part| part.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default();
    match name {
        SCRIPT => reply(StatusCode::OK, "text/javascript; charset=utf-8", live.now().told.script()),
        STYLE => reply(StatusCode::OK, "text/css; charset=utf-8", live::STYLE_TEXT),
        NEXT => {
            live.changed(of("seen")).await;
            reply(StatusCode::OK, "image/svg+xml", live::PICTURE)
        }
        WAIT => {
            live.changed(of("seen")).await;
            let to = path_of(of("to")).unwrap_or_default();
            with(reply(StatusCode::SEE_OTHER, TEXT, ""), "Location", &format!("/{to}"))
        }
        _ => reply(StatusCode::NOT_FOUND, TEXT, "There is nothing here.\n"),
    }
}

/// The path of the site in an address; `None` for what can be none. Empty for the first page.
fn path_of(address: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let path = decoded.strip_prefix('/')?;
    let file = path.strip_suffix('/').unwrap_or(path);
    (path.is_empty() || SitePath::new(file).is_ok()).then(|| path.to_owned())
}

/// What the site has at an address.
async fn page(live: &Live, address: &str) -> Reply {
    let shown = live.now();
    let state = shown.state();
    let Some(site) = &shown.site else {
        let page = live::own_page("There are no pages yet", "The files have errors.");
        return html(StatusCode::SERVICE_UNAVAILABLE, page.as_bytes(), &state, address);
    };
    let path = path_of(address);
    let file =
        path.as_ref().map(|path| if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() });
    let file = file.and_then(|file| SitePath::new(file).ok());
    match (ask(site, file.clone()).await, file) {
        (Answer::File(bytes), Some(file)) if !file.is_page() => reply(StatusCode::OK, &type_of(&file), bytes),
        (Answer::File(bytes), _) => html(StatusCode::OK, &bytes, &state, address),
        (Answer::Folder, file) => {
            let folder = file.map_or_else(String::new, |file| format!("{file}/"));
            with(reply(StatusCode::TEMPORARY_REDIRECT, TEXT, ""), "Location", &format!("/{folder}"))
        }
        (Answer::Missing(Some(page)), _) => html(StatusCode::NOT_FOUND, &page, &state, address),
        (Answer::Missing(None), _) => {
            let page = live::own_page("There is no such page", address);
            html(StatusCode::NOT_FOUND, page.as_bytes(), &state, address)
        }
        (Answer::Failed(why), _) => {
            let page = live::own_page("This page cannot be shown", &why);
            html(StatusCode::INTERNAL_SERVER_ERROR, page.as_bytes(), &state, address)
        }
    }
}

/// Asks a generation for what stands at a path.
async fn ask(site: &Sender<Ask>, path: Option<SitePath>) -> Answer {
    let (reply, replied) = oneshot::channel();
    let asked = site.send(Ask::File(path, Box::new(move |answer| drop(reply.send(answer)))));
    match (asked, replied.await) {
        (Ok(()), Ok(answer)) => answer,
        _ => Answer::Failed("rendering stopped half-way: this is a mistake in Peerage, and is told in the terminal".to_owned()),
    }
}

/// What the file at `path` is, for browsers.
fn type_of(path: &SitePath) -> String {
    let of_site = media_type(path).map(ToOwned::to_owned);
    of_site.unwrap_or_else(|| {
        let guessed = mime_guess::from_path(path.as_str()).first_or_octet_stream();
        if guessed.type_() == "text" { format!("{guessed}; charset=utf-8") } else { guessed.to_string() }
    })
}

/// A page with the script. One whose own policy forbids scripts is loaded again by going to where something new is waited for.
fn html(status: StatusCode, page: &[u8], state: &str, address: &str) -> Reply {
    let reply = reply(status, HTML, live::insert(page, state));
    if live::forbids_scripts(page) {
        with(reply, "Refresh", &format!("0; url={OWN}{WAIT}?seen={state}&to={address}"))
    } else {
        reply
    }
}

fn reply(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    let headers = [
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    headers.into_iter().fold(reply, |reply, (name, value)| with(reply, name, value))
}

/// The reply with a header. Names are ours; what could not be a value is left out.
fn with(mut reply: Reply, name: &'static str, value: &str) -> Reply {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_for_this_machine_are_answered() {
        let own = ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "[::1]"];
        let others = [
            "",
            "site.example",
            "localhost.site.example",
            "127.0.0.1.site.example:8000",
            "site.example:127",
            "[::1",
            "localhost:x",
        ];
        let asked = |host: &str| is_for_us(&Uri::from_static("/"), Some(&HeaderValue::from_str(host).unwrap()));
        assert!(own.into_iter().all(asked));
        assert!(!others.into_iter().any(asked));
        assert!(!is_for_us(&Uri::from_static("/"), None));
        // What is in the address counts before what is in the header.
        let header = HeaderValue::from_static("localhost");
        assert!(!is_for_us(&Uri::from_static("http://site.example/"), Some(&header)));
    }

    #[test]
    fn addresses_lead_to_paths_of_the_site_or_nowhere() {
        for (address, expected) in [
            ("/", Some("")),
            ("/index.html", Some("index.html")),
            ("/teams/", Some("teams/")),
            ("/teams/%63ert-a%6Cpha.html", Some("teams/cert-alpha.html")),
            ("/../Cargo.toml", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/teams/..%2f..%2fCargo.toml", None),
            ("//site.example/", None),
            ("/a%00.html", None),
            ("/a%ff", None),
            ("/a\\b", None),
            ("index.html", None),
        ] {
            assert_eq!(path_of(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn types_are_those_that_hosts_are_told() {
        for (path, expected) in [
            ("api/v1/teams.json", "application/json"),
            ("teams/a.asc", "application/pgp-keys"),
            ("assets/a.css", "text/css; charset=utf-8"),
            ("assets/a.js", "text/javascript; charset=utf-8"),
            ("assets/a.svg", "image/svg+xml"),
            ("a.woff2", "font/woff2"),
            ("unknown", "application/octet-stream"),
        ] {
            assert_eq!(type_of(&SitePath::new(path).unwrap()), expected, "{path}");
        }
    }
}
