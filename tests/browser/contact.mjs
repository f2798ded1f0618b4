// A team's page at hand: its local time and hours with a clock of ours, and copying with the keyboard.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tabTo } from "./support/keyboard.mjs";
import { sample, visit } from "./support/sites.mjs";

const told = (page) => page.locator("[data-zone]").innerText();

/** An hour before, at and within the ends of what the entry says; from a zone of the reader's that is far away. */
async function hours(browser) {
  for (const [team, instant, expected] of [
    ["leuchtfeuer-csirt", "2026-11-20T07:59:59Z", /Friday 08:59, outside their hours$/],
    ["leuchtfeuer-csirt", "2026-11-20T08:00:00Z", /Friday 09:00, within their hours/],
    ["leuchtfeuer-csirt", "2026-11-20T15:59:59Z", /Friday 16:59, within their hours/],
    ["leuchtfeuer-csirt", "2026-11-20T16:00:00Z", /Friday 17:00, outside their hours$/],
    ["leuchtfeuer-csirt", "2026-11-21T12:00:00Z", /Saturday 13:00, outside their hours$/],
    ["leuchtfeuer-csirt", "2026-07-10T14:30:00Z", /Friday 16:30, within their hours/],
    // Who is there at any hour is so on holidays too.
    ["tidenhafen-cert", "2026-11-22T03:00:00Z", /^There it is Sunday 04:00$/],
    // What could not be read with certainty is not told.
    ["cert-alpha", "2026-11-20T12:00:00Z", /^There it is Friday 13:00$/],
  ]) {
    const { page, base, complaints, close } = await visit(browser, sample, { on: null, timezoneId: "Pacific/Auckland" });
    await page.clock.setFixedTime(instant);
    await page.goto(`${base}teams/${team}.html`);
    assert.match(await told(page), expected, `${team} at ${instant}`);
    assert.deepEqual(complaints, []);
    await close();
  }
}

async function minute(browser) {
  const { page, base, close } = await visit(browser, sample, { on: null });
  await page.clock.install({ time: "2026-11-20T15:59:30Z" });
  await page.goto(`${base}teams/leuchtfeuer-csirt.html`);
  assert.match(await told(page), /16:59, within/);
  await page.clock.runFor(31_000);
  assert.match(await told(page), /17:00, outside/);
  await close();
}

async function copied(browser) {
  const { page, base, complaints, close } = await visit(browser, sample);
  await page.goto(`${base}teams/cert-alpha.html`);
  for (const [name, text] of [[/cert@alpha\.example$/, "cert@alpha.example"], [/\+1 202 555 0199$/, "+1 202 555 0199"], [/[0-9A-F]{40}$/, null]]) {
    const button = page.getByRole("button", { name }).first();
    await tabTo(page, button);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /^Copied: /.test(document.getElementById("copied").textContent));
    const said = await page.locator("#copied").textContent();
    const pasted = await page.evaluate(() => {
      const area = Object.assign(document.createElement("textarea"), { id: "pasted" });
      document.body.append(area);
      return area.focus();
    }).then(() => page.keyboard.press("Control+V")).then(() => page.locator("#pasted").inputValue());
    assert.equal(said, `Copied: ${pasted}`);
    if (text) assert.equal(pasted, text);
    else assert.match(pasted, /^[0-9A-F]{40}$/);
    await page.reload();
  }
  assert.deepEqual(complaints, []);
  await close();
}

export function contact(browser) {
  describe("a team's page at hand", () => {
    test("tells the time there, and whether they are there", () => hours(browser()));
    test("goes on with the clock", () => minute(browser()));
    test("copies what is to be typed elsewhere, with the keyboard", () => copied(browser()));
  });
}
