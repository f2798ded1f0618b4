// On paper: the page of a team is one sheet of A4, and all that is written on it is there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { kinds } from "./support/pages.mjs";
import { invented, sample, visit } from "./support/sites.mjs";

/** The sheets of a PDF, each with its size and its words, in points. */
function sheets(pdf) {
  const { status, stdout, stderr } = spawnSync("pdftotext", ["-bbox", "-", "-"], { input: pdf, maxBuffer: 1 << 26, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.split("<page ").slice(1).map((page) => ({
    width: Number(page.match(/width="([\d.]+)"/)[1]),
    height: Number(page.match(/height="([\d.]+)"/)[1]),
    words: [...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)]
      .map(([, left, top, right, bottom, text]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text })),
  }));
}

/** The words that must be on paper. A PDF knows only where letters stand, so that those in Latin letters must do. */
const written = (page) => page.evaluate(() => {
  const seen = [...document.querySelectorAll("main :is(h1, h2, dt, dd a, code, time, .badge)")]
    .filter((element) => element.checkVisibility?.({ visibilityProperty: true }) && !element.closest("svg, .vh"));
  return seen.flatMap((element) => element.innerText.split(/\s+/)).filter((text) => /^[\x21-\x7e]+$/.test(text));
});

/** A page on paper. */
async function printed(browser, site, path) {
  const { page, close } = await visit(browser, site);
  await page.goto(site.base + path);
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  await close();
  return sheets(pdf).map(({ words }) => words.map(({ text }) => text));
}

/** A team that is reached in more ways than a sheet has lines. */
const reachable = () => {
  const phones = Array.from({ length: 50 }, (_, at) => `{number: +1 202 555 01${String(at).padStart(2, "0")}, comment: Line ${at}}`);
  const entry = `name: Reachable\ncountry: AT\ncontact:\n  timezone: Europe/Vienna\n  phones: [${phones.join(", ")}]\n`;
  return invented("reachable", { "content/site.yaml": "title: T\nsample: true\n", "content/teams/reachable.yaml": entry });
};

export function print(browser) {
  describe("print", { concurrency: 2 }, () => {
    test("every sheet of the list of teams has all headings", async () => {
      const found = await printed(browser(), sample, "teams/index.html");
      assert.ok(found.length > 1);
      for (const [at, words] of found.entries()) {
        for (const heading of ["Team", "Country", "Level", "Types", "note"]) assert.ok(words.includes(heading), `${heading} on sheet ${at}: ${words}`);
      }
    });
    test("a team with many contacts begins on the first sheet, without a clock", async () => {
      const found = await printed(browser(), reachable(), "teams/reachable.html");
      assert.ok(found.length > 1 && found[0].includes("0100"), found[0].join(" "));
      assert.ok(!found.flat().includes("There"), found.flat().join(" "));
    });
    for (const team of sample.pages.filter((page) => kinds.team.test(page))) {
      test(`${team} is one sheet, and nothing is cut`, async () => {
        const { page, close } = await visit(browser(), sample);
        await page.goto(sample.base + team);
        const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
        await page.emulateMedia({ media: "print" });
        const texts = await written(page);
        await close();
        const found = sheets(pdf);
        assert.ok(found.every(({ width, height }) => Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2), `${team} is not A4`);
        const out = found.flatMap(({ width, height, words }) =>
          words.filter(({ left, top, right, bottom }) => left < 0 || top < 0 || right > width || bottom > height));
        assert.deepEqual(out.map(({ text }) => text), [], `${team}: cut at the edge of the sheet`);
        const all = found.flatMap(({ words }) => words.map(({ text }) => text)).join("")
          .replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", "\"");
        assert.ok(texts.length > 10, `${team}: ${texts}`);
        assert.deepEqual(texts.filter((text) => !all.includes(text)), [], `${team}: not on paper`);
        assert.equal(found.length, 1, `${team} has ${found.length} sheets`);
      });
    }
  });
}
