// What a page says on a later day than that of its build: what has ended is lowered, at midnight and when a tab wakes, and
// nothing is raised, whatever the clock says.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { day, invented, rebuilt, sample, told, visit } from "./support/sites.mjs";

const LAST = "T23:59:50Z";
const plus = (on, days) => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);

/** A page of the sample whose clock goes on from an instant. */
async function at(browser, instant, file) {
  const opened = await visit(browser, sample, { on: null });
  await opened.page.clock.install({ time: instant });
  await opened.page.goto(`${opened.base}${file}`);
  return opened;
}

const badge = (page) => page.locator("[data-then] .badge").first().innerText().then((text) => text.trim());
const notices = (page) => page.locator(".notices").innerText().then((text) => text.trim());

/** A team that is certified until a day, after which something lower follows. */
const certified = () => told("teams.json").teams.find(({ status }) => status.id === "certified" && status.valid_until);

async function expiry(browser) {
  const { id, status: { valid_until: until } } = certified();
  const now = rebuilt(plus(until, 1), "teams.json").teams.find((team) => team.id === id).status;
  const { page, complaints, close } = await at(browser, `${until}${LAST}`, `teams/${id}.html`);
  assert.equal(await badge(page), "Certified");
  await page.clock.runFor(30_000);
  assert.equal(await badge(page), now.title, "not what a build of the next day says");
  assert.match(await page.locator("[data-then]").first().innerText(), new RegExp(`known on ${day}[^]*held until ${until}`));
  // The clock goes back: what was lowered stays so.
  await page.clock.setSystemTime(`${day}T12:00:00Z`);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  assert.equal(await badge(page), now.title);
  assert.deepEqual(complaints, []);
  await close();
  const woken = await at(browser, `${day}T12:00:00Z`, `teams/${id}.html`);
  await woken.page.clock.setSystemTime(`${plus(until, 1)}T00:00:00Z`);
  await woken.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  assert.equal(await badge(woken.page), now.title, "a tab that wakes");
  await woken.close();
}

/** Rows that a search has set aside are lowered when they come back, and a clock that goes back raises none. */
async function setAside(browser) {
  const { name, status: { valid_until: until } } = certified();
  const { page, complaints, close } = await at(browser, `${until}${LAST}`, "teams/index.html");
  const shown = () => page.locator("main tbody tr", { has: page.getByRole("link", { name, exact: true }) }).locator(".badge").innerText();
  await page.locator("#q").fill(name);
  await page.waitForFunction(() => document.getElementById("said").textContent);
  assert.equal((await shown()).trim(), "Certified");
  await page.clock.runFor(30_000);
  const lowered = (await shown()).trim();
  assert.notEqual(lowered, "Certified");
  await page.clock.setSystemTime(`${day}T12:00:00Z`);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  assert.equal((await shown()).trim(), lowered, "raised by a clock that went back");
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal((await shown()).trim(), lowered, "as it was before the search");
  assert.deepEqual(complaints, []);
  await close();
}

/** How far off a day is, is counted from the day it is, and from no earlier one than that of the build. */
async function counted(browser) {
  for (const [file, on] of [["expiring.html", plus(day, -9)], ["expiring.html", day], ["expiring.html", plus(day, 3)], ["index.html", plus(day, 3)]]) {
    const { page, complaints, close } = await at(browser, `${on}T12:00:00Z`, file);
    const from = on > day ? on : day;
    const shown = await page.locator("[data-days]").evaluateAll((places) => places.map(({ dataset: { days }, textContent }) => [days, textContent]));
    assert.ok(shown.length > 5);
    for (const [last, words] of shown) {
      const days = (Date.parse(last) - Date.parse(from)) / 86_400_000;
      const said = days > 1 ? `in ${days} days` : days < -1 ? `${-days} days ago` : words;
      assert.equal(words, said, `${file} on ${on}: ${last}`);
    }
    if (file === "expiring.html") assert.ok(await page.getByRole("columnheader", { name: `Counted from ${from}` }).count() > 1, on);
    assert.deepEqual(complaints, []);
    await close();
  }
}

/** Every team in the list, on many days, is what a build of that day says, or less. */
async function lists(browser) {
  const ranks = ["certified", "certification-candidate", "accredited", "accreditation-candidate", "listed", "not-stated", "suspended", "withdrawn"];
  for (const on of ["2019-02-01", plus(day, 40), plus(day, 400)]) {
    const { page, close } = await at(browser, `${on}T12:00:00Z`, "teams/index.html");
    const shown = await page.locator("main tbody tr").evaluateAll((rows) => Object.fromEntries(rows.map((row) =>
      [row.querySelector(".name").getAttribute("href").replace(/^.*\/|\.html$/g, ""), /badge-([a-z-]+)/.exec(row.querySelector(".badge").className)[1]])));
    const built = told("teams.json").teams;
    const then = Object.fromEntries((on > day ? rebuilt(on, "teams.json").teams : built).map(({ id, status }) => [id, status.id]));
    const rank = (status) => ranks.indexOf(status.replace(/^none$/, "not-stated"));
    for (const { id, status } of built) {
      assert.equal(rank(shown[id]), Math.max(rank(then[id]), rank(status.id)), `${id} on ${on}: ${shown[id]}, of ${status.id}, then ${then[id]}`);
    }
    await close();
  }
}

