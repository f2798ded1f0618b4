"use strict";
// lookup.html: who answers for this? The rules and the files are those of docs/lookup.md; here is how a browser keeps them.
// What people read stands in the page, in templates. What a team wrote is only ever set as text, never as mark-up.
{
  const { STATUSES, today, lowest, dayBefore, part: partOf, loader, words, sameInOtherLanguages } = peerage;
  const LIMIT = 50;
  const LONGEST = 1000;
  const LONGEST_PREFIX = 24;
  const MOST_NAMED = 200;
  const MOST_WORDS = 10;
  /** Why a team is found, from the best reason to the last resort. */
  const KINDS = ["email", "key", "key-id", "id", "name", "network", "network-within", "domain", "asn", "national-constituency", "national-seat",
    "constituency-country", "seat", "name-begins", "name-words", "country-of-domain"];
  /** What still finds a team that has withdrawn. */
  const IDENTIFYING = ["email", "key", "key-id", "id", "name", "name-begins", "name-words"];
  /** What the value of is a country. */
  const OF_COUNTRY = ["national-constituency", "national-seat", "constituency-country", "seat", "country-of-domain"];
  /** What stands around something that is pasted, behind it, and between several things: as in src/lookup/paste.rs. */
  const QUOTES = "\"'\x60“”„‘’‚«»‹›";
  const BRACKETS = ["()", "[]", "{}", "<>"];
  const STOPS = ".,;:!?";
  const BETWEEN = /[\p{White_Space},;|=\-–"'<>()[\]]/u;
  const KEY_LABEL = /^(?:fpr|fingerprint|key|key fingerprint|key id|openpgp4fpr|sha256|sha256 fingerprint)\p{White_Space}*[:=]/iu;
  const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
  /** Why there is no answer: the name of a sentence in the page. */
  class Refusal extends Error {}
  const refuse = (sentence) => { throw new Refusal(sentence); };
  const own = (map, key) => (Object.hasOwn(map, key) ? map[key] : undefined);

  // ---- Files

  const byId = (id) => document.getElementById(id);
  const file = loader("peerageLookup", `${byId("ask").dataset.root}lookup/shards/`);
  let about;
  /** Whether files of several builds were met: what stands in neither is not found. */
  let isMixed = false;

  async function load(name) {
    const data = await file(name).catch(() => refuse("load"));
    isMixed ||= Boolean(about && data.computed_for && data.computed_for !== about.computed_for);
    return data;
  }

  /** The rows behind an exact key. FNV-1a, 32 bits, says in which file they are. */
  async function rowsOf(key) {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
    const { keys, teams } = await load(((hash >>> 0) % about.buckets).toString(16));
    const { total, rows } = own(keys, key) ?? { total: 0, rows: [] };
    return { total, rows: rows.map(({ team, kind, value }) => ({ team: teams[team], kind, value })) };
  }

  // ---- What a text can mean

  function bytesOf4(text) {
    const parts = text.split(".");
    const isOctet = (part) => /^(0|[1-9]\d{0,2})$/.test(part) && part < 256;
    return parts.length === 4 && parts.every(isOctet) ? parts.map(Number) : null;
  }

  function bytesOf6(text) {
    const tail = text.slice(text.lastIndexOf(":") + 1);
    const four = tail.includes(".") ? bytesOf4(tail) : [];
    if (!four || !text.includes(":")) return null;
    const pair = (at) => (four[at] * 256 + four[at + 1]).toString(16);
    const halves = (four.length ? text.slice(0, -tail.length) + `${pair(0)}:${pair(2)}` : text).split("::");
    const groups = halves.map((half) => (half ? half.split(":") : []));
    const missing = 8 - groups.flat().length;
    if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return null;
    if (!groups.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
    if (halves.length === 2) groups.splice(1, 0, Array(missing).fill("0"));
    return groups.flat().map((group) => parseInt(group, 16)).flatMap((number) => [number >> 8, number & 255]);
  }

  /** A network without the bits behind its prefix; an IPv4-mapped one is the IPv4 network. */
  function networkOf(bytes, length) {
    const mapped = bytes.length === 16 && length >= 96 && bytes.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 255));
    if (mapped) return networkOf(bytes.slice(12), length - 96);
    const masks = bytes.map((_, at) => (0xff00 >> Math.min(8, Math.max(0, length - 8 * at))) & 255);
    const first = bytes.map((byte, at) => byte & masks[at]);
    const last = bytes.map((byte, at) => byte | (~masks[at] & 255));
    const hex = (parts) => parts.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const address = bytes.length === 4 ? first.join(".") : new URL(`http://[${hex(first).match(/..../g).join(":")}]`).hostname.slice(1, -1);
    return { kind: "network", value: `${address}/${length}`, length, first: hex(first), last: hex(last) };
  }

  /** What begins with a letter behind an address is no length: it is what stands behind the host of a URL. */
  function network(text) {
    const [address, behind] = text.includes("/") ? [text.slice(0, text.indexOf("/")), text.slice(text.indexOf("/") + 1)] : [text];
    const length = /^[a-z]/i.test(behind ?? "") ? undefined : behind;
    const bytes = bytesOf4(address) ?? bytesOf6(address);
    if (!bytes) return null;
    const most = bytes.length * 8;
    if (length !== undefined && (!/^\d+$/.test(length) || length > most)) refuse(holdsAddress(text) ? "not-alone" : "prefix");
    if (!isOne(text)) refuse("not-alone");
    return networkOf(bytes, Number(length ?? most));
  }

  /** A host's name in A-labels. The last label keeps the browser from reading numbers as an address; it is taken off again. */
  function aLabels(text) {
    const name = text.endsWith(".") ? text.slice(0, -1) : text;
    // What would mean something to a URL.
    if (/[\0-\x20%/:?#@[\\\]]/.test(name) || !URL.canParse(`http://${name}.x/`)) return null;
    const host = new URL(`http://${name}.x/`).hostname.slice(0, -2);
    const labels = host.split(".");
    const fits = host.length <= 253 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
    return fits && !/^\d+$/.test(labels.at(-1)) ? host : null;
  }

  /** A domain or the network of an address, with or without a port. */
  function host(text) {
    const bracketed = /^\[([^\]]*)\](:\d{1,5})?$/.exec(text);
    const name = text.replace(/:\d{1,5}$/, "");
    const bytes = bytesOf4(bracketed?.[1] ?? name) ?? (bracketed && bytesOf6(bracketed[1]));
    if (bytes) return networkOf(bytes, bytes.length * 8);
    const domain = aLabels(name);
    return domain && { kind: "domain", value: domain };
  }

  /** Without white space around it, which in JavaScript is not quite what it is elsewhere. */
  const trimmed = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  const behindLast = (text, mark) => text.slice(text.lastIndexOf(mark) + 1);

  function mailbox(text) {
    const lower = text.toLowerCase();
    const domain = aLabels(behindLast(lower, "@"));
    return domain ? lower.slice(0, lower.lastIndexOf("@") + 1) + domain : lower;
  }

  function key(text) {
    const isLabelled = KEY_LABEL.test(text);
    const unlabelled = trimmed(text.replace(KEY_LABEL, ""));
    const hasPrefix = /^0x/i.test(unlabelled);
    const marked = isLabelled || hasPrefix;
    const digits = unlabelled.slice(hasPrefix ? 2 : 0).replace(/[\p{White_Space}:]/gu, "");
    if (!/^[0-9a-f]+$/i.test(digits)) return null;
    if (digits.length === 8 && marked) refuse("short-key-id");
    const kind = { 16: "key-id", 40: "key", 64: "key" }[digits.length];
    return kind ? { kind, value: digits.toUpperCase(), certain: marked || kind === "key" } : null;
  }

  /** A host, or that of a URL without its scheme: of `alpha.example/x`, but not of `CERT/CC`. */
  function hosted(text) {
    const before = /^([^/?#]*)[/?#]/.exec(text)?.[1];
    return host(text.startsWith("*.") ? text.slice(2) : text) ?? [before && host(before)].find((of) => isBelow(of) && isOne(text)) ?? null;
  }

  /** Whether a host is more than one word: an address, or a name below another. */
  const isBelow = (host) => Boolean(host && (host.kind === "network" || host.value.includes(".")));

  /** An e-mail address and its host. Where the `@` was written in words the host has to be a full one: a name may have `(at)`. */
  function mailed(text, hasAt) {
    if (!/^[^\p{White_Space},;|<>@]+@[^\p{White_Space}@]*$/u.test(text)) return null;
    const at = host(behindLast(text, "@"));
    return at && (hasAt || isBelow(at)) ? [{ kind: "email", value: mailbox(text) }, at] : null;
  }

  /** The text with `[.]`, `(at)` and the like as the characters they stand for, also with white space around them. */
  function refanged(text) {
    const [around, mark] = ["\\p{White_Space}*", "(\\.|dot|@|at|:\\/\\/|:|\\/)"];
    const marks = new RegExp(`${around}(?:\\[${mark}\\]|\\(${mark}\\)|\\{${mark}\\})${around}`, "giu");
    return text.replace(marks, (_, ...found) => {
      const word = found.slice(0, 3).find(Boolean).toLowerCase();
      return { dot: ".", at: "@" }[word] ?? word;
    });
  }

  /** The text without quotes and brackets around all of it, and without the stops behind it. Two colons end a network of IPv6, too. */
  function bare(text) {
    const inner = trimmed(text);
    const [first, last] = [inner.charAt(0), inner.slice(-1)];
    const isEnclosed = inner.length > 1 && ((QUOTES.includes(first) && QUOTES.includes(last)) || BRACKETS.includes(first + last));
    if (isEnclosed) return bare(inner.slice(1, -1));
    return last && STOPS.includes(last) && !inner.endsWith("::") ? bare(inner.slice(0, -1)) : inner;
  }

  const partsOf = (text) => text.split(BETWEEN).filter((part) => part !== text);
  const beforePath = (part) => bare(part).split("/")[0];

  /** `::` stands between words, too. */
  function isIpAddress(part) {
    const address = beforePath(part);
    return address !== "::" && Boolean(bytesOf6(address) || host(address)?.kind === "network");
  }

  /** Whether a text is a domain below another. One letter at the end is rather that of an abbreviation: `e.V`. */
  const isFullName = (text) => [host(text)].some((of) => of?.kind === "domain" && /\.[^.]{2,}$/.test(of.value));
  const isMailbox = (part) => /^[^@]+@/.test(beforePath(part)) && isFullName(beforePath(part).replace(/^[^@]+@/, ""));
  const holdsAddress = (text) => partsOf(text).some(isIpAddress);

  /** Whether something stands in a text among other things that would be looked up by itself. */
  function holdsSeveral(text) {
    const standsAlone = (part) => isIpAddress(part) || isMailbox(part) || /^asn?\d+$/i.test(bare(part)) || isFullName(beforePath(part));
    return text.split("@").length > 2 || partsOf(text).some(standsAlone);
  }

  /** Whether a text with a host and a path is one address to its end. */
  function isOne(text) {
    const begins = (part) => isIpAddress(part) || isMailbox(part) || SCHEME.test(bare(part));
    return !/\p{White_Space}/u.test(text) && !text.split(/[,;|]/).slice(1).some(begins);
  }

  /** Why nobody is called so: it is like something else. Null where it could be a name. */
  function likeness(text) {
    if (/^(?:tel:)?\+[\p{White_Space}()./-]*\d[\d\p{White_Space}()./-]*$/iu.test(text)) return "telephone";
    const address = text.replace(/^\[+/, "").split(/[/%\]]/)[0];
    if (/^(?:[\d*]+\.){3}[\d*]+(?::|$)/.test(address) || /^(?=.*::|(?:[^:]*:){3})[\da-f:.]+$/i.test(address)) return "no-address";
    return holdsSeveral(text) ? "not-alone" : null;
  }

  const behindMailto = (text) => (/^mailto:.*@/is.test(text) ? text.slice("mailto:".length).split("?")[0] : text);

  /** The address in a text as it is pasted: made harmless, in angle brackets behind a name, behind `mailto:`; or the text itself. */
  function unwrapped(text) {
    const whole = bare(refanged(text));
    const [, before, inner] = /^(.*)<([^<]*)>$/s.exec(whole) ?? [];
    const isAddress = /@|:\/\//.test(inner ?? "");
    const isName = isAddress && !/[<@]|:\/\//.test(before) && !before.split(BETWEEN).some(isIpAddress);
    return behindMailto(isName || (isAddress && bare(before) === behindMailto(inner)) ? inner : whole);
  }

  /** An AS number: `64500`, `AS64500`, `asn 64500`, `AS-64500`. */
  function asn(text) {
    const digits = /^(?:[Aa][Ss][Nn]?\p{White_Space}*[-:]?\p{White_Space}*)?([1-9]\d{0,9})$/u.exec(text)?.[1];
    return digits < 0xffffffff ? { kind: "asn", value: `AS${digits}` } : null;
  }

  /** The country of a code, where there is a key for it. */
  function countryOf(code) {
    const upper = code === "UK" ? "GB" : code;
    return own(about.countries, upper) ? { kind: "country", value: upper } : null;
  }

  function country(text) {
    const named = (code) => [about.countries[code], countryName(code)].some((name) => joined(name) === joined(text));
    const code = Object.keys(about.countries).find(named);
    return (/^[a-z]{2}$/i.test(text) ? countryOf(text.toUpperCase()) : null) ?? (code && countryOf(code));
  }

  const joined = (text) => words(text).join("");

  function meaningsOf(text) {
    if ([...text].length > LONGEST) refuse("too-long");
    const plain = unwrapped(text);
    const net = network(plain);
    if (net) return [net];
    if (plain.includes("://")) {
      if (!SCHEME.test(plain) || !isOne(plain)) refuse("not-alone");
      const authority = plain.replace(SCHEME, "").split(/[/?#\\]/)[0];
      return [host(behindLast(authority, "@")) ?? refuse("no-host")];
    }
    const known = key(plain);
    if (known?.certain) return [known];
    const named = words(text);
    const name = named.length ? { kind: "name", value: named.join(" "), words: named } : null;
    const site = hosted(plain);
    // `alpha.example/@x` is a path.
    const mail = site ? null : mailed(plain, text.includes("@"));
    // `CERT (AT) X.Y` may be a name, too.
    if (mail) return !text.includes("@") && /\p{White_Space}/u.test(text) ? [...mail, name] : mail;
    if (site?.kind === "network") return [site];
    const meanings = [known, asn(plain), country(bare(text)), site].filter(Boolean);
    if (!meanings.length && holdsAddress(plain)) refuse("not-alone");
    if (name) meanings.push(name);
    return meanings.length ? meanings : refuse("empty");
  }

  // ---- What is found

  class Gathering {
    found = new Map();
    cut = [];

    add(team, kind, value) {
      if (!this.found.has(team.id)) this.found.set(team.id, { team, reasons: [] });
      const { reasons } = this.found.get(team.id);
      if (!reasons.some((known) => known.kind === kind && known.value === value)) reasons.push({ kind, value });
    }

    has(id, kinds) {
      return this.found.get(id)?.reasons.some(({ kind }) => kinds.includes(kind)) ?? false;
    }

    async keys(keys) {
      const all = await Promise.all(keys.map(rowsOf));
      all.forEach(({ total, rows }, at) => {
        if (total > rows.length) this.cut.push({ key: keys[at], total });
        rows.forEach(({ team, kind, value }) => this.add(team, kind, value));
      });
    }

    async lookUp(meaning, text) {
      const { kind, value } = meaning;
      if (kind === "network") return this.network(meaning);
      if (kind === "domain") {
        const labels = value.split(".");
        const suffixes = labels.map((_, at) => labels.slice(at)).filter((suffix) => suffix.length <= about.labels);
        return this.keys(suffixes.map((suffix) => `domain:${suffix.join(".")}`));
      }
      if (kind === "key" || kind === "key-id") return this.keys([`${kind.replace("-", "")}:${value.toLowerCase()}`]);
      if (kind !== "name") return this.keys([`${kind}:${kind === "asn" ? value.slice(2) : value}`]);
      if (/^[a-z][a-z0-9-]*$/i.test(bare(text))) await this.keys([`id:${bare(text).toLowerCase()}`]);
      await this.keys([`name:${meaning.words.join("")}`]);
      return this.names(meaning.words);
    }

    /** The networks that hold all of one stand on the way to it; those that are a part of it at the end of that way, and below. */
    async network({ value, length, first, last }) {
      let name = first.length === 8 ? "network/ipv4" : "network/ipv6";
      const parts = [];
      for (let depth = 0; ; depth += 1) {
        const node = await load(name);
        for (const row of node.networks) {
          if (row.first <= first && last <= row.last) {
            if (row.total > row.teams.length) this.cut.push({ key: `network:${row.network}`, total: row.total });
            row.teams.forEach((id) => this.add(node.teams[id], "network", row.network));
          } else if (first <= row.first && row.last <= last) parts.push({ node, row });
        }
        const isEnd = 4 * (depth + 1) > length;
        if (isEnd || !node.children.includes(first[depth])) {
          const below = isEnd ? node.children.filter((digit) => first[depth] <= digit && digit <= last[depth]) : [];
          return this.within(value, parts, below.map((digit) => (
            { name: `${name}/${digit}`, total: node.below[digit], teams: node.teams_below?.[digit] })));
        }
        name += `/${first[depth]}`;
      }
    }

    /** The networks that are a part of one: all if they are few, which stand at the nodes themselves; else each team's largest, if the teams are few. */
    // A node that the browser has kept of an earlier build may not know the largest.
    async within(value, parts, nodes) {
      const total = [...parts.map(({ row }) => row), ...nodes].reduce((sum, { total }) => sum + total, 0);
      const tooMany = () => this.cut.push({ key: `network-within:${value}`, total });
      if (total > LIMIT && nodes.some(({ teams }) => !teams)) return tooMany();
      const loaded = await Promise.all(nodes.map(({ name }) => load(name)));
      const largest = (node) => Object.entries(node.largest ?? {}).map(([id, network]) => ({ network, teams: [id] }));
      const all = [...parts, ...loaded.flatMap((node) => [...node.networks, ...largest(node)].map((row) => ({ node, row })))];
      if (total > LIMIT) {
        const teams = new Set(all.flatMap(({ row }) => row.teams));
        if (teams.size > LIMIT || all.some(({ row }) => row.total > row.teams.length)) return tooMany();
        this.cut.push({ key: `network-largest:${value}`, total });
        all.sort((one, other) => prefix(one.row.network) - prefix(other.row.network));
      }
      const told = new Set();
      for (const { node, row: { network, teams } } of all) {
        teams.filter((id) => total <= LIMIT || !told.has(id)).forEach((id) => this.add(node.teams[id], "network-within", network));
        teams.forEach((id) => told.add(id));
      }
    }

    /** By what begins like the query, and by the word of it that fewest teams have. */
    async names(query) {
      const whole = query.join("");
      const word = await rarest(query);
      await this.named(whole, query);
      if (word && word !== whole) await this.named(word, query);
    }

    /** By the joined words, or by one of the words. */
    async named(word, query) {
      const node = await locate(word);
      if (!node) return;
      const { total, teams, rows } = await load(fileOf(node.prefix));
      const matches = rows.map((row) => ({ team: teams[row.team], ...matchOf(teams[row.team], row.official_name, query) }))
        .filter(({ begins, all }) => (word === query.join("") && begins) || (query.includes(word) && all));
      const count = total > MOST_NAMED ? total : matches.length;
      if (count > LIMIT) this.cut.push({ key: `word:${word}`, total: count });
      matches.sort((a, b) => Boolean(b.begins) - Boolean(a.begins));
      for (const { team, begins } of matches.slice(0, LIMIT)) {
        if (this.has(team.id, ["id", "name", "name-begins"])) continue;
        this.add(team, begins ? "name-begins" : "name-words", begins ?? query.join(" "));
      }
    }

    /** The national teams of the country of a top-level domain, where nobody claims the domain. */
    async lastResort(meanings) {
      const top = meanings.find(({ kind }) => kind === "domain")?.value.split(".").at(-1).toUpperCase();
      const claimed = [...this.found.keys()].some((id) => this.has(id, ["domain"]));
      const resort = top && top !== "XK" && !claimed && countryOf(top);
      if (!resort || meanings.some(({ kind }) => kind === "country")) return;
      const { total, rows } = await rowsOf(`country:${resort.value}`);
      const national = rows.filter(({ kind }) => kind.startsWith("national-"));
      if (national.length >= LIMIT && total > national.length) this.cut.push({ key: `country:${resort.value}`, total });
      national.forEach(({ team }) => this.add(team, "country-of-domain", resort.value));
    }
  }

  const points = (text) => [...text].map((letter) => letter.codePointAt(0).toString(16));

  function fileOf(prefix) {
    return prefix ? `names/${points(prefix)[0]}/${points(prefix).join("-")}` : "names";
  }

  /** Which name of a team begins like the query, and whether each word of the query begins a word of them. */
  function matchOf(team, officialName, query) {
    const names = [team.name, officialName, team.id].filter(Boolean);
    const all = names.flatMap(words);
    return {
      begins: names.find((name) => joined(name).startsWith(query.join(""))),
      all: query.every((wanted) => all.some((word) => word.startsWith(wanted))),
    };
  }

  /** The first word behind which all teams can be looked at, else that with the fewest; null where one has none. */
  async function rarest(query) {
    let found = null;
    for (const word of query.slice(0, MOST_WORDS)) {
      const node = await locate(word);
      if (!node) return null;
      if (!found || node.total < found.total) found = { word, total: node.total };
      if (node.total <= MOST_NAMED) break;
    }
    return found.word;
  }

  /** The node of the tree of names with all teams that a word can find, and the fewest others. */
  async function locate(word) {
    const wanted = [...word].slice(0, LONGEST_PREFIX).join("");
    let node = { prefix: "", total: about.teams };
    while (node.total > MOST_NAMED && !node.prefix.startsWith(wanted)) {
      const { children } = await load(`${fileOf(node.prefix)}-tree`);
      const next = Object.entries(children).find(([child]) => child.startsWith(wanted) || wanted.startsWith(child));
      if (!next) return null;
      node = { prefix: next[0], total: next[1] };
    }
    return node;
  }

  /** A team as it is today: a status that has ended since the site was built is lowered, keys that have are left out; nothing is raised. */
  function lowered(card, today) {
    const ends = card.key_ends ?? [];
    const lasts = (_, at) => !ends[at] || today <= ends[at];
    const team = { ...card, keys: card.keys.filter(lasts), key_ends: ends.filter(lasts) };
    const { id, next, then = [] } = team.status;
    const fallen = next && lowest(id, [next, ...then].map(({ on, to }) => `${on} ${to}`).join(" "), today);
    if (!fallen) return team;
    const status = { id: fallen.status, since: fallen.on, valid_until: null, was: team.status };
    // Nobody answers for a team that has withdrawn.
    const nobody = { email: null, emergency: null, telephone: null, phone_comment: null, keys: [], key_ends: [] };
    return { ...team, ...(status.id === "withdrawn" ? nobody : {}), status };
  }

  const prefix = (network) => Number(behindLast(network, "/"));

  /** Something whose text stands in the order in which the match does. Texts are compared by code points. */
  function place({ team, reasons: [{ kind, value }] }) {
    const specific = { network: () => prefix(value), "network-within": () => 128 - prefix(value), domain: () => value.split(".").length }[kind]?.() ?? 0;
    const name = [...team.name.normalize("NFKD").replace(/\p{M}/gu, "")].map((letter) => letter.toLowerCase()).join("");
    const numbers = [KINDS.indexOf(kind), 999 - specific, STATUSES.indexOf(team.status.id)];
    const text = (parts) => parts.map((part) => `${part}`.padStart(6, "0")).join("");
    return `${text(numbers)}${text(points(name))} ${team.id}`;
  }

  const specific = ({ kind, value }) => place({ team: { name: "", id: "", status: {} }, reasons: [{ kind, value }] });
  const by = (text) => (a, b) => (text(a) < text(b) ? -1 : Number(text(a) > text(b)));

  async function answer(text, today) {
    about ??= await load("index");
    const meanings = meaningsOf(text);
    const gathering = new Gathering();
    for (const meaning of meanings) await gathering.lookUp(meaning, text);
    await gathering.lastResort(meanings);
    const matches = [];
    for (const { team: card, reasons } of gathering.found.values()) {
      const team = lowered(card, today);
      const holds = reasons.filter(({ kind }) => team.status.id !== "withdrawn" || IDENTIFYING.includes(kind)).sort(by(specific));
      if (holds.length) matches.push({ team, reasons: holds });
    }
    const isName = meanings.every(({ kind }) => kind === "name");
    const other = isName && !matches.length && likeness(unwrapped(text));
    if (other) refuse(other);
    return { meanings, matches: matches.sort(by(place)), cut: gathering.cut };
  }

  // ---- What is shown

  /** Names of countries come with the data in English; a browser knows them in other languages. */
  const language = document.documentElement.lang;
  const translated = language === "en" ? null : new Intl.DisplayNames([language], { type: "region" });
  const countryName = (code) => (translated?.of(code) ?? own(about.countries, code) ?? code);

  const part = (name, texts) => partOf("parts", name, texts);

  function reasonPart({ kind, value }) {
    const node = part(kind, { value: OF_COUNTRY.includes(kind) ? countryName(value) : value });
    node.querySelector("data").value = value;
    return node;
  }

  function keyPart(digits, end, page) {
    const node = part("a-key", { "key-end": end });
    const groups = digits.match(/.{1,4}/g);
    const half = groups.length / 2;
    const spans = [groups.slice(0, half), groups.slice(half)].map((some) => Object.assign(document.createElement("span"), { textContent: some.join(" ") }));
    node.querySelector("code").append(spans[0], " ", spans[1]);
    if (page) node.querySelector("a").href = `${page}#key-${digits}`;
    return node;
  }

  function teamPart({ team, reasons }) {
    const { name, status, email, emergency, telephone } = team;
    const until = status.valid_until;
    const country = countryName(team.country);
    const phones = { emergency, telephone, "phone-comment": team.phone_comment };
    const isState = ["suspended", "withdrawn"].includes(status.id);
    // A level to which a team fell it may have had all along: the certified are accredited.
    const since = until || (status.was && !isState) ? null : status.since;
    const node = part("team", { name, country, email, ...phones, until, since });
    const page = /^teams\/[a-z][a-z0-9-]*\.html$/.test(team.page) ? team.page : null;
    const link = (slot, href) => node.querySelector(`a:has([data-slot="${slot}"]), a[data-slot="${slot}"]`)?.setAttribute("href", href);
    if (page) link("name", page);
    if (email) link("email", `mailto:${encodeURIComponent(email).replace("%40", "@")}`);
    for (const [slot, number] of Object.entries({ emergency, telephone })) if (number) link(slot, `tel:${number.replace(/[^+0-9]/g, "")}`);
    if (status.id !== "certified" || until) node.querySelector("[data-open]").remove();
    node.querySelector("[data-badge]").replaceWith(part(`badge-${status.id}`));
    const warned = node.querySelector("[data-warnings]");
    const { was } = status;
    if (was) warned.append(part("lowered", { ended: was.valid_until ?? dayBefore(status.since), made: about.computed_for }));
    if (isState) warned.append(part(`is-${status.id}`));
    node.querySelector("[data-reasons]").append(...reasons.map(reasonPart));
    // What it signed or was written to may be of a key that works; what it is now, its page says.
    const works = (value) => team.keys.some((digits) => digits.endsWith(value.toUpperCase()));
    reasons.forEach(({ kind, value }, at) => {
      if (/^key(-id)?$/.test(kind) && !works(value)) node.querySelector("[data-reasons]").children[at].append(" ", part("key-doubt"));
    });
    const keys = node.querySelector("[data-keys]");
    if (team.keys.length) keys.replaceChildren(...team.keys.map((digits, at) => keyPart(digits, team.key_ends[at], page)));
    if (email) node.querySelector("[data-no-email]").remove();
    // It is not that none is known: nobody answers for it.
    if (status.id === "withdrawn") node.querySelector(".facts").remove();
    return node;
  }

  const meansPart = ({ kind, value }) => part(`means-${kind}`, { value: kind === "country" ? countryName(value) : value });

  function cutPart({ key, total }) {
    const [kind, value] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    const node = part({ word: "cut-word", "network-within": "cut-within", "network-largest": "cut-largest" }[kind] ?? "cut", { value, total, limit: LIMIT });
    node.querySelector("[data-means]")?.replaceWith(meansPart({ kind: { keyid: "key-id", id: "name" }[kind] ?? kind, value }));
    return node;
  }

  function show(text, { meanings, matches, cut }) {
    const count = matches.length;
    const isResort = count > 0 && matches.every(({ reasons: [{ kind }] }) => kind === "country-of-domain");
    const none = cut.length ? "too-many" : "none";
    const found = part(isResort ? "resort" : { 0: none, 1: "one" }[count] ?? "many", { query: text, count });
    const read = part("read");
    read.append(...meanings.flatMap((meaning, at) => [at ? part("or") : " ", meansPart(meaning)]));
    byId("said").replaceChildren(found, read);
    byId("notes").replaceChildren(...(isMixed ? [part("mixed")] : []), ...cut.map(cutPart));
    byId("found").replaceChildren(...matches.map(teamPart));
    if (!count && !cut.length) byId("notes").append(part("try"));
  }

  const title = document.title;
  let turns = 0;

  async function ask() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("q");
    // Another fragment is a place on this page.
    if (asked === null && location.hash) return;
    const turn = (turns += 1);
    const text = trimmed(asked ?? "");
    byId("q").value = text;
    sameInOtherLanguages();
    document.title = text ? `${text} · ${title}` : title;
    for (const id of ["said", "notes", "found"]) byId(id).replaceChildren();
    byId("examples")?.toggleAttribute("hidden", asked !== null);
    if (asked === null) return;
    byId("said").replaceChildren(part("looking"));
    try {
      const found = await answer(text, today());
      if (turn === turns) show(text, found);
    } catch (error) {
      if (turn === turns) byId("said").replaceChildren(part(error instanceof Refusal ? error.message : "load"));
      if (!(error instanceof Refusal)) throw error;
    }
  }

  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const fragment = `#${new URLSearchParams({ q: trimmed(byId("q").value) })}`;
    if (fragment === location.hash) ask();
    else location.hash = fragment;
  });
  addEventListener("hashchange", ask);
  addEventListener("peerage-day", ask);
  byId("ask").hidden = false;
  byId("unscripted").hidden = true;
  ask();
}
