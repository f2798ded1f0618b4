"""Files that are replaced, cut off, removed and made again while builds read them, and two builds and a preview at once."""
import hashlib
import http.client
import os
import re
import subprocess
import threading
import time

from _core import LONGEST, PEERAGE, TODAY, Pair, all_of, build, chance, fail, files, mended, project, sane

ROUNDS = 12

pair = Pair("changing")


def sums_hold(target, what):
    """The site is what its own list of checksums says it is."""
    found = files(target)
    listed = dict(reversed(line.split("  ", 1)) for line in found["SHA256SUMS"].decode().splitlines())
    for name, digest in listed.items():
        if hashlib.sha256(found.get(name, b"")).hexdigest() != digest:
            fail(f"{what}: {name} is not what SHA256SUMS says")
    if {*found} - {*listed} - {"SHA256SUMS", "manifest.json"}:
        fail(f"{what}: files that SHA256SUMS does not list")


class Restless:
    """Changes files of a project until it is told to stop, each from one whole text to another, in three ways."""

    def __init__(self, source, names, in_place):
        self.random = chance("changing", in_place)
        self.versions = {source / name: [text, text + self.more(name)] for name in names for text in [(source / name).read_bytes()]}
        self.in_place, self.stop, self.changes = in_place, threading.Event(), 0
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    @staticmethod
    def more(name):
        # What may stand at the end of any file of its kind.
        return b"\n" * 3 if name.endswith(".asc") else b"# again\n" * 3

    def work(self):
        while not self.stop.is_set():
            path, texts = self.random.choice(list(self.versions.items()))
            text = self.random.choice(texts)
            if self.in_place:
                if self.random.random() < 0.3:
                    path.unlink(missing_ok=True)
                    time.sleep(0.002)
                path.write_bytes(text[: len(text) // 2])
                path.write_bytes(text)
            else:
                draft = path.parents[2] / "draft"
                draft.write_bytes(text)
                os.replace(draft, path)
            self.changes += 1
            time.sleep(0.0005)

    def over(self):
        self.stop.set()
        self.thread.join()
        for path, texts in self.versions.items():
            path.write_bytes(texts[0])


def restless(in_place):
    names = ["static/large.bin", "static/onlyb.txt", "content/teams/nilgai-cirt.yaml", "content/teams/nilgai-cirt.asc"]
    source = project(pair.folder / f"restless-{in_place}/project", ["mbuyu-cert", "nilgai-cirt"], "b")
    target = pair.target(f"changing-{in_place}")
    at_work = Restless(source, names, in_place)
    copied = {name.removeprefix("static/"): at_work.versions[source / name] for name in names if name.startswith("static/")}
    codes = []
    try:
        for turn in range(ROUNDS):
            what = f"files that are {'written in place' if in_place else 'replaced'}, build {turn}"
            before = files(target)
            result = sane(build(source, target), what)
            codes.append(result.code)
            sums_hold(target, what)
            now = files(target)
            if result.code != 0 and now != before:
                fail(f"{what}: the build failed and changed the site: {result.told()}")
            for name, texts in copied.items():
                if not in_place and name in now and now[name] not in (*texts, before.get(name)):
                    fail(f"{what}: {name} is neither the one nor the other")
    finally:
        at_work.over()
    # What is replaced in one step is always there, so that no build fails.
    if not in_place and any(codes):
        fail(f"files that are replaced in one step make builds fail: {codes}")
    if at_work.changes < ROUNDS * 5:
        fail(f"only {at_work.changes} changes were made: no test")
    mended(source, target, pair.sites[1], "after the changes")
    return at_work.changes, codes


def preview(source):
    """A preview, and the address at which it answers."""
    process = subprocess.Popen([PEERAGE, "serve", "--today", TODAY, "--port", "0", source], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    begin = time.monotonic()
    for line in process.stderr:
        found = re.search(r"http://([\d.]+:\d+)/", line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, found[1]
        if time.monotonic() - begin > LONGEST:
            break
    fail("the preview does not say where it is")


def together():
    """Two who build the two versions into one folder at once, while a preview of the one is asked for pages."""
    source, target = pair.sources[1], pair.target("together")
    process, address = preview(source)
    stop, answers = threading.Event(), []

    def ask():
        while not stop.is_set():
            connection = http.client.HTTPConnection(address, timeout=LONGEST)
            connection.request("GET", "/teams/nilgai-cirt.html")
            answer = connection.getresponse()
            answers.append((answer.status, b"</html>" in answer.read()))
            connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    counts = {0: 0, 2: 0}

    def builder(which):
        for turn in range(ROUNDS):
            result = sane(build(pair.sources[which], target), f"two builds at once, {turn}")
            if result.code == 2 and "another build is writing" not in result.err or result.code == 1:
                fail(f"two builds at once: {result.told()}")
            counts[result.code] += 1

    try:
        all_of([lambda which=which: builder(which) for which in (0, 1)])
    finally:
        stop.set()
        asking.join()
        process.terminate()
        process.wait(LONGEST)
    if files(target) not in pair.sites:
        fail("two builds at once leave a site that is neither the one nor the other")
    if not answers or any(answer != (200, True) for answer in answers):
        fail(f"of {len(answers)} answers of the preview some were no page: {[a for a in answers if a != (200, True)][:3]}")
    mended(source, target, pair.sites[1], "after two builds at once")
    return counts, len(answers)


replaced, codes = restless(in_place=False)
written, mixed = restless(in_place=True)
print(f"{replaced} files replaced and {written} written in place during {2 * ROUNDS} builds, of which {sum(map(bool, codes + mixed))} refused: nothing was lost")
counts, answers = together()
print(f"two at once: {counts[0]} builds, {counts[2]} told to wait, {answers} answers of a preview: nothing was lost")
