// Two of the ways in which a query is answered: the page as a reader sees it, and the files for scripts, read as
// docs/lookup.md tells.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

/** Asks the page at `address`, and reads from it what it shows. */
export async function ask(page, address, query, head) {
  await page.goto("about:blank");
  await page.goto(`${address}#${new URLSearchParams({ q: query })}`);
  await page.waitForFunction(() => {
    const said = document.querySelector("#said > [data-part]");
    return said && said.dataset.part !== "looking";
  });
  const seen = await page.evaluate(() => {
    const text = (node) => node?.textContent ?? null;
    const all = (selector, from = document) => [...from.querySelectorAll(selector)];
    const match = (node) => ({
      id: node.querySelector(".name").getAttribute("href").slice("teams/".length, -".html".length),
      name: text(node.querySelector(".name")),
      status: node.querySelector("[data-part^=badge-]").dataset.part.slice("badge-".length),
      until: text(node.querySelector("time[data-slot=until]")),
      email: text(node.querySelector("[data-slot=email]")),
      emergency: text(node.querySelector("[data-slot=emergency]")),
      telephone: text(node.querySelector("[data-slot=telephone]")),
      phone_comment: text(node.querySelector("[data-slot=phone-comment]")),
      keys: all("code.fpr", node).map((code) => code.textContent.replaceAll(" ", "")),
      key_ends: all("[data-keys] > [data-part]", node).map((key) => text(key.querySelector("time"))),
      page: node.querySelector(".name").getAttribute("href"),
      reasons: all("[data-reasons] > li", node).map((li) => ({ kind: li.dataset.part, value: li.querySelector("data").value })),
    });
    const cut = (node) => ({
      kind: node.querySelector("[data-part^=means-]")?.dataset.part.slice("means-".length)
        ?? { "cut-word": "word", "cut-within": "network-within", "cut-largest": "network-largest" }[node.dataset.part],
      value: text(node.querySelector("[data-slot=value]")),
      total: Number(text(node.querySelector("[data-slot=total]"))),
    });
    const meaning = (node) => ({ kind: node.dataset.part.slice("means-".length), value: text(node.querySelector("[data-slot=value]")) });
    const said = document.querySelector("#said > [data-part]");
    return {
      part: said.dataset.part,
      words: said.textContent,
      meanings: all("#said [data-part^=means-]").map(meaning),
      matches: all("#found > li").map(match),
      cut: all("#notes > [data-part^=cut]").map(cut),
    };
  });
  if (!["none", "too-many", "one", "many", "resort"].includes(seen.part)) return { refused: seen.words };
  // The page has the names of countries, and keys in words.
  const code = ({ kind, value }) => (kind === "country" ? Object.entries(head.countries).find((entry) => entry[1] === value)[0] : value);
  const meanings = seen.meanings.map((one) => ({ kind: one.kind, value: code(one) }));
  const cut = seen.cut.map((one) => ({ key: `${one.kind === "key-id" ? "keyid" : one.kind}:${code(one)}`, total: one.total }));
  return { meanings, matches: seen.matches, cut };
}

/** The first and the last address of a network, in hexadecimal. */
export function network(text) {
  const [address, length] = text.split("/");
  const bits = address.includes(":") ? 128 : 32;
  const number = bits === 32
    ? address.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
    : groups(address).reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
  const behind = (1n << BigInt(bits - Number(length))) - 1n;
  const hex = (value) => value.toString(16).padStart(bits / 4, "0");
  const first = hex(number & ~behind);
  return { first, last: hex(number | behind), length: Number(length), family: bits === 32 ? "ipv4" : "ipv6" };
}

function groups(address) {
  const [before, after] = address.split("::").map((half) => half.split(":").filter(Boolean));
  return after ? [...before, ...Array(8 - before.length - after.length).fill("0"), ...after] : before;
}

/** The recipe for networks: every file on the way, and in each the networks that hold all of the one. */
function networks(site, value) {
  const { first, last, length, family } = network(value);
  const found = [];
  let file = path.join(site, "lookup/network", family);
  for (let depth = 0; ; depth += 1) {
    const node = JSON.parse(fs.readFileSync(`${file}.json`));
    for (const row of node.networks.filter((row) => row.first <= first && last <= row.last)) {
      found.push(...row.teams.map((id) => ({ team: node.teams[id], reasons: [{ kind: "network", value: row.network }] })));
    }
    if (4 * (depth + 1) > length || !node.children.includes(first[depth])) return found;
    file = path.join(file, first[depth]);
  }
}

const KINDS = {
  asn: ["asn"],
  domain: ["domain"],
  country: ["national-constituency", "national-seat", "constituency-country", "seat"],
  network: ["network"],
};

/** Holds an answer against the files; of how many of its meanings there are any. */
export function static_files(site, answer) {
  let held = 0;
  for (const { kind, value } of answer.meanings.filter(({ kind }) => Object.hasOwn(KINDS, kind))) {
    const at = (name) => path.join(site, "lookup", kind, `${name}.json`);
    let matches = [];
    if (kind === "network") {
      matches = networks(site, value);
    } else {
      const labels = value.split(".");
      const names = kind === "domain" ? labels.map((_, from) => labels.slice(from).join(".")) : [value.replace(/^AS/, "").toLowerCase()];
      const name = names.find((name) => fs.existsSync(at(name)));
      matches = name ? JSON.parse(fs.readFileSync(at(name))).matches : [];
    }
    const facts = (list) => list.flatMap(({ team, reasons }) => reasons.filter((reason) => KINDS[kind].includes(reason.kind))
      .map((reason) => JSON.stringify({ team, reason }))).sort();
    assert.deepEqual(facts(matches), facts(answer.matches), `${answer.query}: ${kind} ${value}`);
    held += 1;
  }
  return held;
}
