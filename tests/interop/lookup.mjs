// The command line, the page in a browser and the files for scripts give the same answers to the same queries, and the page
// is what it promises to be.   node lookup.mjs SITE CONTENT
// SITE is the built site of the sample; small sites are built for the same day. PEERAGE names the command; the browser is that of tests/browser.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { findings, launch, open as watched, peerage, tooWide } from "../browser/support/browser.mjs";
import { ask, network, static_files } from "./lookup/ways.mjs";

const here = path.dirname(fileURLToPath(import.meta.url)); // Debian 12 has Node 18
const site = path.resolve(process.argv[2]);
const queries = JSON.parse(fs.readFileSync(path.join(here, "lookup/queries.json")));
const head = JSON.parse(fs.readFileSync(path.join(site, "lookup/index.json")));
const day = head.computed_for;

const browser = await launch();

/** The page of lookup in a folder, on a day. */
async function open(folder, on, options = {}) {
  const base = `${pathToFileURL(folder).href}/`;
  return { ...await watched(browser, base, { on, ...options }), address: `${base}lookup.html` };
}

/** What a query costs besides the page itself, in compressed bytes. */
const cost = (folder, loaded) => [...loaded].filter((name) => name.startsWith("lookup/"))
  .reduce((sum, name) => sum + gzipSync(fs.readFileSync(path.join(folder, name)), { level: 9 }).length, 0);

function commandLine(query, folder, on = day) {
  const { status, stdout, stderr } = spawnSync(peerage, ["lookup", "--json", "--today", on, "--", query, folder], { encoding: "utf8" });
  assert.ok(status !== null && status < 3, `${JSON.stringify(query)}: ${stderr}`);
  return status === 2 ? { refused: stderr } : JSON.parse(stdout);
}

/** An answer of the command line as far as the page shows it. */
function shown(answer) {
  const team = ({ id, name, status, email, emergency, telephone, phone_comment, keys, key_ends, page }) =>
    ({ id, name, status: status.id, until: status.valid_until, email, emergency, telephone, phone_comment, keys, key_ends, page });
  return {
    // The page knows only countries for which there is a key.
    meanings: answer.meanings.filter(({ kind, value }) => kind !== "country" || head.countries[value]),
    matches: answer.matches.map((match) => ({ ...team(match.team), reasons: match.reasons.map(({ kind, value }) => ({ kind, value })) })),
    cut: answer.cut,
  };
}

async function agree() {
  const tally = { found: 0, none: 0, refused: 0, files: 0 };
  const differ = [];
  let dearest = { bytes: 0 };
  const { page, loaded, complaints, address } = await open(site, day);
  for (const query of queries) {
    const named = JSON.stringify(query).slice(0, 80);
    loaded.clear();
    const said = await ask(page, address, query, head);
    const told = commandLine(query, site);
    try {
      if (told.refused) {
        const plain = (text) => text.trim().replace(/\.$/, "").replaceAll("’", "'").toLowerCase();
        assert.ok(said.refused && plain(told.refused).includes(plain(said.refused)), `${told.refused} | ${JSON.stringify(said)}`);
        tally.refused += 1;
      } else {
        assert.deepEqual(said, shown(told));
        tally[told.matches.length ? "found" : "none"] += 1;
        tally.files += static_files(site, told);
      }
      assert.deepEqual(complaints.splice(0), []);
    } catch (error) {
      differ.push(`${named}: ${error.message}`);
    }
    const bytes = cost(site, loaded);
    if (bytes > dearest.bytes) dearest = { bytes, named };
  }
  await page.context().close();
  assert.equal(differ.length, 0, differ.join("\n\n"));
  assert.ok(queries.length >= 200 && tally.found >= 100 && tally.none >= 20 && tally.refused >= 10, JSON.stringify(tally));
  console.log(`${queries.length} queries, the same answers on the command line and in the browser: ${tally.found} with teams, ` +
    `${tally.none} without, ${tally.refused} refused; the files for scripts say the same of ${tally.files} meanings`);
  console.log(`the dearest loads ${dearest.bytes} compressed bytes: ${dearest.named}`);
}

