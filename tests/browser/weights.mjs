// What pages weigh, uncompressed: a slow line at night is a case that they are made for. A kB has 1000 bytes.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { kinds } from "./support/pages.mjs";
import { sample, sites, visit } from "./support/sites.mjs";

const MOST = 150_000;
/** The page of a team, and that with all that it loads. */
const TEAM = { page: 40_000, whole: 72_000 };

const size = (site, file) => fs.statSync(path.join(site.folder, file)).size;

export function weights(browser) {
  describe("weights", () => {
    test("no page weighs more than 150 kB", () => {
      const heavy = sites.flatMap((site) => site.pages.filter((page) => size(site, page) > MOST)
        .map((page) => `${site.name}/${page}: ${size(site, page)} bytes`));
      assert.deepEqual(heavy, []);
    });

    test("a team's page weighs less than 40 kB, and 72 kB with all that it loads", async () => {
      const { page, loaded, close } = await visit(browser(), sample);
      const heavy = [];
      const teams = sample.pages.filter((page) => kinds.team.test(page));
      assert.ok(teams.length > 30);
      for (const team of teams) {
        loaded.clear();
        await page.goto(sample.base + team, { waitUntil: "load" });
        // Browsers without a window do not load the icon.
        for (const icon of await page.locator("link[rel~=icon]").evaluateAll((links) => links.map((link) => link.href))) {
          loaded.add(icon.slice(sample.base.length));
        }
        const whole = [...loaded].reduce((sum, file) => sum + size(sample, file), 0);
        assert.ok(loaded.size >= 3, `${team} loads only ${[...loaded]}`);
        if (size(sample, team) >= TEAM.page) heavy.push(`${team}: ${size(sample, team)} bytes`);
        if (whole > TEAM.whole) heavy.push(`${team}: ${[...loaded].map((file) => `${file} ${size(sample, file)}`).join(" + ")} = ${whole} bytes`);
      }
      await close();
      assert.deepEqual(heavy, []);
    });
  });
}
