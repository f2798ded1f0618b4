#!/usr/bin/env python3
"""Who can open what is sealed, asked of GnuPG: with keys that it made for six teams at different levels, `gpg --decrypt` opens
exactly the messages to which each is entitled, and fails on every other; and when a certificate has lapsed and a key is revoked,
the site leaves the old messages out, and the new ones do not open for those teams.

usage: sealed.py      from a source tree in which `cargo build` was run, or with the command in PEERAGE; needs gpg 2.2
"""
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PEERAGE = os.environ.get("PEERAGE") or Path(__file__).resolve().parents[2] / "target/debug/peerage"
# The keys are made now, so the days are of this time.
TODAY, LATER = "2027-01-15", "2027-06-01"
FACTS = {"listed": "Fact for those who are listed", "accredited": "Fact for the accredited", "certified": "Fact for the certified"}
# Each team, its history, and the messages that it opens on the first day and on the second. Alder's certificate lapses in between,
# and birch's key is revoked.
TEAMS = {
    "alder": ("{level: accredited, since: 2020-01-01}, {level: certified, since: 2024-03-01, until: 2027-02-28}",
              {"listed", "accredited", "certified"}, {"listed", "accredited"}),
    "birch": ("{level: accredited, since: 2020-01-01}, {level: certified, since: 2026-03-01}",
              {"listed", "accredited", "certified"}, set()),
    "cedar": ("{level: accredited, since: 2020-01-01}, {level: certified, since: 2026-03-01}",
              {"listed", "accredited", "certified"}, {"listed", "accredited", "certified"}),
    "dogwood": ("{level: accredited, since: 2021-01-01}", {"listed", "accredited"}, {"listed", "accredited"}),
    "elder": ("{level: listed, since: 2021-01-01}", {"listed"}, {"listed"}),
    "fir": ("{level: accredited, since: 2020-01-01}, {state: suspended, since: 2026-01-01}", set(), set()),
}
KINDS = {"alder": "default", "birch": "rsa3072", "cedar": "rsa2048", "dogwood": "nistp256", "elder": "default", "fir": "default"}
held = 0


def holds(what, is_so):
    global held
    if not is_so:
        raise SystemExit(f"not so: {what}")
    held += 1


def command(home, *arguments, day=None):
    clock = ["--faked-system-time", day.replace("-", "") + "T120000!"] if day else []
    return ["gpg", "--homedir", str(home), "--batch", "--no-tty", "--quiet", "--yes", "--pinentry-mode", "loopback",
            "--passphrase", "", "--trust-model", "always", *clock, *arguments]


