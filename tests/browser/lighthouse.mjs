// Lighthouse gives home, list and team 100 of 100 in each of its four categories. The pages come from a server that
// compresses and sends what `_headers` says; the device is Lighthouse's usual one, a slow telephone.
// A machine that is busy makes performance look worse than it is, and never better, or spoils a run: one good run of three
// is enough, and it must have 100. The other three categories do not depend on time.
// One audit is left out. Lighthouse loads robots.txt in the name of the page, whose policy for content lets it load nothing
// (connect-src), so that it takes the file for missing. It is read here instead.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { executable, flags, tools } from "./support/browser.mjs";
import { deployed } from "./support/sites.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const OPTIONS = (port) => ({ port, logLevel: "error", output: "json", onlyCategories: CATEGORIES, skipAudits: ["robots-txt"] });
const load = (name) => import(pathToFileURL(tools.resolve(name)));

export function lighthouse() {
  describe("Lighthouse", () => {
    let site;
    let chrome;
    let run;
    before(async () => {
      site = await deployed("/");
      run = (await load("lighthouse")).default;
      chrome = await (await load("chrome-launcher")).launch({ chromePath: executable, chromeFlags: ["--headless=new", ...flags] });
    });
    after(() => {
      chrome?.kill();
      site?.close();
    });
    test("robots.txt lets everybody in", async () => {
      const answer = await fetch(`${site.base}robots.txt`);
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /^User-agent: \*\nAllow: \/\n(Sitemap: http\S+\n)?$/);
    });

    for (const page of ["index.html", "teams/index.html", "teams/cert-alpha.html"]) {
      test(`Lighthouse: ${page}`, async () => {
        const told = [];
        for (let tries = 0; tries < 3; tries += 1) {
          const { lhr } = await run(site.base + page, OPTIONS(chrome.port));
          if (lhr.runtimeError) {
            told.push(lhr.runtimeError.message);
            continue;
          }
          const scores = CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
          const short = scores.filter(([, score]) => score < 100);
          if (!short.length) return;
          const reasons = short.flatMap(([name]) => lhr.categories[name].auditRefs)
            .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
            .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""} ${JSON.stringify(lhr.audits[id].details?.items?.[0] ?? "").slice(0, 300)}`);
          told.push(`${short.map(([name, score]) => `${name} ${score}`).join(", ")}: ${reasons.join("; ")}`);
          if (short.some(([name]) => name !== "performance")) break;
        }
        assert.fail(`${page}: ${told.join("\n")}`);
      });
    }
  });
}
