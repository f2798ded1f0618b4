"""What of the interfaces of GitHub and GitLab the kit asks, played by a server on this machine. Used by kit.py.

It answers only to the token, and keeps what it was told.
"""
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "ghs_token-of-the-job"
BOT = {"login": "github-actions[bot]", "id": 41898282}


class Forge:
    """The state of a repository on a forge, and its server."""

    def __init__(self):
        self.pulls = {}          # by number
        self.comments = {}       # by number of the pull request
        self.issues = []
        self.merge_requests = []
        self.notes = {}
        self.said = []           # what was written: method, path, body
        self.asked = []          # what pull requests were asked for
        self.api = serve(self.answer)

    def url(self):
        return f"http://127.0.0.1:{self.api.server_port}"

    def close(self):
        self.api.shutdown()
        self.api.server_close()

    def answer(self, method, url, headers, body):
        if headers.get("Authorization") != f"Bearer {TOKEN}" and headers.get("PRIVATE-TOKEN") != TOKEN:
            return 401, {"message": "Requires authentication"}
        address = urlsplit(url)
        asked = {key: values[0] for key, values in parse_qs(address.query).items()}
        if method != "GET":
            self.said.append((method, address.path, body))
        for pattern, answer in ROUTES:
            found = re.fullmatch(pattern, f"{method} {address.path}")
            if found:
                return answer(self, asked, body, *found.groups())
        return 404, {"message": "Not Found"}

    def list_pulls(self, asked, body):
        self.asked.append(asked)
        return 200, page([pull for pull in self.pulls.values() if all([
            pull["state"] == asked["state"], pull["base"]["ref"] == asked["base"], pull["head"]["label"] == asked["head"]])], asked)

    def pull(self, asked, body, number):
        pull = self.pulls.get(int(number))
        return (200, pull) if pull else (404, {"message": "Not Found"})

    def comments_of(self, asked, body, number):
        return 200, page(self.comments.get(int(number), []), asked)

    def comment(self, asked, body, number):
        comments = self.comments.setdefault(int(number), [])
        comments.append({"id": 1000 * int(number) + len(comments), "user": BOT, **body})
        return 201, comments[-1]

    def change_comment(self, asked, body, number):
        found = next(comment for comments in self.comments.values() for comment in comments if comment["id"] == int(number))
        found.update(body)
        return 200, found

    def list_issues(self, asked, body):
        found = [issue for issue in self.issues if issue["state"] == "open" and issue["user"]["login"] == asked["creator"]]
        return 200, page(found, asked)

    def open_issue(self, asked, body):
        self.issues.append({"number": 40 + len(self.issues), "state": "open", "user": BOT, **body})
        return 201, self.issues[-1]

    def change_issue(self, asked, body, number):
        found = next(issue for issue in self.issues if issue["number"] == int(number))
        found.update(body)
        return 200, found

    def me(self, asked, body):
        return 200, {"id": 7}

    def list_merge_requests(self, asked, body):
        return 200, page(self.merge_requests if asked["target_branch"] == "main" else [], asked)

    def list_notes(self, asked, body, number):
        return 200, page(self.notes.get(int(number), []), asked)

    def note(self, asked, body, number):
        notes = self.notes.setdefault(int(number), [])
        notes.append({"id": 1000 * int(number) + len(notes), "author": {"id": 7}, **body})
        return 201, notes[-1]

    def change_note(self, asked, body, number, note):
        found = next(found for found in self.notes[int(number)] if found["id"] == int(note))
        found.update(body)
        return 200, found


REPOSITORY, PROJECT = "/repos/alpha/directory", "/projects/12"
ROUTES = [
    (f"GET {REPOSITORY}/pulls", Forge.list_pulls),
    (f"GET {REPOSITORY}/pulls/([0-9]+)", Forge.pull),
    (f"GET {REPOSITORY}/issues/([0-9]+)/comments", Forge.comments_of),
    (f"POST {REPOSITORY}/issues/([0-9]+)/comments", Forge.comment),
    (f"PATCH {REPOSITORY}/issues/comments/([0-9]+)", Forge.change_comment),
    (f"GET {REPOSITORY}/issues", Forge.list_issues),
    (f"POST {REPOSITORY}/issues", Forge.open_issue),
    (f"PATCH {REPOSITORY}/issues/([0-9]+)", Forge.change_issue),
    ("GET /user", Forge.me),
    (f"GET {PROJECT}/merge_requests", Forge.list_merge_requests),
    (f"GET {PROJECT}/merge_requests/([0-9]+)/notes", Forge.list_notes),
    (f"POST {PROJECT}/merge_requests/([0-9]+)/notes", Forge.note),
    (f"PUT {PROJECT}/merge_requests/([0-9]+)/notes/([0-9]+)", Forge.change_note),
]


def page(items, asked):
    size, number = int(asked.get("per_page", 30)), int(asked.get("page", 1))
    return items[(number - 1) * size:number * size]


def serve(answer):
    class Handler(BaseHTTPRequestHandler):
        def respond(self):
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            code, answered = answer(self.command, self.path, self.headers, body)
            answered = json.dumps(answered).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        do_GET = do_POST = do_PATCH = do_PUT = respond

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
