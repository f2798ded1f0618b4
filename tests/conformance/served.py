"""Holds what a server sends of a built site against `_headers` and the files.   served.py FOLDER ADDRESS

`_headers` is read here as its hosts read it, so that the two files for hosts are held against each other.
"""

import gzip
import os
import sys
import urllib.error
import urllib.request

import brotli

folder, address = sys.argv[1:]
# What the server knows by itself, by ending.
KNOWN = {"html": "text/html", "css": "text/css", "js": "javascript", "svg": "image/svg+xml", "txt": "text/plain",
         "png": "image/png", "xml": "xml", "json": "application/json"}
TEXTS = ("text/", "application/javascript")


def rules():
    read = []
    for line in open(os.path.join(folder, "_headers"), encoding="ascii"):
        if line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            read[-1][1][name] = value
        else:
            read.append((line.strip(), {}))
    return read


def is_about(pattern, path):
    before, star, behind = pattern.partition("*")
    if not star:
        return path == pattern
    return len(path) >= len(before) + len(behind) and path.startswith(before) and path.endswith(behind)


def ask(path, encoding="identity"):
    request = urllib.request.Request(address + path, headers={"Accept-Encoding": encoding})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def hold(condition, what):
    if not condition:
        sys.exit(f"{address}: {what}")


table = rules()
files = sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)
forms = {"gzip": (".gz", gzip.decompress), "br": (".br", brotli.decompress)}
plain = [path for path in files if not path.endswith((".gz", ".br"))]
ready = 0
for path in plain:
    asked = path.removesuffix("index.html") if path.endswith(("/index.html",)) or path == "index.html" else path
    body = open(os.path.join(folder, path), "rb").read()
    status, headers, got = ask(asked)
    hold(status == 200 and got == body, f"{asked}: {status}, other bytes than those of the file")
    expected = {}
    for pattern, said in table:
        if is_about(pattern, "/" + asked):
            hold(not expected.keys() & said.keys(), f"{asked}: {pattern} says again what another rule has said")
            expected |= said
    # What no rule is about is a page.
    expected = {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "same-origin"} | expected
    for name, value in expected.items():
        hold(headers.get_all(name) == [value], f"{asked}: {name} is {headers.get_all(name)}, not {value}")
    hold(("Access-Control-Allow-Origin" in headers) == ("Access-Control-Allow-Origin" in expected), f"{asked}: who may read it")
    kind = headers["Content-Type"]
    if "Content-Type" not in expected:
        ending = path.rsplit("/")[-1].rpartition(".")[2]
        hold(KNOWN.get(ending, "") in kind, f"{asked}: {kind}")
        hold(not kind.startswith(TEXTS) or kind.lower().endswith("charset=utf-8"), f"{asked}: {kind}")
    for encoding, (ending, unpack) in forms.items():
        status, headers, got = ask(asked, encoding)
        lies = os.path.exists(os.path.join(folder, path + ending))
        hold(lies == (headers["Content-Encoding"] == encoding), f"{asked}: {encoding} is {headers['Content-Encoding']}")
        hold(not lies or (unpack(got) == body and headers["Content-Type"] == kind), f"{asked}: {encoding} is another file")
        ready += lies
lost = open(os.path.join(folder, "404.html"), "rb").read()
for path in ["none", "teams/none.html", "api/none", "assets/none.css"]:
    status, headers, got = ask(path)
    hold(status == 404 and got == lost, f"{path}: {status}, not the page for what does not exist")
    hold("Content-Security-Policy" in headers and headers["Content-Type"].startswith("text/html"), f"{path}: {headers}")
hold(len(plain) > 300 and ready > 200, f"only {len(plain)} files, {ready} of them lie ready")
print(f"{address}: {len(plain)} files have their headers and types, {ready} forms of them lie ready")
