"""Keys of every kind and fate that GnuPG 2.2 can give them, made at stated times.

Used by gpg.py. Each recipe is told a `Maker` that drives GnuPG, and leaves one key.
"""
import subprocess

BORN, LATER, LAST = "20200101T120000", "20210301T120000", "20220601T120000"
PLAIN = "ed25519", "cv25519"


class Maker:
    """A home of GnuPG in which one recipe at a time makes the key of `name`.

    `past` holds that key as it was published before.
    """

    def __init__(self, home):
        self.home, self.name, self.fingerprint, self.past = home, "", "", []

    def gpg(self, time, *arguments, said=""):
        """Runs GnuPG at `time`; `said` answers what it asks."""
        asks = ["--command-fd", "0", "--status-fd", "2"] if said else ["--batch"]
        command = ["gpg", "--homedir", str(self.home), "--no-options", "--yes", "--quiet", "--no-tty", "--expert",
                   "--pinentry-mode", "loopback", "--passphrase", "", "--no-auto-check-trustdb", "--trust-model", "always",
                   "--faked-system-time", f"{time}!", *asks, *arguments]
        said = said if isinstance(said, bytes) else said.encode()
        done = subprocess.run(command, input=said, capture_output=True)
        if done.returncode:
            raise SystemExit(f"{self.name}: {' '.join(command)}\n{done.stderr.decode(errors='replace')}")
        return done.stdout

    def make(self, algorithm, subkey, expire="never", *, user_id=None, usage="sign,cert", more=(), time=BORN):
        """A primary key, and a subkey to encrypt to, if one is named."""
        before = self.fingerprints()
        user_id = user_id or f"{self.name} <{self.name}@alpha.example>"
        self.gpg(time, *more, "--allow-freeform-uid", "--quick-gen-key", user_id, algorithm, usage, expire)
        self.fingerprint, = self.fingerprints() - before
        if subkey:
            self.add(subkey, "encrypt", expire, *more, time=time)
        return self.fingerprint

    def fingerprints(self):
        rows = [line.split(":") for line in self.gpg(BORN, "--with-colons", "--list-keys").decode().splitlines()]
        return {row[9] for at, row in enumerate(rows) if row[0] == "fpr" and rows[at - 1][0] == "pub"}

    def add(self, algorithm, usage, expire="never", *more, time=BORN):
        self.gpg(time, *more, "--quick-add-key", self.fingerprint, algorithm, usage, expire)

    def expire(self, when, *subkeys, time=LATER):
        # GnuPG replaces the signature that it renews; a key that was published before has both.
        self.past.append(self.export())
        self.gpg(time, "--quick-set-expire", self.fingerprint, when, *subkeys)

    def add_uid(self, user_id, time=BORN):
        self.gpg(time, "--allow-freeform-uid", "--quick-add-uid", self.fingerprint, user_id)

    def certify_again(self, user_id, time, *more):
        """By a signature that says nothing of the key; `user_id` is a number."""
        self.edit(f"uid {user_id}", "sign", "y", "save", time=time,
                  more=["--force-sign-key", "--default-key", self.fingerprint, *more])

    def edit(self, *commands, time=LATER, more=()):
        self.gpg(time, *more, "--edit-key", self.fingerprint, said="".join(f"{line}\n" for line in commands))

    def revoke(self, reason, comment="", time=LATER):
        """`reason` is the number in GnuPG's menu: unstated, compromised, superseded, retired."""
        answers = ["y", str(reason), *([comment] if comment else []), "", "y"]
        revocation = self.gpg(time, "--gen-revoke", self.fingerprint, said="".join(f"{line}\n" for line in answers))
        self.gpg(time, "--import", said=revocation)

    def export(self):
        return self.gpg("20350101T000000", "--export", self.fingerprint)


def extended(k):
    k.make(*PLAIN, "2y")
    k.expire("20y")
    k.expire("20y", "*")


def extended_alone(k):
    k.make(*PLAIN, "2y")
    k.expire("20y")


def extended_after_its_end(k):
    k.make(*PLAIN, "1y")
    k.expire("20y", time=LAST)
    k.expire("20y", "*", time=LAST)


def shortened(k):
    k.make(*PLAIN, "20y")
    k.expire("1y")


def never_to_a_date_and_back(k):
    k.make(*PLAIN)
    k.expire("2y")
    k.expire("never", time=LAST)


def a_date_to_never(k):
    k.make(*PLAIN, "2y")
    k.expire("never")
    k.expire("never", "*")


