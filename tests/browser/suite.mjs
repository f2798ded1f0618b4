// Everything that the pages promise to whoever has a browser. Run it with tests/browser/run.

import { after, before } from "node:test";
import { launch } from "./support/browser.mjs";
import { accessible } from "./accessible.mjs";
import { contact } from "./contact.mjs";
import { dates } from "./dates.mjs";
import { journeys } from "./journeys.mjs";
import { languages } from "./languages.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { print } from "./print.mjs";
import { search } from "./search.mjs";
import { serve } from "./serve.mjs";
import { weights } from "./weights.mjs";

/** How long this may go on when all is said, in milliseconds: a server or a browser of a test that failed would keep it going. */
const LEAVE = 10_000;

let browser;
before(async () => { browser = await launch(); });
after(async () => {
  setTimeout(() => process.exit(), LEAVE).unref();
  await browser.close();
});

const parts = { journeys, search, dates, contact, languages, accessible, print, weights, serve, lighthouse };
const asked = process.argv.slice(2);
for (const name of asked.length ? asked : Object.keys(parts)) parts[name](() => browser);