/** With the keyboard alone; each answer has an address, and the way back leads to the last. */
async function keyboard() {
  const { page, complaints, address } = await open(site, day);
  const first = () => page.locator("#found li .name").first().textContent();
  await page.goto(address);
  for (let presses = 0; await page.evaluate(() => document.activeElement.id) !== "q"; presses += 1) {
    assert.ok(presses < 30, "the box is not reached with Tab");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("AS64496");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#found li");
  assert.equal(await first(), "CERT Alpha");
  assert.match(page.url(), /#q=AS64496$/);
  await page.fill("#q", "karee.example");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.title.startsWith("karee.example · "));
  await page.waitForSelector("#found li");
  assert.equal(await first(), "Karee CSIRT");
  await page.goBack();
  await page.waitForFunction(() => document.title.startsWith("AS64496 · ") && document.querySelector("#found li"));
  assert.equal(await first(), "CERT Alpha");
  await page.evaluate(() => { location.hash = "#main"; });
  assert.equal(await first(), "CERT Alpha", "a link within the page is no question");
  for (const example of await page.locator("#ask li a").evaluateAll((links) => links.map((link) => link.hash))) {
    assert.ok((await ask(page, address, new URLSearchParams(example.slice(1)).get("q"), head)).matches.length, `the example ${example}`);
  }
  assert.deepEqual(complaints, []);
  console.log("the page is used with the keyboard alone, and goes back");
}

/** A directory that means ill, with more teams than are told, and than a node of the tree of names has. */
async function hostile() {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "peerage-lookup-"));
  const name = "<img src=x onerror=alert(1)>";
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.writeFileSync(path.join(project, file), text);
  };
  write("content/site.yaml", "title: '</script><script>alert(1)</script>'\nsample: true\n");
  for (let at = 0; at < 220; at += 1) {
    write(`content/teams/t${at}.yaml`, `name: '${name} ${at}'\ncountry: AT\nconstituency: {asns: [64500], networks: [192.0.2.0/24]}\n` +
      "contact: {emails: [{address: \"a?cc=b&c'd@a.example\"}]}\nstatus: [{level: certified, since: 2024-06-01, until: 2026-12-31}]\n");
  }
  write("content/teams/constructor.yaml", "name: toString\ncountry: AT\ntypes: [national]\nstatus: [{level: listed, since: 2020-01-01}, {state: suspended, since: 2026-01-01}]\n");
  write("content/teams/fallen.yaml", "name: Fallen\ncountry: AT\nstatus: [{level: accredited, since: 2020-01-01}, {level: certified, since: 2024-06-01, until: 2026-12-31}, " +
    "{state: suspended, since: 2027-03-01}, {level: accredited, since: 2027-05-01}]\n");
  const built = path.join(project, "public");
  const build = spawnSync(peerage, ["build", "--quiet", "--today", day, project, "--out", built], { encoding: "utf8" });
  assert.equal(build.status, 0, build.stderr);
  const about = JSON.parse(fs.readFileSync(path.join(built, "lookup/index.json")));
  for (const query of ["AS64500", "192.0.2.1", "img", "AT", "onerror alert", "unclaimed.at", "constructor", "tostring", "t17", "a?cc=b&c'd@a.example"]) {
    const { page, complaints, address } = await open(built, day);
    const said = await ask(page, address, query, about);
    const told = shown(commandLine(query, built, day));
    assert.deepEqual(said.matches, told.matches, query);
    assert.deepEqual(said.cut, told.cut, query);
    assert.ok(said.matches.length > 0, query);
    assert.deepEqual(complaints, [], query);
    assert.equal(await page.locator("main :is(img, script:not([src^='assets/lookup.'], [src^='assets/shards.']))").count(), 0);
    const mails = await page.locator("#found a[href^='mailto:']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(mails.every((href) => !/[?&]/.test(href)), mails[0]);
    await page.context().close();
  }
  // A year later nobody has built it anew: nothing is certified any more, and why is said.
  const { page, address } = await open(built, "2027-06-01");
  const late = await ask(page, address, "AS64500", about);
  assert.deepEqual(late.matches, shown(commandLine("AS64500", built, "2027-06-01")).matches);
  assert.ok(late.matches.length === 50 && late.matches.every(({ status }) => status === "accredited"));
  assert.match(await page.locator("#found li").first().innerText(), new RegExp(`known on ${day}[^]*held until 2026-12-31`));
  // Everything that was announced is known, and nothing of it raises.
  for (const [on, id] of [["2027-01-01", "accredited"], ["2027-03-01", "suspended"], ["2027-06-01", "suspended"]]) {
    const copy = await open(built, on);
    const said = await ask(copy.page, copy.address, "fallen", about);
    assert.deepEqual(said.matches, shown(commandLine("fallen", built, on)).matches, on);
    assert.equal(said.matches[0].status, id, on);
    await copy.page.context().close();
  }
  // Before its day it is not raised.
  const early = await open(built, "2020-01-01");
  assert.equal((await ask(early.page, early.address, "constructor", about)).matches[0].status, "suspended");
  // A part that is missing is said, and no answer is given.
  for (const file of fs.readdirSync(path.join(built, "lookup/shards")).filter((file) => /^[0-9a-f]+\.js$/.test(file))) {
    fs.rmSync(path.join(built, "lookup/shards", file));
  }
  const broken = await open(built, day);
  assert.match((await ask(broken.page, broken.address, "AS64500", about)).refused, /could not be loaded/);
  fs.rmSync(project, { recursive: true });
  console.log("hostile names stay text, what is cut or too old is said, and so is a part that is missing");
}

