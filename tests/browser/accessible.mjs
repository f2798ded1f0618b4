// What axe finds (all rules for WCAG 2.0 to 2.2, A and AA, and those that are good practice), and what must be scrolled
// sideways, on every kind of page.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { broken, findings, tooWide } from "./support/browser.mjs";
import { hard, kindOf } from "./support/pages.mjs";
import { invented, sample, sites, visit } from "./support/sites.mjs";

export function accessible(browser) {
  test("every page is of one known kind", () => {
    const found = new Set(sites.flatMap(({ pages }) => pages.map(kindOf)));
    assert.ok(found.size >= 16, [...found].join());
  });

  describe("axe finds nothing", { concurrency: 2 }, () => {
    for (const { site, page: path } of hard()) {
      test(`${site.name}/${path}`, async () => {
        const found = [];
        // The pages of the sample have everything that colours; the others are hard by what they hold, or lack.
        for (const colorScheme of site === sample ? ["light", "dark"] : ["light"]) {
          const { page, close, complaints } = await visit(browser(), site, { colorScheme });
          await page.goto(site.base + path);
          for (const width of site === sample ? [1280, 320] : [320]) {
            await page.setViewportSize({ width, height: 800 });
            const at = `${site.name}/${path} at ${width} px, ${colorScheme}`;
            found.push(...(await findings(page)).map((finding) => `${at}: ${finding}`));
            found.push(...(await tooWide(page)).map((element) => `${at}: wider than the window: ${element}`));
          }
          found.push(...complaints);
          await close();
        }
        assert.deepEqual(found, []);
      });
    }
  });

  describe("nothing is scrolled sideways at 320 px", { concurrency: 2 }, () => {
    for (const site of sites) {
      test(`${site.name}: all pages`, async () => {
        const { page, close } = await visit(browser(), site, { viewport: { width: 320, height: 800 }, javaScriptEnabled: false });
        const found = [];
        // Of invented teams one is like the other.
        const pages = site.pages.filter((path, at) => site === sample || kindOf(path) !== "team" || at % 20 === 0);
        for (const path of pages) {
          await page.goto(site.base + path);
          found.push(...(await tooWide(page)).map((element) => `${site.name}/${path} at 320 px: ${element}`));
        }
        await close();
        assert.deepEqual(found, []);
      });
    }
  });

  test("no word of a heading, of a level or of who vouched is broken on a telephone", async () => {
    const { page, close } = await visit(browser(), sample, { viewport: { width: 390, height: 800 } });
    const found = [];
    for (const path of sample.pages.filter((path) => /^statistics/.test(path) || kindOf(path) === "team")) {
      await page.goto(sample.base + path);
      found.push(...(await broken(page, ".figures thead th, .links :is(th, .badge)")).map((word) => `${path}: ${word}`));
      found.push(...(await tooWide(page)).map((element) => `${path}: wider than the window: ${element}`));
    }
    await close();
    assert.deepEqual(found, []);
  });

  test("a table of figures has all its columns on a telephone", async () => {
    for (const width of [390, 320]) {
      const { page, close } = await visit(browser(), sample, { viewport: { width, height: 800 } });
      await page.goto(`${sample.base}statistics.html`);
      const columns = await page.locator("table.years tbody tr:first-child > *").evaluateAll((cells) =>
        cells.map((cell) => ({ width: cell.getBoundingClientRect().width, clip: getComputedStyle(cell).clipPath })));
      await close();
      assert.ok(columns.length > 7, `${columns.length} columns`);
      for (const { width: column, clip } of columns) assert.ok(column > 10 && clip === "none", `at ${width} px`);
    }
  });

  test("one long word does not take the room of all columns of the contact sheet", async () => {
    const team = `name: Confederation\ncountry: AT\ncontact: {hours: ${"Bereitschaftszeiten".repeat(10)}, emails: [{address: cert@team.example}]}\n`;
    const site = invented("word", { "content/site.yaml": "title: T\nsample: true\n", "content/teams/a.yaml": team });
    const { page, close } = await visit(browser(), site, { viewport: { width: 1280, height: 800 } });
    await page.goto(`${site.base}contacts.html`);
    assert.deepEqual([...await broken(page, ".sheet tbody th, .sheet td:not(:last-child)"), ...await tooWide(page)], []);
    await close();
  });
}
