// The list of all teams: searched as one types, filtered, and sorted with the keyboard alone, with what is asked for in the
// address; complete where no script runs; and fast in a directory of ten thousand teams.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tabTo } from "./support/keyboard.mjs";
import { day, invented, large, sample, told, visit } from "./support/sites.mjs";

const TEAMS = 10_000;

const names = (page) => page.locator("main tbody a.name").allInnerTexts();
const caption = (page) => page.locator("main caption").innerText();
const asked = (page) => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
const sorted = (page) => page.locator("main th[aria-sort]").evaluateAll((heads) => heads.map((head) => [head.dataset.sort, head.ariaSort]));

/** Waits until as much is announced, and told above the list. */
async function announced(page, words) {
  await page.waitForFunction((words) => document.getElementById("said").textContent === words, words);
  assert.equal(await caption(page), words);
}

/** What is expected of the sample, from what it says for programs. */
const expected = (holds) => told("teams.json").teams.filter(holds).map(({ name }) => name);

async function typed({ page, base }) {
  await page.goto(`${base}teams/index.html`);
  const all = await names(page);
  await tabTo(page, page.locator("#q"));
  await page.keyboard.type("  LULEKUQE");
  await announced(page, "One team");
  assert.deepEqual(await names(page), ["CSIRT Lulëkuqe"]);
  assert.deepEqual(asked(page), { q: "LULEKUQE" });
  // What is called just so comes first, then what begins so.
  await page.keyboard.press("Control+A");
  await page.keyboard.type("cert alpha");
  await page.waitForFunction(() => document.querySelector("main tbody a.name").textContent === "CERT Alpha");
  await page.keyboard.press("Control+A");
  // All words must be found, in whatever order; the country is one.
  await page.keyboard.type("team alpha");
  await announced(page, "One team");
  await page.keyboard.type(" japan");
  await page.waitForFunction(() => /^No team/.test(document.getElementById("said").textContent));
  assert.deepEqual(await names(page), []);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  assert.deepEqual(await names(page), all);
  assert.deepEqual(asked(page), {});
}

async function filtered({ page, base }) {
  await page.goto(`${base}teams/index.html`);
  await tabTo(page, page.locator("[name=level]"));
  await page.keyboard.type("Certified");
  const certified = expected(({ status }) => status.id === "certified");
  await announced(page, `${certified.length} teams`);
  assert.deepEqual((await names(page)).sort(), certified.sort());
  await page.locator("[name=level]").selectOption("");
  // Who has left an association is not found by it.
  const day = told("teams.json").computed_for;
  const tie = told("teams.json").teams.flatMap(({ memberships }) => memberships)[0].name;
  const filters = [["country", "AT", ({ country }) => country.code === "AT"], ["type", "national", ({ types }) => types.includes("national")],
    ["flag", "certification-expired", ({ flags }) => flags.some(({ rule }) => rule === "certification-expired")],
    ["membership", tie, ({ memberships }) => memberships.some(({ name, until }) => name === tie && (until === null || until >= day))]];
  for (const [name, value, holds] of filters) {
    await page.locator(`[name=${name}]`).selectOption(value);
    const found = expected(holds);
    assert.ok(found.length, name);
    await announced(page, found.length === 1 ? "One team" : `${found.length} teams`);
    assert.deepEqual((await names(page)).sort(), found.sort(), name);
    assert.deepEqual(asked(page), { [name]: value });
    await page.locator(`[name=${name}]`).selectOption("");
  }
}

