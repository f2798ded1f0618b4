// The same directory in four languages, and as it would be in one that is written from right to left.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { findings, tooWide } from "./support/browser.mjs";
import { follow, tabTo } from "./support/keyboard.mjs";
import { hard, kindOf } from "./support/pages.mjs";
import { manifold, sample, visit } from "./support/sites.mjs";

const OTHERS = { fr: "Français", de: "Deutsch", es: "Español" };
/** How the second meaning of a text is joined to the first. */
const OR = { fr: " ou le nom 64500", de: " oder der Name 64500", es: " o el nombre 64500" };
const KINDS = ["home", "teams", "team", "expiring", "lookup", "statistics", "keys", "methodology"];
const link = (page, name) => page.locator("header nav a", { hasText: name });

export function languages(browser) {
  describe("languages", { concurrency: 2 }, () => {
    let site;
    before(() => { site = manifold(); });

    for (const [language, name] of Object.entries(OTHERS)) {
      for (const scripts of [true, false]) {
        test(`${name}${scripts ? "" : " without JavaScript"}: there and back with the keyboard alone`, async () => {
          const { page, complaints, close } = await visit(browser(), site, { javaScriptEnabled: scripts });
          await page.goto(`${site.base}teams/cert-alpha.html`);
          const menu = await page.locator("header nav").first().innerText();
          await follow(page, link(page, name));
          assert.equal(page.url(), `${site.base}${language}/teams/cert-alpha.html`);
          assert.equal(await page.locator("html").getAttribute("lang"), language);
          assert.equal(await page.locator("h1").innerText(), "CERT Alpha");
          assert.notEqual(await page.locator("header nav").first().innerText(), menu, "the menu is still in English");
          await follow(page, link(page, "English"));
          assert.equal(page.url(), `${site.base}teams/cert-alpha.html`);
          assert.deepEqual(complaints, []);
          await close();
        });
      }

      test(`${name}: who answers for an address`, async () => {
        const { page, complaints, close } = await visit(browser(), site);
        await page.goto(`${site.base}${language}/lookup.html`);
        await tabTo(page, page.locator("#q"));
        await page.keyboard.type("192.0.2.17");
        await page.keyboard.press("Enter");
        await page.waitForSelector("#found li");
        await follow(page, page.locator("#found a.name"));
        assert.equal(page.url(), `${site.base}${language}/teams/cert-alpha.html`);
        assert.deepEqual(complaints, []);
        await close();
      });

      test(`${name}: what is asked is kept where the language is changed`, async () => {
        const { page, complaints, close } = await visit(browser(), site);
        await page.goto(`${site.base}lookup.html#q=64500`);
        await page.waitForSelector("#said [data-part=read]");
        await follow(page, link(page, name));
        assert.equal(page.url(), `${site.base}${language}/lookup.html#q=64500`);
        const read = page.locator("#said [data-part=read]");
        await read.waitFor();
        const said = await read.textContent();
        assert.ok(said.endsWith(OR[language]), said);
        await page.goto(`${site.base}teams/index.html`);
        await page.locator("#search [name=q]").pressSequentially("alpha");
        await page.waitForURL(/#q=alpha$/);
        await follow(page, link(page, name));
        assert.equal(page.url(), `${site.base}${language}/teams/index.html#q=alpha`);
        assert.equal(await page.locator("#search [name=q]").inputValue(), "alpha");
        assert.deepEqual(complaints, []);
        await close();
      });

      test(`${name}: axe finds nothing, and nothing is scrolled sideways`, async () => {
        const { page, close } = await visit(browser(), site, { viewport: { width: 320, height: 800 } });
        const found = [];
        // The words of a kind are the same on all its pages.
        const tree = site.pages.filter((path) => path.startsWith(`${language}/`))
          .filter((path, at) => !["team", "country", "type"].includes(kindOf(path)) || at % 6 === 0);
        const seen = new Set();
        for (const path of tree) {
          const kind = kindOf(path);
          await page.goto(site.base + path);
          found.push(...(await tooWide(page)).map((element) => `${path} at 320 px: ${element}`));
          if (!KINDS.includes(kind) || seen.has(kind)) continue;
          seen.add(kind);
          found.push(...(await findings(page)).map((finding) => `${path} at 320 px, light: ${finding}`));
        }
        await close();
        assert.equal(seen.size, KINDS.length);
        assert.deepEqual(found, []);
      });
    }

    // There is no catalogue of such a language yet; the theme is ready for one.
    test("from right to left everything is mirrored, and nothing is scrolled sideways", async () => {
      const found = [];
      for (const width of [320, 1280]) {
        const { page, close } = await visit(browser(), sample, { viewport: { width, height: 800 } });
        for (const { page: path } of hard().filter(({ site }) => site === sample)) {
          await page.goto(sample.base + path);
          await page.evaluate(() => { document.documentElement.dir = "rtl"; });
          found.push(...(await tooWide(page)).map((element) => `${path} at ${width} px, from right to left: ${element}`));
          const { left, right } = await page.locator("h1").evaluate((title) => {
            const range = document.createRange();
            range.selectNodeContents(title);
            const { left, right } = range.getBoundingClientRect();
            const frame = title.getBoundingClientRect();
            return { left: left - frame.left, right: frame.right - right };
          });
          const centred = await page.locator("h1").evaluate((title) => getComputedStyle(title).textAlign === "center");
          if (!centred && right > left + 1) found.push(`${path} at ${width} px, from right to left: the title is at the left`);
        }
        await close();
      }
      assert.deepEqual(found, []);
    });

    test("a name that runs from right to left does so on a page that does not", async () => {
      const { page, close } = await visit(browser(), sample);
      await page.goto(`${sample.base}teams/papyrus-cert.html`);
      const names = await page.locator("main bdi").evaluateAll((all) => all.filter((one) => /^[\u0590-\u08ff]/.test(one.innerText))
        .map((one) => [one.innerText, getComputedStyle(one).direction]));
      assert.ok(names.length > 1);
      assert.deepEqual(names.filter(([, direction]) => direction !== "rtl"), []);
      await close();
    });
  });
}
