// A browser whose pages are watched, on a day of ours. CHROMIUM names the browser, PEERAGE_TOOLS the folder of what tests/install installs.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url)); // Debian 12 has Node 18

/** The folder of the project. */
export const root = path.resolve(here, "../../..");
/** The command that is tested. */
export const peerage = process.env.PEERAGE ?? path.join(root, "target/debug/peerage");
/** Where Chromium is. */
export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Requires a package of package-lock.json, which `install` has put there. */
export const tools = createRequire(path.resolve(process.env.PEERAGE_TOOLS ?? path.join(root, "target"), "browser/x"));
/** What Chromium is started with, whoever starts it. */
export const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"];

/** How long something is waited for, in milliseconds: a machine may have much else to do. */
const PATIENCE = 120_000;

const axe = fs.readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

/** A browser. Whoever launches it closes it. */
export const launch = () => tools("playwright-core").chromium.launch({ executablePath: executable, args: flags });

/** The path of an address within the site. */
const within = (base, url) => decodeURIComponent(url.slice(base.length).split(/[?#]/)[0]);

/**
 * A page of a context of its own, at noon (UTC) of the day `on`, if one is given. `base` is the address of the site, ending in a slash; where
 * `folder` is given, that stands at this address, whoever it belongs to.
 * What it loads is noted in `loaded`, relative to that; whatever a browser complains of, and each request elsewhere, is
 * a complaint. The other options are Playwright's.
 */
export async function open(browser, base, { on, folder, ...options }) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  if (folder) await page.route(`${base}**`, (route) => route.fulfill({ path: path.join(folder, within(base, route.request().url())) }));
  const loaded = new Set();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("requestfailed", (request) => {
    // What a page still asks for when the next one is opened is given up: nobody misses it.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(base)) loaded.add(within(base, url));
    else complaints.push(`a request elsewhere: ${url}`);
  });
  if (on) await page.clock.setFixedTime(`${on}T12:00:00Z`);
  return { page, loaded, complaints, base, close: () => context.close() };
}

/** Everything that axe finds on a page, each as one line with the first element. What the tags of WCAG 2.2 name is run too. */
export async function findings(page) {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe);
  const { violations, ran } = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { preload: false, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
    const ran = [...result.passes, ...result.violations, ...result.incomplete, ...result.inapplicable];
    return { violations: result.violations, ran: ran.map(({ id, tags }) => ({ id, tags })) };
  });
  for (const tag of ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]) {
    assert.ok(ran.some(({ tags }) => tags.includes(tag)), `axe has no rule for ${tag}`);
  }
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id} (${help}): ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));
}

/** The elements that make a page wider than the window, the innermost ones; none where nothing scrolls sideways. */
export const tooWide = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const beyond = [...document.body.querySelectorAll("*")].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > clientWidth + 1 || left < -1;
  });
  const inner = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)));
  return [`${scrollWidth} px`, ...inner.slice(0, 3).map((element) => element.outerHTML.slice(0, 200))];
});

/** The words within what a selector finds that are broken inside, apart from those that are only read aloud. */
export const broken = (page, selector) => page.locator(selector).evaluateAll((elements) => elements.flatMap((element) => {
  const words = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (getComputedStyle(text.parentElement.closest(".word") ?? element).clipPath !== "none") continue;
    for (const { index, 0: word } of text.data.matchAll(/[^\s-]+/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top)));
      if (lines.size > 1) words.push(word);
    }
  }
  return words;
}));