async function ordered({ page, base }) {
  await page.goto(`${base}teams/index.html`);
  assert.deepEqual(await sorted(page), [["name", "ascending"]]);
  const byName = await names(page);
  await tabTo(page, page.getByRole("button", { name: /^Team( ↑)?$/ }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/#sort=-name$/);
  assert.deepEqual(await sorted(page), [["name", "descending"]]);
  assert.deepEqual(await names(page), [...byName].reverse());
  await tabTo(page, page.getByRole("button", { name: /^Level$/ }));
  await page.keyboard.press("Space");
  await page.waitForURL(/#sort=level$/);
  assert.deepEqual(await sorted(page), [["level", "ascending"]]);
  const levels = await page.locator("main tbody td .badge").allInnerTexts();
  assert.equal(levels[0].trim(), "Certified");
  assert.equal(levels.at(-1).trim(), "Withdrawn");
}

/** The address keeps what is asked for: it can be loaded again, gone back from, and sent. */
async function kept({ page, base }) {
  await page.goto(`${base}teams/index.html`);
  const all = await names(page);
  await page.locator("#q").fill("csirt");
  await page.locator("[name=level]").selectOption("certified");
  await page.getByRole("button", { name: "Country", exact: true }).click();
  const [found, words] = [await names(page), await caption(page)];
  assert.ok(found.length > 1 && found.length < all.length);
  await page.reload();
  await announced(page, words);
  assert.deepEqual(await names(page), found);
  assert.deepEqual(asked(page), { q: "csirt", level: "certified", sort: "country" });
  assert.equal(await page.locator("#q").inputValue(), "csirt");
  assert.deepEqual(await sorted(page), [["country", "ascending"]]);
  await page.goBack();
  assert.deepEqual(asked(page), { q: "csirt", level: "certified" });
  await page.goBack();
  assert.deepEqual(asked(page), { q: "csirt" });
  assert.equal(await page.locator("[name=level]").inputValue(), "");
  await page.goBack();
  assert.deepEqual(await names(page), all);
  await page.goForward();
  assert.deepEqual(asked(page), { q: "csirt" });
  // What cannot be chosen is not asked for, and another fragment is a place on the page.
  await page.goto(`${base}methodology.html`);
  await page.goto(`${base}teams/index.html#level=nonsense&country=AT&x=1`);
  await page.waitForFunction(() => document.getElementById("said").textContent);
  assert.deepEqual((await names(page)).sort(), expected(({ country }) => country.code === "AT").sort());
}

/** A file that does not arrive is told of, and asked for again with the next key; nothing is counted twice. */
async function failing(browser) {
  const { page, close } = await visit(browser, large);
  let isBlocked = true;
  await page.route("**/teams/data/1.js", (route) => (isBlocked ? route.abort() : route.fallback()));
  await page.goto(`${large.base}teams/index.html`);
  await page.locator("#q").fill("bold");
  await page.locator("#failed p").waitFor();
  assert.notEqual(await page.locator("#said").textContent(), "140 teams");
  isBlocked = false;
  await page.locator("#q").pressSequentially(" ");
  await announced(page, "140 teams");
  assert.equal(await page.locator("#failed p").count(), 0);
  await close();
}

/** Names that mean ill stay text, more is shown on request, and the pages of the list come back. */
async function long({ page, base }) {
  await page.goto(`${base}teams/page/2.html`);
  const [before, pager] = [await names(page), page.locator("nav.pages")];
  assert.ok(await pager.isVisible());
  await page.locator("#q").fill("bold");
  await announced(page, "140 teams");
  assert.equal(await pager.isVisible(), false);
  assert.equal((await names(page)).length, 50);
  assert.equal(await page.locator("main tbody b").count(), 0);
  assert.match((await names(page))[0], /^<b>Bold<\/b> & "quoted"/);
  await tabTo(page, page.locator("#more"), 300);
  await page.keyboard.press("Enter");
  assert.equal((await names(page)).length, 100);
  await page.keyboard.press("Enter");
  assert.equal((await names(page)).length, 140);
  assert.equal(await page.locator("#more").isVisible(), false);
  assert.ok(await page.locator("main tbody tr:nth-child(101) a").evaluate((link) => link === document.activeElement));
  await page.getByRole("button", { name: "Show all" }).click();
  assert.deepEqual(await names(page), before);
  assert.ok(await pager.isVisible());
}

/** What has ended since the site was built is lowered here too, and never raised. */
async function later(browser) {
  for (const [on, level, holds] of [["2030-01-01", "certified", false], ["2020-01-01", "certified", true]]) {
    const { page, base, close } = await visit(browser, sample, { on });
    await page.goto(`${base}teams/index.html#level=${level}`);
    await page.waitForFunction(() => document.getElementById("said").textContent);
    const certified = expected(({ status: { id, valid_until: until } }) => id === level && (holds || !until || until >= on));
    assert.deepEqual((await names(page)).sort(), certified.sort(), on);
    await close();
  }
}

/** A site of so many teams, and how long a key takes there. */
async function fast(browser) {
  const files = { "content/site.yaml": `title: Many\nsample: true\nformats: []\nmax_files: ${5 * TEAMS}\n` };
  const syllables = ["ka", "lo", "mé", "ri", "tü", "sa", "no", "ve", "pi", "do"];
  for (let at = 0; at < TEAMS; at += 1) {
    const word = [1, 10, 100, 1000].map((place) => syllables[Math.floor(at / place) % 10]).join("");
    files[`content/teams/team-${at}.yaml`] = `name: CERT ${word} ${at}\nofficial_name: Computer Emergency Response Team of ${word}\n` +
      `country: ${["AT", "DE", "FR", "JP", "US"][at % 5]}\ntypes: [academic]\nconfirmed: ${day}\nstatus: [{level: accredited, since: 2020-01-01}` +
      `${at % 3 ? "" : ", {level: certified, since: 2025-01-01}"}]\n`;
  }
  const { page, base, close } = await visit(browser, invented("ten-thousand", files));
  await page.goto(`${base}teams/index.html`);
  await page.locator("#q").focus();
  const begin = Date.now();
  await page.locator("#q").fill("cert");
  await announced(page, `${TEAMS} teams`);
  const loading = Date.now() - begin;
  const times = await page.evaluate((queries) => queries.map((query) => {
    const box = document.getElementById("q");
    box.value = query;
    const begin = performance.now();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    return performance.now() - begin;
  }), ["c", "ce", "cer", "cert", "cert k", "cert kalo", "team vepi austria", "lometu", "9999", "response emergency team", "zzz", "e"]);
  times.sort((a, b) => a - b);
  const [median, worst] = [times[times.length >> 1], times.at(-1)];
  console.log(`${TEAMS} teams: loaded in ${loading} ms; a key takes ${median.toFixed(1)} ms (median), ${worst.toFixed(1)} ms (longest)`);
  // How long is told and not held: a busy machine is no fault of the page.
  await page.locator("#q").fill("cert k");
  // Only one of the ten syllables has a k, and each name has four of them.
  await announced(page, `${TEAMS - 9 ** 4} teams`);
  await close();
}

export function search(browser) {
  describe("the list of all teams", () => {
    for (const [name, site, go] of [["as one types", sample, typed], ["by what it has", sample, filtered], ["in another order", sample, ordered],
      ["in the address", sample, kept], ["long and ill-meaning", large, long]]) {
      test(`is searched ${name}`, async () => {
        const opened = await visit(browser(), site);
        try {
          await go(opened);
          assert.deepEqual(opened.complaints, []);
        } finally {
          await opened.close();
        }
      });
    }
    test("is lowered on a later day, and not raised on an earlier one", () => later(browser()));
    test("says what did not arrive, and asks for it again", () => failing(browser()));
    test("is complete where no script runs", async () => {
      const { page, base, close } = await visit(browser(), sample, { javaScriptEnabled: false });
      await page.goto(`${base}teams/index.html`);
      assert.equal((await names(page)).length, told("teams.json").teams.length);
      assert.equal(await page.locator("#search").isVisible(), false);
      assert.equal(await page.locator("main th button").count(), 0);
      await close();
    });
    test("answers among ten thousand, and tells how soon", () => fast(browser()));
  });
}