def extended_with_two_user_ids(k):
    k.make(*PLAIN, "2y")
    k.add_uid("second <second@alpha.example>", time="20200102T120000")
    k.expire("4y")
    k.expire("20y", time=LAST)


def second_user_id_after_extension(k):
    k.make(*PLAIN, "2y")
    k.expire("10y")
    k.add_uid("second <second@alpha.example>", time=LAST)


def ends_at_the_end_of_a_day(k):
    k.make(*PLAIN, "20220630T235959")


def ends_with_a_day(k):
    k.make(*PLAIN, "20220701T000000")


def revoked_user_id(k):
    k.make(*PLAIN)
    k.add_uid("gone <gone@alpha.example>")
    k.gpg(LATER, "--quick-revoke-uid", k.fingerprint, "gone <gone@alpha.example>")


def revoked_primary_user_id(k):
    fingerprint = k.make(*PLAIN, "2y")
    k.add_uid("stays <stays@alpha.example>")
    k.expire("20y")
    k.gpg(LAST, "--quick-revoke-uid", fingerprint, f"{k.name} <{k.name}@alpha.example>")


def revived_user_id(k):
    k.make(*PLAIN)
    k.add_uid("back <back@alpha.example>")
    before = k.export()
    k.gpg(LATER, "--quick-revoke-uid", k.fingerprint, "back <back@alpha.example>")
    k.past.append(k.export())
    k.gpg(LATER, "--delete-keys", k.fingerprint)
    k.gpg(LATER, "--import", said=before)
    k.gpg(LAST, "--quick-set-primary-uid", k.fingerprint, "back <back@alpha.example>")


def revoked_subkey(k):
    k.make(*PLAIN)
    k.add("cv25519", "encrypt", "10y", time=LATER)
    k.edit("key 1", "revkey", "y", "0", "", "y", "save", time=LAST)


def only_subkey_revoked(k):
    k.make(*PLAIN)
    k.edit("key 1", "revkey", "y", "1", "", "y", "save")


def compromised_then_retired(k):
    k.make(*PLAIN)
    k.revoke(3, "the team has closed")
    k.revoke(1, "found on a share", time=LAST)


def revoked_from_the_future(k):
    k.make(*PLAIN)
    k.revoke(1, "soon", time="20290101T000000")


def extended_from_the_future(k):
    k.make(*PLAIN, "2y")
    k.expire("8y", time="20211201T000000")
    k.expire("20y", time="20290101T000000")


def many_user_ids(k):
    k.make("rsa2048", "rsa2048", "10y", user_id="Équipe Ünïcödé <one@alpha.example>")
    for time, user_id in [(BORN, "two: with a colon <two@alpha.example>"),
                          (BORN, "three\\ with \\x3a <three@alpha.example>"),
                          ("20200301T120000", "日本 チーム <four@alpha.example>"), ("20200301T120000", "five@alpha.example")]:
        k.add_uid(user_id, time)
    k.gpg(LAST, "--quick-set-primary-uid", k.fingerprint, "two: with a colon <two@alpha.example>")


def many_subkeys(k):
    k.make("rsa2048", "rsa2048", "10y")
    for algorithm, usage, expire in [("ed25519", "sign", "2y"), ("ed25519", "auth", "10y"),
                                     ("cv25519", "encrypt", "never"),
                                     ("nistp256/ecdsa", "sign", "never"), ("rsa2048", "sign,encrypt,auth", "3y")]:
        k.add(algorithm, usage, expire, time=LATER)


def certified_by_others(k):
    others = [k.make(algorithm, None, user_id=f"other {algorithm} <{algorithm}@beta.example>", usage="cert")
              for algorithm in ("ed25519", "nistp256", "rsa2048")]
    k.make(*PLAIN)
    for time, other in zip((LATER, LAST, LAST), others):
        k.gpg(time, "--default-key", other, "--quick-sign-key", k.fingerprint)


def certified_again(k):
    k.make(*PLAIN, "10y")
    k.add_uid("again <again@alpha.example>")
    k.certify_again(2, LATER)
    k.certify_again(1, LAST)


def designated_revoker(k):
    other = k.make("ed25519", None, user_id="revoker <revoker@beta.example>")
    k.make(*PLAIN, "10y")
    k.edit("addrevoker", other, "y", "save")


def revoked_by_designated_revoker(k):
    designated_revoker(k)
    answers = "y\n1\n\ny\n"
    k.gpg(LAST, "--import", said=k.gpg(LAST, "--desig-revoke", k.fingerprint, said=answers))


