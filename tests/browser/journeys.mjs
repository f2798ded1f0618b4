// The ways that people go through the pages, with the keyboard alone: from the disk, under a path of a web server, with and
// without JavaScript. On each the policy for content is in force, and no way leads a browser to complain or to ask elsewhere.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { open } from "./support/browser.mjs";
import { follow, tabTo } from "./support/keyboard.mjs";
import { serve } from "./support/serve.mjs";
import { day, deployed, sample, told } from "./support/sites.mjs";

const menu = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();
const linkTo = (page, file) => page.locator(`main a[href$="${file}"]`);

/** The first stop of the keyboard leads past the menu. */
async function skip({ page, base }) {
  await page.goto(`${base}teams/index.html`);
  await page.keyboard.press("Tab");
  const first = page.locator(":focus");
  assert.equal(await first.getAttribute("href"), "#main");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.locator("main :focus").count(), "the next stop is not in the content");
}

/** A team by its name, in the list of all. */
async function byName({ page, base }) {
  await page.goto(`${base}index.html`);
  await follow(page, menu(page, "Teams"));
  assert.equal(await heading(page), "Teams");
  await follow(page, linkTo(page, "teams/zuraw-cert.html"));
  assert.equal(await heading(page), "CERT Żuraw");
}

/** A team by its level, from the home page. */
async function byLevel({ page, base }) {
  await page.goto(`${base}index.html`);
  await follow(page, linkTo(page, "levels/certified.html").first());
  await follow(page, linkTo(page, "teams/cert-alpha.html"));
  assert.equal(await heading(page), "CERT Alpha");
}

/** Who answers for an address or has a name, typed on the home page. */
const byBox = (query, team) => async ({ page, base }) => {
  await page.goto(`${base}index.html`);
  await tabTo(page, page.locator("#q"));
  await page.keyboard.type(query);
  await page.keyboard.press("Enter");
  await page.waitForURL(/lookup\.html#q=/);
  await page.waitForSelector("#found li");
  await follow(page, page.locator("#found a.name"));
  assert.equal(await heading(page), team);
};

/** Where no script runs, the page of the box says so and leads to the lists. */
async function withoutBox({ page, base }) {
  await page.goto(`${base}lookup.html`);
  assert.equal(await page.locator("#ask").isVisible(), false);
  assert.equal(await page.locator("#unscripted").isVisible(), true);
  await follow(page, linkTo(page, "countries/index.html"));
  await follow(page, linkTo(page, "at.html"));
  assert.ok(await linkTo(page, "teams/cert-alpha.html").count());
}

/** The key of a team: its fingerprint to copy, and the file to import. */
async function itsKey({ page, base, complaints }) {
  await page.goto(`${base}teams/cert-alpha.html`);
  const { team } = told("teams/cert-alpha.json");
  const { fingerprint, href } = team.keys.find(({ offered, kind }) => offered && kind === "openpgp");
  await page.keyboard.press("Control+A");
  const selected = await page.evaluate(() => getSelection().toString());
  assert.ok(selected.replace(/\s+/g, " ").includes(fingerprint), `the fingerprint is not selected with the text:\n${selected}`);

  await tabTo(page, linkTo(page, href).first());
  const arrived = page.waitForEvent("download").then(async (file) => fs.readFileSync(await file.path(), "utf8"));
  const shown = page.waitForURL(`**/${href}`).then(() => page.locator("body").innerText());
  const first = Promise.any([arrived, shown]);
  await page.keyboard.press("Enter");
  const armour = await first;
  for (const other of [arrived, shown]) other.catch(() => {});
  assert.equal(armour.trim(), fs.readFileSync(path.join(sample.folder, href), "utf8").trim());
  // To a browser a page that turns into a file is a page that failed.
  const failed = complaints.indexOf(`failed: ${base}${href}`);
  if (failed >= 0) complaints.splice(failed, 1);
}

/** What ends next, and whose it is. */
async function expiring({ page, base }) {
  await page.goto(`${base}index.html`);
  await follow(page, menu(page, "Expiring"));
  const first = page.locator("main section:has(#ahead) tbody tr").first();
  const name = await first.locator("a.name").innerText();
  assert.match(await first.innerText(), /20\d\d-\d\d-\d\d[^]*in \d+ days/);
  await follow(page, first.locator("a.name"));
  assert.equal(await heading(page), name);
}

/** Which keys there are, and from a key to its team. */
async function keys({ page, base }) {
  await page.goto(`${base}index.html`);
  await follow(page, menu(page, "Keys"));
  await follow(page, page.locator("main tbody a.name").first());
  assert.match(page.url(), /teams\/[^/]+\.html#key-[0-9A-F]+$/);
}

const JOURNEYS = [
  { name: "past the menu", go: skip },
  { name: "a team by its name in the list", go: byName },
  { name: "a team by its level", go: byLevel },
  { name: "a team by an IP address", go: byBox("192.0.2.17", "CERT Alpha"), scripts: true },
  { name: "a team by its name in the box", go: byBox("karee", "Karee CSIRT"), scripts: true },
  { name: "without the box", go: withoutBox, scripts: false },
  { name: "the key of a team", go: itsKey },
  { name: "what expires", go: expiring },
  { name: "all keys", go: keys },
];

export function journeys(browser) {
  let below;
  let atRoot;
  before(async () => {
    below = await serve(sample.folder, "/some/path/");
    atRoot = await deployed("/");
  });
  after(() => {
    below.close();
    atRoot.close();
  });
  const ways = [
    { name: "from the disk", base: () => sample.base },
    { name: "from the disk without JavaScript", base: () => sample.base, scripts: false },
    { name: "under a path", base: () => below.base },
    { name: "under a path without JavaScript", base: () => below.base, scripts: false },
    { name: "at an address of its own", base: () => atRoot.base },
  ];
  for (const { name: way, base, scripts = true } of ways) {
    describe(way, { concurrency: 2 }, () => {
      for (const journey of JOURNEYS.filter((journey) => (journey.scripts ?? scripts) === scripts)) {
        test(`${way}: ${journey.name}`, async () => {
          const opened = await open(browser(), base(), { on: day, javaScriptEnabled: scripts });
          try {
            await journey.go(opened);
            assert.deepEqual(opened.complaints, []);
          } finally {
            await opened.close();
          }
        });
      }
    });
  }
}
