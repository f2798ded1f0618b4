// The preview in a browser: a page that is open is loaded again once after each save, and what is wrong with the files is on
// top of it until it is mended, under the policy that the pages bring with them.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, describe, test } from "node:test";
import { findings, open, peerage, tooWide } from "./support/browser.mjs";
import { day } from "./support/sites.mjs";

const entry = (name) => `name: ${name}\ncountry: AT\nstatus: [{level: listed, since: 2020-01-15}]\n`;
const WRONG = `${entry("CERT Alpha")}contry: AT\n`;

const rubbish = new Set();
process.on("exit", () => {
  for (const root of rubbish) fs.rmSync(root, { recursive: true, force: true });
});
const running = new Set();

/** A project of its own. */
function project(alpha = entry("CERT Alpha")) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "peerage-serve-"));
  rubbish.add(root);
  fs.mkdirSync(path.join(root, "content/teams"), { recursive: true });
  fs.writeFileSync(path.join(root, "content/site.yaml"), "title: Test directory\nsample: true\n");
  const file = path.join(root, "content/teams/cert-alpha.yaml");
  fs.writeFileSync(file, alpha);
  return { root, file };
}

/** A preview that is ready. Whoever starts it ends it. */
async function preview(root, port = 0) {
  const child = spawn(peerage, ["serve", root, "--port", `${port}`, "--today", day], { stdio: ["ignore", "ignore", "pipe"] });
  running.add(child);
  const ended = new Promise((resolve) => { child.on("exit", resolve); });
  const base = await new Promise((resolve, reject) => {
    createInterface(child.stderr).on("line", (line) => {
      const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+\//) ?? [];
      if (address) resolve(address);
    }).on("close", () => reject(new Error("the preview ended")));
  });
  return { base, port: new URL(base).port, end: () => { child.kill("SIGINT"); return ended; } };
}

/** A page of the preview, and how often it was loaded. */
async function visit(browser, { base }, at, options = {}) {
  const opened = await open(browser, base, { on: day, ...options });
  let loads = 0;
  opened.page.on("load", () => { loads += 1; });
  await opened.page.goto(base + at);
  return { ...opened, loads: () => loads };
}

/** Saves as editors do. */
const editors = {
  vim(file, text) {
    fs.renameSync(file, `${file}~`);
    fs.writeFileSync(file, text);
    fs.rmSync(`${file}~`);
  },
  nano(file, text) {
    fs.writeFileSync(file, text);
  },
  "vs code"(file, text) {
    fs.writeFileSync(`${file}.tmp`, text);
    fs.renameSync(`${file}.tmp`, file);
  },
};

const heading = (page, name) => page.locator("h1", { hasText: name }).waitFor();
const panel = (page) => page.locator("#peerage-findings section");

/** Saves, waits until `page` shows it, and asserts that it was loaded once for it. */
async function shows({ page, loads }, name, save) {
  await page.waitForLoadState("load");
  const before = loads();
  await Promise.all([page.waitForEvent("load"), save()]);
  await heading(page, name);
  assert.equal(loads(), before + 1, name);
}

