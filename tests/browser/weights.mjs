// What pages weigh, uncompressed: a slow line at night is a case that they are made for. A kB has 1000 bytes.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { sites } from "./support/sites.mjs";

const MOST = 150_000;

const size = (site, file) => fs.statSync(path.join(site.folder, file)).size;

export function weights() {
  describe("weights", () => {
    test("no page weighs more than 150 kB", () => {
      const heavy = sites.flatMap((site) => site.pages.filter((page) => size(site, page) > MOST)
        .map((page) => `${site.name}/${page}: ${size(site, page)} bytes`));
      assert.deepEqual(heavy, []);
    });
  });
}
