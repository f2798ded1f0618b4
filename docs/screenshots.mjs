// Takes pictures of the pages of a built site.   node screenshots.mjs SITE IMAGES

import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../tests/browser/support/browser.mjs";

const [site, images] = process.argv.slice(2);

/** The name of a picture, its page, and how it is seen. */
const pictures = [
  ["home", "index.html", "wide", "light"],
  ["home-dark", "index.html", "wide", "dark"],
  ["home-narrow", "index.html", "narrow", "light"],
  ["map", "index.html", "wide", "light", "[aria-labelledby=countries]"],
  ["teams", "teams/index.html", "wide", "light"],
  ["team", "teams/cert-alpha.html", "wide", "light"],
  ["team-dark", "teams/cert-alpha.html", "wide", "dark"],
  ["team-narrow", "teams/cert-alpha.html", "narrow", "dark"],
  ["lookup", "lookup.html#q=192.0.2.17", "wide", "light"],
  ["statistics", "statistics.html", "wide", "dark"],
];
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };

const browser = await launch();
try {
  for (const [name, address, size, colorScheme, part] of pictures) {
    const [file, fragment] = address.split("#");
    const context = await browser.newContext({ viewport: sizes[size], colorScheme, deviceScaleFactor: 1, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000); // also where many things run beside it
    // The pages tell how old they are: here they are read on the day for which they were made.
    await page.clock.setFixedTime("2026-11-28T12:00:00Z");
    await page.goto(pathToFileURL(path.join(site, file)) + (fragment ? `#${fragment}` : ""));
    if (fragment) await page.locator("#found > li").first().waitFor();
    const target = path.join(images, `${name}.png`);
    await (part ? page.locator(part).screenshot({ path: target }) : page.screenshot({ path: target }));
    await context.close();
  }
} finally {
  await browser.close();
}