async function once(browser) {
  const { root, file } = project();
  const server = await preview(root);
  const visited = await visit(browser, server, "teams/cert-alpha.html");
  const { page, loads, complaints, close } = visited;
  await heading(page, "CERT Alpha");
  let saves = 0;
  for (const round of [1, 2]) {
    for (const [name, save] of Object.entries(editors)) {
      await shows(visited, `Saved by ${name} ${round}`, () => save(file, entry(`Saved by ${name} ${round}`)));
      saves += 1;
    }
  }
  // Where it stood, it stands again.
  await page.setViewportSize({ width: 800, height: 300 });
  await page.evaluate(() => scrollTo(0, 200));
  const at = await page.evaluate(() => scrollY);
  assert.ok(at > 0);
  await shows(visited, "Scrolled", () => editors.nano(file, entry("Scrolled")));
  await page.waitForFunction((at) => scrollY === at, at);
  assert.equal(loads(), saves + 2);

  // 200 saves are one.
  const before = loads();
  for (let at = 0; at < 200; at += 1) Object.values(editors)[at % 3](file, entry(`Burst ${at}`));
  await heading(page, "Burst 199");
  // The heading may be there before all is, and only then it counts.
  await page.waitForLoadState("load");
  assert.equal(loads(), before + 1);
  await shows(visited, "After the burst", () => editors.nano(file, entry("After the burst")));
  assert.deepEqual(complaints, []);
  await close();

  // A page with a policy of its own for the scripts that it loads, and two pages at once.
  const [list, lookup] = [await visit(browser, server, "teams/index.html"), await visit(browser, server, "lookup.html")];
  await list.page.locator("#q").fill("list");
  await list.page.waitForURL(/#q=list$/);
  await Promise.all([list.page.waitForEvent("load"), lookup.page.waitForEvent("load"), editors.vim(file, entry("In the list"))]);
  await list.page.locator("a.name", { hasText: "In the list" }).waitFor();
  assert.deepEqual([list.loads(), lookup.loads()], [2, 2]);
  assert.deepEqual([...list.complaints, ...lookup.complaints], []);
  await Promise.all([list.close(), lookup.close()]);
  assert.equal(await server.end(), 0);
}

/** Folders that move and what git does change many files, and are one reload each all the same. */
async function folders(browser) {
  const { root, file } = project();
  const beta = path.join(root, "content/teams/cert-beta.yaml");
  fs.writeFileSync(beta, entry("CERT Beta"));
  const git = (...words) => {
    const who = ["-c", "user.name=Someone", "-c", "user.email=someone@team.example", "-c", "init.defaultBranch=main"];
    const done = spawnSync("git", [...who, ...words], { cwd: root, encoding: "utf8", env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" } });
    assert.equal(done.status, 0, done.stderr);
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "first");
  const server = await preview(root);
  const { page, loads, complaints, close } = await visit(browser, server, "teams/index.html");
  const shown = () => page.locator("a.name").allInnerTexts();
  assert.deepEqual(await shown(), ["CERT Alpha", "CERT Beta"]);
  const [away, gamma] = [path.join(root, "away"), path.join(root, "content/teams/cert-gamma.yaml")];
  const both = (names) => [file, beta].forEach((file, at) => editors.vim(file, entry(names[at])));
  for (const [what, names, change] of [
    ["a file is renamed", ["CERT Alpha", "CERT Beta"], () => fs.renameSync(beta, gamma)],
    ["it is called as before", ["CERT Alpha", "CERT Beta"], () => fs.renameSync(gamma, beta)],
    ["a file is deleted", ["CERT Alpha"], () => fs.rmSync(beta)],
    ["git has it back", ["CERT Alpha", "CERT Beta"], () => git("checkout", "-q", ".")],
    ["a folder moves away", [], () => fs.renameSync(path.join(root, "content/teams"), away)],
    ["it comes back", ["CERT Alpha", "CERT Beta"], () => fs.renameSync(away, path.join(root, "content/teams"))],
    ["two files are saved at once", ["CERT Delta", "CERT Epsilon"], () => both(["CERT Delta", "CERT Epsilon"])],
    ["git puts them aside", ["CERT Alpha", "CERT Beta"], () => git("stash", "-q")],
    ["git has them back", ["CERT Delta", "CERT Epsilon"], () => git("stash", "pop", "-q")],
  ]) {
    await page.waitForLoadState("load");
    const before = loads();
    await Promise.all([page.waitForEvent("load"), change()]);
    // What would be loaded a second time would be so by now.
    await page.waitForTimeout(1000);
    assert.deepEqual([await shown(), loads()], [names, before + 1], what);
  }
  assert.deepEqual(complaints, []);
  await close();
  assert.equal(await server.end(), 0);
}

/** Whatever the address, a page comes back when there is one, though its policy lets no script run; and so does the preview. */
async function back(browser) {
  const { root, file } = project();
  const server = await preview(root);
  const visited = await visit(browser, server, "teams/cert-alpha.html");
  const { page, loads, close } = visited;
  const away = `${root}/away.yaml`;
  // The page that says that there is none goes at once to where something new is waited for; while it does, Playwright looks at
  // nothing.
  await Promise.all([page.waitForRequest(/__peerage\/wait\?/), fs.renameSync(file, away)]);
  fs.renameSync(away, file);
  await heading(page, "CERT Alpha");
  assert.equal(page.url(), `${server.base}teams/cert-alpha.html`);
  await shows(visited, "Changed", () => editors.nano(file, entry("Changed")));

  await server.end();
  editors.nano(file, entry("While it was away"));
  const before = loads();
  const again = await preview(root, server.port);
  await heading(page, "While it was away");
  assert.equal(loads(), before + 1);
  await shows(visited, "Here again", () => editors.nano(file, entry("Here again")));
  await close();
  await again.end();
}

/** What has the focus on top of the page, and whether that is seen. */
const focused = (page) => page.evaluate(() => {
  const element = document.getElementById("peerage-findings")?.shadowRoot.activeElement;
  if (!element) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return { name: element.getAttribute("aria-label") ?? element.textContent, isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
});

async function told(browser) {
  const { root, file } = project();
  const server = await preview(root);
  const options = { permissions: ["clipboard-read", "clipboard-write"] };
  const visited = await visit(browser, server, "index.html", options);
  const { page, loads, complaints, close } = visited;
  await page.locator("h1").waitFor();
  const pages = await page.locator("main").innerText();
  assert.equal(await panel(page).count(), 0);
  await Promise.all([page.waitForEvent("load"), editors.vim(file, WRONG)]);
  await panel(page).waitFor();
  assert.match(await panel(page).innerText(), /^1 error\n[^]*content\/teams\/cert-alpha\.yaml:4:1[^]*`contry` is not a key of a team[^]*4 \| contry: AT[^]*did you mean `country`\?/);
  assert.equal(await page.locator("main").innerText(), pages, "the last good page stays");
  assert.equal(loads(), 2);

  // With the keyboard alone: it has the focus, each stop is seen, the place is copied, and it goes away.
  const stops = [];
  assert.match((await focused(page)).name, /^1 error/);
  for (let at = 0; at < 3; at += 1) {
    await page.keyboard.press("Tab");
    stops.push(await focused(page));
  }
  const place = "content/teams/cert-alpha.yaml:4:1";
  assert.deepEqual(stops, ["Hide", place, `Copy ${place}`].map((name) => ({ name, isMarked: true })));
  await page.keyboard.press("Enter");
  await panel(page).getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), place);
  await page.keyboard.press("Escape");
  assert.equal(await panel(page).count(), 0);
  await page.reload();
  await panel(page).waitFor();
  await panel(page).locator("a").click();
  await heading(page, "CERT Alpha");
  await panel(page).waitFor();

  await shows(visited, "Mended", () => editors.nano(file, entry("Mended")));
  assert.equal(await panel(page).count(), 0);
  assert.deepEqual(complaints, []);
  await close();
  await server.end();
}

async function accessible(browser) {
  const { root } = project(`${WRONG}"<img src=x onerror=alert(1)>": ${"long ".repeat(60)}\n`);
  const broken = await preview(root);
  const good = project();
  const server = await preview(good.root);
  for (const [name, address] of [["without pages", broken], ["over a page", server]]) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await visit(browser, address, "", { colorScheme });
      if (address === server && colorScheme === "light") await Promise.all([page.waitForEvent("load"), editors.nano(good.file, WRONG)]);
      await panel(page).waitFor();
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        // What is scrolled sideways now is known when the page has been drawn.
        await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
        assert.deepEqual([...(await findings(page)), ...(await tooWide(page))], [], `${name}, ${colorScheme}, ${width} px`);
      }
      if (address === broken) {
        assert.match(await panel(page).innerText(), /<img src=x onerror=alert\(1\)>/);
        assert.equal(await panel(page).locator("img").count(), 0);
      }
      await close();
    }
  }
  // What begins with errors has its pages when they are mended.
  const visited = await visit(browser, broken, "teams/cert-alpha.html");
  await visited.page.locator("h1", { hasText: "There are no pages yet" }).waitFor();
  await shows(visited, "Mended", () => editors.nano(path.join(root, "content/teams/cert-alpha.yaml"), entry("Mended")));
  assert.equal(await panel(visited.page).count(), 0);
  await visited.close();
  await Promise.all([broken.end(), server.end()]);
}

export function serve(browser) {
  describe("the preview", () => {
    // Also those of tests that failed before they came to it: this program does not end while another runs that it began.
    after(() => {
      for (const child of running) child.kill();
    });
    test("a page is loaded again once after each save", () => once(browser()));
    test("a folder that moves, and what git does, is one reload", () => folders(browser()));
    test("a page comes back when it can", () => back(browser()));
    test("what is wrong is told over the last good page", () => told(browser()));
    test("what is told is read by everybody", () => accessible(browser()));
  });
}
