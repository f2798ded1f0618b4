#!/usr/bin/env python3
"""Checks that every link inside a built site leads to a file and, where it names one, to an element of it.

Reads the pages with Python's own HTML parser, so that it does not share a mistake with the program that wrote them.
usage: links.py FOLDER
"""
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links and the ids of one page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            elif name == "id":
                self.ids.add(value)


def main(root):
    # The Trusted Introducer's path for JSON ends in a slash, so that the file has the name of a page.
    files = (path for path in sorted(root.rglob("*.html")) if "downloads/json" not in path.as_posix())
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in files}
    checked, dead, outside = 0, [], set()
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                outside.add(parts.scheme)
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            checked += 1
            if root not in target.parents or not target.is_file():
                dead.append(f"{path.relative_to(root)}: {link} leads nowhere")
            elif target.name == "lookup.html" and parts.fragment.startswith("q="):
                continue  # a question to that page
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                dead.append(f"{path.relative_to(root)}: {link} names no element")
    for line in dead:
        print(line)
    if not outside <= {"https", "http", "mailto", "tel"}:
        dead.append("a scheme that no reader expects")
        print("schemes:", sorted(outside))
    print(f"{checked} links inside {len(pages)} pages, {len(dead)} dead")
    return 1 if dead or not checked else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