def gpg(home, *arguments, said=b"", day=None):
    done = subprocess.run(command(home, *arguments, day=day), input=said, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{arguments}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def peerage(*arguments, said=None, code=0):
    done = subprocess.run([PEERAGE, *map(str, arguments)], input=said, capture_output=True)
    if done.returncode != code:
        raise SystemExit(f"{arguments}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done


def address(team):
    return f"csirt@{team}.example"


def make_key(home, team):
    """A key whose parts GnuPG made by itself, before the first day; each team has a home of its own."""
    home.mkdir(mode=0o700)
    kind = KINDS[team]
    user = f"{team} <{address(team)}>"
    if kind == "default":
        gpg(home, "--quick-gen-key", user, "future-default", "default", "0", day="2026-06-01")
    elif kind.startswith("rsa"):
        gpg(home, "--quick-gen-key", user, kind, "sign", "0", day="2026-06-01")
        gpg(home, "--quick-add-key", fingerprint(home), kind, "encrypt", "0", day="2026-06-01")
    else:
        gpg(home, "--quick-gen-key", user, kind, "sign", "0", day="2026-06-01")
        gpg(home, "--quick-add-key", fingerprint(home), kind, "encrypt", "0", day="2026-06-01")


def fingerprint(home):
    rows = gpg(home, "--with-colons", "--list-keys").decode().splitlines()
    return next(row.split(":")[9] for row in rows if row.startswith("fpr"))


def export(home, project, team):
    (project / f"content/teams/{team}.asc").write_bytes(gpg(home, "--armor", "--export"))


def opened(home, message):
    """What GnuPG opens of a message with the keys of a team; `None` where it has no key for it. Where it tries several keys, its
    exit code tells nothing."""
    done = subprocess.run(command(home, "--status-fd", "2", "--decrypt", str(message)), capture_output=True)
    if b"[GNUPG:] DECRYPTION_OKAY" in done.stderr:
        return done.stdout
    if b"[GNUPG:] DECRYPTION_FAILED" not in done.stderr or done.stdout:
        raise SystemExit(f"{home.name}: {done.stderr.decode(errors='replace')}")
    return None


def files(archive):
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def sealed(project):
    """The messages in the project, by audience."""
    return {path.name.rsplit("-", 1)[0]: path for path in (project / "content/sealed").glob("*.tar.gpg")}


def opens_for(homes, messages, expected):
    for team, home in homes.items():
        for audience, path in messages.items():
            content = opened(home, path)
            wanted = audience in expected[team]
            holds(f"{team} {'opens' if wanted else 'does not open'} what is for {audience}", (content is not None) == wanted)
            if content is None:
                continue
            found = files(content)
            told = json.loads(found["directory.json"])
            notes = [note for team in told["teams"] for note in team["notes"]]
            holds(f"what is for {audience} holds its fact alone", notes == [FACTS[audience]])
            holds("no other fact is in it", not any(fact.encode() in content for to, fact in FACTS.items() if to != audience))
            holds("the roster has the number", b"tel:+12025550100" in found["roster.csv"] or audience != "accredited")


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project, private, keys = root / "project", root / "private", root / "keys"
        for part in (project / "content/teams", private / "teams", keys):
            part.mkdir(parents=True)
        (project / "content/site.yaml").write_text("title: Test directory\nsample: true\n")
        homes = {team: keys / team for team in TEAMS}
        try:
            check(project, private, homes, root)
        finally:
            for home in [*homes.values(), keys / "operator"]:
                if home.exists():
                    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=True)
    print(f"{held} checks of who can open what held")


def check(project, private, homes, root):
    for team, (history, *_) in TEAMS.items():
        make_key(homes[team], team)
        export(homes[team], project, team)
        (project / f"content/teams/{team}.yaml").write_text(
            f"name: {team.title()}\ncountry: AT\ncontact: {{emails: [{{address: {address(team)}}}]}}\n"
            f"confirmed: 2026-12-01\nstatus: [{history}]\n")
    notes = "".join(f"  - {{audience: {level}, text: {fact}}}\n" for level, fact in FACTS.items())
    (private / "teams/cedar.yaml").write_text(
        f"notes:\n{notes}alerts:\n  - {{audience: accredited, name: Duty officer, phone: +1 202 555 0100, usage: [voice, text]}}\n")

    seal = ["seal", project, "--private", private]
    said = peerage(*seal, "--today", TODAY).stdout.decode()
    holds("the command says how many can read each", "For teams that are certified: 3 teams can read it" in said)
    first = sealed(project)
    holds("there is a message for each level", set(first) == set(FACTS))
    opens_for(homes, first, {team: now for team, (_, now, _) in TEAMS.items()})
    sizes = {len(opened(homes["cedar"], path)) for path in first.values()}
    holds("all are of one size inside", sizes == {64 * 1024})
    peerage("build", project, "--today", TODAY)
    for audience, path in first.items():
        published = project / f"public/sealed/{audience}.tar.gpg"
        holds("the site has each message as it was sealed", published.read_bytes() == path.read_bytes())

    # A certificate lapses, and a key is revoked.
    revocation = (homes["birch"] / f"openpgp-revocs.d/{fingerprint(homes['birch'])}.rev").read_text().replace(":-----", "-----")
    gpg(homes["birch"], "--import", said=revocation.encode())
    export(homes["birch"], project, "birch")
    said = peerage("check", project, "--today", LATER, "--format", "short").stdout.decode()
    told = [line for line in said.splitlines() if "sealed-audience" in line]
    holds("each message is told of", len(told) == 3)
    holds("it is said who", all("birch can read it" in line for line in told) and "alder can read it" in "".join(told))
    peerage("build", project, "--today", LATER)
    holds("the site has no old message", not list((project / "public/sealed").glob("*.gpg")))
    holds("and says so", "left out" in (project / "public/sealed.html").read_text())

    said = peerage(*seal, "--today", LATER).stdout.decode()
    holds("who cannot read is told, and why", "birch cannot: Key" in said and "revoked" in said)
    second = sealed(project)
    opens_for(homes, second, {team: then for team, (_, _, then) in TEAMS.items()})
    holds("the old messages are gone", not any(path.exists() for path in first.values()))
    peerage("build", project, "--today", LATER)
    holds("the site has all three again", len(list((project / "public/sealed").glob("*.gpg"))) == 3)

    messages(project, private, homes, root)


def messages(project, private, homes, root):
    """Recipients that are hidden, a signature, and messages that are handed over."""
    peerage("seal", project, "--private", private, "--today", LATER, "--hide-recipients")
    hidden = sealed(project)
    packets = gpg(homes["elder"], "--list-packets", "--list-only", str(hidden["certified"])).decode()
    holds("no key is named", "keyid 0000000000000000" in packets and packets.count("keyid 0000000000000000") == packets.count("keyid "))
    holds("the index names nobody", "cedar" not in (project / "content/sealed/index.yaml").read_text())
    opens_for(homes, hidden, {team: then for team, (_, _, then) in TEAMS.items()})

    operator = homes["cedar"].parent / "operator"
    operator.mkdir(mode=0o700)
    gpg(operator, "--quick-gen-key", "Operator <operator@directory.example>", "future-default", "default", "0")
    secret = root / "operator.asc"
    secret.write_bytes(gpg(operator, "--armor", "--export-secret-keys"))
    public = gpg(operator, "--armor", "--export")
    mail = "Subject: Wurm\n\nBitte prüfen: 192.0.2.17\n".encode()
    words = ["seal", "-", project, "--for", "certified", "--for", "elder", "--today", LATER, "--sign-with", secret]
    message = root / "message.asc"
    message.write_bytes(peerage(*words, said=mail).stdout)
    for team, home in homes.items():
        wanted = team in ("cedar", "elder")
        content = opened(home, message)
        holds(f"{team} {'reads' if wanted else 'does not read'} the mail", content == (mail if wanted else None))
    gpg(homes["elder"], "--import", said=public)
    status = gpg(homes["elder"], "--status-fd", "1", "--decrypt", str(message)).decode()
    holds("the operator signed it", f"VALIDSIG {fingerprint(operator)}" in status or "GOODSIG" in status)
    holds("nobody is written to who cannot read", peerage("seal", "-", project, "--for", "birch", "--today", LATER, said=mail, code=1))
    publication(project, root, operator, secret, public)


def publication(project, root, operator, secret, public):
    """Who signed a site: by GnuPG what we signed, and by us what GnuPG signed."""
    site, key, signature = root / "site", root / "operator.pub", root / "site/manifest.json.asc"
    key.write_bytes(public)
    peerage("build", project, "--out", site, "--sign-with", secret)
    holds("GnuPG finds our signature good", b"GOODSIG" in gpg(operator, "--status-fd", "1", "--verify", str(signature), str(site / "manifest.json")))
    gpg(operator, "--armor", "--output", str(signature), "--detach-sign", str(site / "manifest.json"))
    verify = ["verify", site, "--key", key]
    holds("we find GnuPG's signature good", b"signed by the OpenPGP key" in peerage(*verify).stdout)
    gpg(operator, "--digest-algo", "SHA1", "--armor", "--output", str(signature), "--detach-sign", str(site / "manifest.json"))
    holds("one that rests on SHA-1 is refused", b"SHA-1, which can be forged" in peerage(*verify, code=1).stderr)
    gpg(operator, "--armor", "--output", str(signature), "--detach-sign", str(site / "manifest.json"))
    revocation = (operator / f"openpgp-revocs.d/{fingerprint(operator)}.rev").read_text().replace(":-----", "-----")
    gpg(operator, "--import", said=revocation.encode())
    key.write_bytes(gpg(operator, "--armor", "--export"))
    holds("one by a key that is revoked is refused", b"is revoked" in peerage(*verify, code=1).stderr)
    done = subprocess.run([PEERAGE, "build", str(project), "--out", str(site), "--sign-with", str(key)], capture_output=True)
    holds("a public key signs nothing", done.returncode == 2)


if __name__ == "__main__":
    sys.exit(main())