def with_a_picture(k):
    """A user attribute, which is no user id."""
    k.make(*PLAIN)
    picture = k.home / "picture.jpg"
    picture.write_bytes(bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9"))
    k.edit("addphoto", str(picture), "y", "save")


def sign_only(k):
    k.make("ed25519", None)


def cert_only(k):
    k.make("ed25519", "cv25519", usage="cert")
    k.add("ed25519", "sign")


def cert_alone(k):
    k.make("ed25519", None, usage="cert")


def all_in_one(k):
    k.make("rsa2048", None, usage="cert,sign,auth,encrypt")


def subkey_ends_first(k):
    k.make("ed25519", None, "20y")
    k.add("cv25519", "encrypt", "1y")


def second_subkey_takes_over(k):
    k.make("ed25519", None, "20y")
    k.add("cv25519", "encrypt", "1y")
    k.add("cv25519", "encrypt", "3y", time="20201201T120000")


def notations(k):
    k.make(*PLAIN, "10y")
    k.certify_again(1, LATER, "--cert-notation", "colour@alpha.example=blue")


def critical_notation(k):
    """What does not know the notation must not take the signature for valid."""
    k.make(*PLAIN, "10y")
    k.add_uid("second <second@alpha.example>", LATER)
    k.gpg(LATER, "--quick-revoke-uid", k.fingerprint, "second <second@alpha.example>")
    k.certify_again(2, LAST, "--cert-notation", "!colour@alpha.example=blue")


def signed_with(digest, later=False):
    more = ["--cert-digest-algo", digest]

    def recipe(k):
        k.make("rsa2048", "rsa2048", "10y", more=more, time=LAST if later else BORN)
        # GnuPG refuses SHA-1 for what a subkey signs itself.
        k.add("rsa2048", "auth", "never", *more, time=LAST)
    return recipe


def simple(algorithm, subkey, expire="never", **more):
    return lambda k: k.make(algorithm, subkey, expire, **more)


def revoked(reason, comment=""):
    def recipe(k):
        k.make(*PLAIN, "10y")
        k.revoke(reason, comment)
    return recipe


RECIPES = {
    **{f"{size}": simple(size, size) for size in ("rsa1024", "rsa2048", "rsa3072", "rsa4096")},
    **{f"dsa{bits}": simple(f"dsa{bits}", f"elg{bits}") for bits in (1024, 2048, 3072)},
    **{curve: simple(curve, curve) for curve in (
        "nistp256", "nistp384", "nistp521", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp256k1")},
    "ed25519": simple(*PLAIN),
    "expired": simple(*PLAIN, "1y"),
    "expiring": simple(*PLAIN, "20270101T000000"),
    "from-the-future": simple(*PLAIN, "20320101T000000", time="20300101T120000"),
    "revoked-unstated": revoked(0),
    "revoked-superseded": revoked(2, "see our new key: colon \\ back"),
    "revoked-compromised": revoked(1),
    "revoked-retired": revoked(3, "Schluß"),
    "no-address": simple(*PLAIN, user_id="A team without an address"),
    **{f"hash-{digest.lower()}": signed_with(digest) for digest in ("SHA1", "RIPEMD160", "SHA224", "SHA384", "SHA512")},
    "hash-sha1-later": signed_with("SHA1", later=True),
    **{recipe.__name__.replace("_", "-"): recipe for recipe in (
        extended, extended_alone, extended_after_its_end, shortened, never_to_a_date_and_back, a_date_to_never,
        extended_with_two_user_ids, second_user_id_after_extension, ends_at_the_end_of_a_day, ends_with_a_day,
        revoked_user_id, revoked_primary_user_id, revived_user_id, revoked_subkey, only_subkey_revoked,
        compromised_then_retired, revoked_from_the_future, extended_from_the_future, many_user_ids, many_subkeys,
        certified_by_others, certified_again, designated_revoker, revoked_by_designated_revoker, with_a_picture,
        sign_only, cert_only, cert_alone, all_in_one, subkey_ends_first, second_subkey_takes_over, notations,
        critical_notation)},
}


def make(home, names):
    """The keys of `names` in binary, by name, made in a home of their own."""
    maker, made = Maker(home), {}
    for name in names:
        maker.name, maker.fingerprint, maker.past = name, "", []
        RECIPES[name](maker)
        if maker.past:
            maker.gpg(LAST, "--import", said=b"".join(maker.past))
        made[name] = maker.export()
    return made
