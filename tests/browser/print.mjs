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

/** The sheets of a page on paper. */
async function paper(browser, site, path) {
  const { page, close } = await visit(browser, site);
  await page.goto(site.base + path);
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  await close();
  return sheets(pdf);
}

/** A page on paper, as words. */
const printed = async (...page) => (await paper(...page)).map(({ words }) => words.map(({ text }) => text));

/** Words that are printed over others: boxes of neighbours touch, but one does not lie in another by half of its height. */
const overprinted = ({ words }) => words.flatMap((one, at) => words.slice(at + 1)
  .filter((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > (one.bottom - one.top) / 2)
  .map((other) => `${one.text} / ${other.text}`));

/** A team that is reached in more ways than a sheet has lines. */
const reachable = () => {
  const phones = Array.from({ length: 50 }, (_, at) => `{number: +1 202 555 01${String(at).padStart(2, "0")}, comment: Line ${at}}`);
  const entry = `name: Reachable\ncountry: AT\ncontact:\n  timezone: Europe/Vienna\n  phones: [${phones.join(", ")}]\n`;
  return invented("reachable", { "content/site.yaml": "title: T\nsample: true\n", "content/teams/reachable.yaml": entry });
};

/** A team that has much to say of how it is reached, in long words, and a past. */
const wordy = () => {
  const host = "sicherheitsvorfallmanagement.informationstechnikzentrum.bundeslandverwaltung.example";
  const numbers = Array.from({ length: 30 }, (_, at) => String(at).padStart(2, "0"));
  const emails = numbers.map((at) => `{address: computernotfallteam-der-oeffentlichen-verwaltung-${at}@${host}, usage: [emergency]}`);
  const remark = "Rufbereitschaft außerhalb der Geschäftszeiten nur für die Sicherheitsvorfallmanagementstelle";
  const phones = numbers.map((at) => `{number: +1 2 0 2 5 5 5 0 1 ${at[0]} ${at[1]}, usage: [emergency], comment: ${remark}}`);
  const history = numbers.slice(20).map((at) => `  - {level: certified, since: 20${at}-05-05, certificate: Rechenzentrumssicherheit ${at}}\n`);
  const entry = "name: Rechenzentrumssicherheit Niedersachsen\ncountry: DE\ncontact:\n  timezone: America/Argentina/Buenos_Aires\n" +
    `  hours: Montag bis Donnerstag 08:00-18:00 (${remark})\n  phones: [${phones.join(", ")}]\n  emails: [${emails.join(", ")}]\n` +
    "  address: |\n    Informationstechnikzentrum\n    Lindenhofgasse 14\n    9999 Stadt\n" +
    `memberships: [{name: Verbund}]\nstatus:\n  - {level: accredited, since: 2019-01-01}\n${history.join("")}`;
  return invented("wordy", { "content/site.yaml": "title: T\nsample: true\nlanguage: de\n", "content/teams/wordy.yaml": entry });
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
    test("what is long is printed over nothing, and names are whole", async () => {
      const site = wordy();
      for (const [path, whole] of [["teams/wordy.html", ["Mitgliedschaften"]], ["contacts.html", ["Rechenzentrumssicherheit"]]]) {
        const found = await paper(browser(), site, path);
        assert.ok(found.length > 1, path);
        assert.deepEqual(found.flatMap(overprinted), [], path);
        const words = found.flatMap((sheet) => sheet.words.map(({ text }) => text));
        for (const word of whole) assert.ok(words.includes(word), `${word} in ${path}`);
      }
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