/** Nor is anything raised on a team's own page, when the clock stands before what lowered it. */
async function early(browser) {
  const { page, complaints, base, close } = await visit(browser, sample, { on: "2019-02-01" });
  const lowered = told("teams.json").teams.filter(({ status, flags }) => ["suspended", "withdrawn"].includes(status.id) ||
    flags.some(({ rule }) => rule === "certification-expired"));
  assert.ok(lowered.length >= 3);
  for (const { id, status } of lowered) {
    await page.goto(`${base}teams/${id}.html`);
    assert.equal((await page.locator(".badge-large").innerText()).trim(), status.title, id);
  }
  assert.deepEqual(complaints, []);
  await close();
}

async function flags(browser) {
  for (const file of ["index.html", "expiring.html", "keys.html", "teams/index.html"]) {
    const late = plus(day, 4000);
    const { page, complaints, close } = await at(browser, `${late}T00:00:00Z`, file);
    const left = await page.locator("main [data-ends]").evaluateAll((all) => all.map((one) => one.dataset.ends).filter(Boolean).sort()[0]);
    assert.ok(!left || left >= late, `${file}: ${left} has not ended`);
    assert.ok(await page.locator("main .over").count() > 1, file);
    assert.equal(await page.locator("main .over [data-before]:visible").count(), 0, file);
    if (file === "keys.html") {
      for (const row of await page.locator("main tr.over").all()) assert.match(await row.innerText(), /Not to be used any more; the last day was \d/);
    }
    assert.deepEqual(complaints, []);
    await close();
  }
  const { team } = told("teams/cert-alpha.json");
  const key = team.keys.find(({ offered, expires }) => offered && expires) ?? team.keys.find(({ offered }) => offered);
  const { page, close } = await at(browser, `${plus(key.expires ?? day, 1)}T00:00:00Z`, "teams/cert-alpha.html");
  const shown = page.locator(`#key-${key.fingerprint.replaceAll(" ", "")}`);
  assert.equal(/Not to be used any more/.test(await shown.innerText()), Boolean(key.expires));
  await close();
}

async function banner(browser) {
  const fresh = await at(browser, `${plus(day, 7)}${LAST}`, "index.html");
  assert.equal(await notices(fresh.page), "");
  await fresh.page.clock.runFor(30_000);
  assert.match(await notices(fresh.page), new RegExp(`of ${day}, and was to be renewed by ${plus(day, 7)}`));
  await fresh.close();
  const early = await at(browser, `${plus(day, -1)}${LAST}`, "teams/index.html");
  assert.match(await notices(early.page), new RegExp(`before ${day}`));
  await early.page.clock.runFor(30_000);
  assert.equal(await notices(early.page), "");
  await early.close();
}

/** Nobody is led to write to a team, or to call it, that has left since the page was built. */
async function gone(browser) {
  const entry = "name: Leaving\ncountry: AT\ncontact: {phones: [{number: +1 202 555 0100}], emails: [{address: cert@team.example}]}\n" +
    `status: [{level: accredited, since: 2020-01-01, authority: board}, {state: withdrawn, since: ${plus(day, 1)}}]\n`;
  const site = invented("leaving", {
    "content/site.yaml": "title: T\nsample: true\n",
    "content/teams/leaving.yaml": entry,
    "content/teams/staying.yaml": entry.replace(/Leaving/, "Staying").replace(/, {state.*}/, ""),
    "content/authorities/board.yaml": "name: Board\nentitlements: [{kind: accreditation}]\n",
  }, "https://leaving.example/");
  const { page, complaints, base, close } = await visit(browser, site, { on: null });
  await page.clock.install({ time: `${day}${LAST}` });
  await page.goto(`${base}teams/leaving.html`);
  const ways = page.locator("a.call:visible, .held:visible, #steps:visible");
  assert.ok(await ways.count() > 2);
  await page.clock.runFor(30_000);
  assert.equal(await badge(page), "Withdrawn");
  assert.equal(await ways.count(), 0);
  await page.clock.setSystemTime(`${day}${LAST}`);
  await page.goto(`${base}contacts.html`);
  const rows = page.locator("main tbody tr:visible");
  assert.equal(await rows.count(), 2);
  await page.clock.runFor(30_000);
  assert.equal(await rows.count(), 1);
  assert.deepEqual(complaints, []);
  await close();
}

async function unscripted(browser) {
  const { page, base, close } = await visit(browser, sample, { javaScriptEnabled: false });
  const { id, status } = certified();
  await page.goto(`${base}teams/${id}.html`);
  assert.equal(await notices(page), "");
  assert.match(await page.locator("[data-then]").first().innerText(), new RegExp(`Certified[^]*Until ${status.valid_until}`));
  assert.equal(await page.locator("[data-after]:visible, [data-zone]:visible, button:visible").count(), 0);
  await close();
}

export function dates(browser) {
  describe("dates stay true", () => {
    test("a level ends at midnight UTC, and when a tab wakes", () => expiry(browser()));
    test("in a list nothing is raised, and what ends is what a build of the day says", () => lists(browser()));
    test("what a search has set aside is lowered with the rest", () => setAside(browser()));
    test("how far off a day is, is counted from today", () => counted(browser()));
    test("on a team's page nothing is raised by a clock that is early", () => early(browser()));
    test("flags and keys that have ended say so", () => flags(browser()));
    test("a team that has left is not to be reached", () => gone(browser()));
    test("a site that is old says so, and a clock that is early", () => banner(browser()));
    test("without scripts the words are true", () => unscripted(browser()));
  });
}
