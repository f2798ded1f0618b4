// Lighthouse gives home, list and team 100 of 100 for accessibility, best practices and SEO. The pages come from a server that
// compresses and sends what `_headers` says; the device is Lighthouse's usual one, a slow telephone. What it gives for
// performance is told with its reasons, and not held: it depends on how busy the machine is. Held is that next to nothing moves
// while a page is loaded, half of what counts as good (0.1): on a slow machine the buttons of scripts may come after the page.
// One audit is left out. Lighthouse loads robots.txt in the name of the page, whose policy for content lets it load nothing
// (connect-src), so that it takes the file for missing. It is read here instead.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { executable, flags, tools } from "./support/browser.mjs";
import { deployed } from "./support/sites.mjs";

const HELD = ["accessibility", "best-practices", "seo"];
const CATEGORIES = ["performance", ...HELD];
const OPTIONS = (port) => ({ port, logLevel: "error", output: "json", onlyCategories: CATEGORIES, skipAudits: ["robots-txt"] });
// What Lighthouse calls a recording that went wrong, whatever the page.
const RECORDING = new Set(["NO_NAVSTART", "NO_TRACING_STARTED"]);
const load = (name) => import(pathToFileURL(tools.resolve(name)));

export function lighthouse() {
  describe("Lighthouse", () => {
    let site;
    let launch;
    let run;
    before(async () => {
      // Lighthouse goes by the clock of the machine: a site of another day would tell that it is old, and move.
      site = await deployed("/", new Date().toISOString().slice(0, 10));
      run = (await load("lighthouse")).default;
      launch = (await load("chrome-launcher")).launch;
    });
    after(() => site?.close());
    test("robots.txt lets everybody in", async () => {
      const answer = await fetch(`${site.base}robots.txt`);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /^User-agent: \*\nAllow: \/\n(Sitemap: http\S+\n)?$/);
    });

    // Now and then the browser begins to record a page after it began, and Lighthouse asks to be run again, in words of its own.
    async function report(page) {
      for (let left = 2; ; left -= 1) {
        const chrome = await launch({ chromePath: executable, chromeFlags: ["--headless=new", ...flags] });
        const { lhr } = await run(site.base + page, OPTIONS(chrome.port)).finally(() => chrome.kill());
        if (left === 0 || !RECORDING.has(lhr.runtimeError?.code)) return lhr;
        console.log(`${page}: ${lhr.runtimeError.message}`);
      }
    }

    for (const page of ["index.html", "teams/index.html", "teams/cert-alpha.html"]) {
      test(`Lighthouse: ${page}`, async () => {
        const lhr = await report(page);
        assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
        const reasons = (name) => lhr.categories[name].auditRefs
          .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
          .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""} ${JSON.stringify(lhr.audits[id].details?.items?.[0] ?? "").slice(0, 300)}`);
        const score = (name) => Math.round(lhr.categories[name].score * 100);
        const slow = reasons("performance").map((reason) => reason.split(" {")[0]);
        console.log(`${page}: performance ${score("performance")}${slow.length ? `, for ${slow.join("; ")}` : ""}`);
        for (const name of HELD) assert.equal(score(name), 100, `${name}: ${reasons(name).join("; ")}`);
        assert.ok(lhr.audits["cumulative-layout-shift"].numericValue < 0.05, `${page} moves: ${lhr.audits["cumulative-layout-shift"].displayValue}`);
      });
    }
  });
}
