"""Puts what changes in terms of trust under each open merge request, as one comment that is renewed.

Run by the job `trust-comments` of .gitlab-ci.yml, on the default branch. A merge request is data here: its commits are fetched, and
read by `peerage diff`, which checks nothing out; its text is posted and never run.   trust-comments.py PROJECT
"""
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

MARK = "<!-- peerage: trust report -->"
LONGEST = 60_000  # characters
PAGES = 10  # of a hundred merge requests, or comments

environment = os.environ
api = f"{environment['CI_API_V4_URL']}/projects/{int(environment['CI_PROJECT_ID'])}"
peerage = os.path.abspath(".peerage-bin/bin/peerage")


def ask(url, method="GET", body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"PRIVATE-TOKEN": environment["PEERAGE_TOKEN"], "Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def pages(url):
    for page in range(1, PAGES + 1):
        found = ask(f"{url}{'&' if '?' in url else '?'}per_page=100&page={page}")
        yield from found
        if len(found) < 100:
            return


def run(*words, **more):
    # What reads the merge request does not know the token.
    without = {name: value for name, value in environment.items() if name != "PEERAGE_TOKEN"}
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=without, **more).stdout


def report(base, head):
    text = run(peerage, "diff", base, head, cwd=sys.argv[1])
    text = "".join(c for c in text if c in "\n\t" or c.isprintable() or c == "\u200b")
    # Nobody is called by name, and no line is a command to GitLab. What this adds counts too.
    text = re.sub(r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])", "@\u200b", text)
    text = re.sub(r"(?m)^([ \t]*)/", "\\1\\\\/", text)
    if len(text) > LONGEST:
        text = f"**This is not the whole report: read every line yourself.**\n\n{text[:LONGEST]}"
    return text


def told(head):
    """The report of a commit, or why there is none: that of an earlier commit must not stay."""
    try:
        base = run("git", "merge-base", "HEAD", head).strip()
    except subprocess.CalledProcessError:
        return "**This shares no history with the default branch: read every line yourself.**"
    try:
        return report(base, head)
    except subprocess.CalledProcessError:
        return f"**The report of commit {head} could not be made: read every line yourself.**"


def comment(request, me):
    number, head = int(request["iid"]), request["sha"]
    if not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", head or ""):
        return "has no commit"
    run("git", "fetch", "--quiet", "--no-tags", "origin", f"refs/merge-requests/{number}/head")
    if run("git", "rev-parse", "FETCH_HEAD").strip() != head:
        return "has moved on"
    body = f"{MARK}\n{told(head)}\n\n<sub>Of commit {head} alone.</sub>"
    notes = f"{api}/merge_requests/{number}/notes"
    ours = [note for note in pages(notes) if note["author"]["id"] == me and note["body"].startswith(MARK)]
    if not ours:
        ask(notes, "POST", {"body": body})
        return "has a new report"
    if ours[0]["body"].strip() == body.strip():
        return "has its report"
    ask(f"{notes}/{int(ours[0]['id'])}", "PUT", {"body": body})
    return "has its report renewed"


def main():
    me = ask(f"{environment['CI_API_V4_URL']}/user")["id"]
    branch = urllib.parse.quote(environment["CI_DEFAULT_BRANCH"], safe="")
    failed = False
    for request in pages(f"{api}/merge_requests?state=opened&target_branch={branch}"):
        # One that cannot be read leaves the others theirs.
        try:
            print(f"Merge request {int(request['iid'])} {comment(request, me)}.")
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"Merge request {int(request['iid'])} could not be read: {error}")
            failed = True
    raise SystemExit(failed)


main()