/** A copy of the sample that has grown old offers no key that has ended since, and before its day it offers no more. */
async function keys() {
  for (const [day, team, count] of [["2026-12-31", "pelanduk-cert", 2], ["2027-01-01", "pelanduk-cert", 1], ["2027-02-16", "karee-csirt", 0], ["2026-10-01", "quillback-cirt", 0]]) {
    const { page, address } = await open(site, day);
    const said = await ask(page, address, team, head);
    assert.deepEqual(said.matches, shown(commandLine(team, site, day)).matches, `${team} on ${day}`);
    assert.equal(said.matches[0].keys.length, count, `${team} on ${day}`);
    await page.context().close();
  }
  console.log("a copy that has grown old offers no key that has ended since");
}

/** What the page says besides, and leaves unsaid. */
async function words() {
  const { page, address } = await open(site, day);
  await ask(page, address, "64500", head);
  assert.equal(await page.locator("[data-part=read]").textContent(), "Understood as the AS number AS64500, or the name 64500");
  await ask(page, address, "saltmarsh-cert", head);
  assert.match(await page.locator("#found .facts").innerText(), /Emergency\n\+44 7700 900142 emergency\nFor banks and other response teams only\n/);
  assert.doesNotMatch(await page.locator("#found .facts").innerText(), /Telephone/);
  await ask(page, address, "brandseeschwalbe-csirt", head);
  assert.match(await page.locator("#found .facts").innerText(), /^Telephone\n\+1 312 555 0176\nE-mail\n/);
  assert.equal(await page.locator("#found [data-slot=telephone]").getAttribute("href"), "tel:+13125550176");
  await ask(page, address, "nandu-csirt", head);
  assert.match(await page.locator("#found li").first().innerText(), /Argentina/);
  assert.doesNotMatch(await page.locator("#found li").first().innerText(), /E-mail|Keys|None|\bAR\b/);
  await ask(page, address, "192.0.2.17, 198.51.100.3", head);
  assert.equal(await page.locator("#said [data-part]").getAttribute("data-part"), "not-alone");
  assert.match(await page.locator("#said").innerText(), /more than one thing in this/);
  // On paper a key keeps its last day; the link to more does not help there.
  await ask(page, address, "cert-alpha", head);
  const key = page.locator("#found [data-part=a-key]").first();
  assert.match(await key.innerText(), /until 2028-03-01 · What is known of it$/);
  await page.emulateMedia({ media: "print" });
  assert.match(await key.innerText(), /until 2028-03-01$/);
  await page.context().close();
  console.log("a number is told with its condition, a team that has withdrawn with nothing, and keys on paper with their last day");
}

/** Without scripts there is no box, and something else to do; in each state axe finds nothing to complain of. */
async function everyone() {
  const { page, address } = await open(site, day, { javaScriptEnabled: false });
  await page.goto(address);
  assert.equal(await page.locator("#ask").isVisible(), false);
  assert.equal(await page.locator("#unscripted").isVisible(), true);
  let states = 0;
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      for (const query of ["", "192.0.2.17", "unclaimed.is", "nandu-csirt", "nobody.example", "0x12345678"]) {
        const opened = await open(site, day, { colorScheme, viewport: { width, height: 900 } });
        if (query) await ask(opened.page, opened.address, query, head);
        else await opened.page.goto(opened.address);
        const found = [...await findings(opened.page), ...await tooWide(opened.page)];
        assert.deepEqual(found, [], `${query} ${width} ${colorScheme}`);
        await opened.page.context().close();
        states += 1;
      }
    }
  }
  console.log(`axe finds nothing in ${states} states of the page`);
}

assert.equal(network("2001:db8::1/32").first, "20010db8".padEnd(32, "0"));
try {
  for (const part of [agree, keyboard, hostile, keys, words, everyone]) await part();
} finally {
  await browser.close();
}
