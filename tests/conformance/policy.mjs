// Looks at pages of every kind with the Content-Security-Policy enforced: no violation, no message of the browser, no request
// elsewhere; and lookup, which loads its data as scripts, gives its answer.   policy.mjs ADDRESS
import assert from "node:assert/strict";
import { launch } from "../browser/support/browser.mjs";

const address = process.argv[2];
const browser = await launch();
try {
  const page = await browser.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`${page.url()}: ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) wrong.push(`${page.url()} asks for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("/none")) wrong.push(`${response.url()}: ${response.status()}`);
  });
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`violation of ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  }));

  await page.goto(`${address}index.html`);
  const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => new URL(a.getAttribute("href"), document.baseURI).href.split("#")[0]));
  const pages = new Set(links.filter((link) => link.startsWith(address) && link.endsWith(".html")));
  for (const name of ["teams/index.html", "countries/index.html", "keys.html", "statistics.html", "data.html", "lookup.html"]) pages.add(address + name);
  await page.goto(`${address}teams/index.html`);
  const team = await page.locator("main a[href$='.html']").evaluateAll((all) => all.map((a) => a.href).find((href) => /teams\/[a-z]/.test(href)));
  pages.add(team);
  for (const one of pages) {
    await page.goto(one);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).margin), "0px", `${one} has no style`);
  }
  assert.ok(pages.size > 10, `${pages.size} pages`);

  // Data are no script: the policy leaves them alone, and they are there.
  await page.goto(team);
  const data = await page.locator("script[type='application/ld+json']").first().textContent();
  assert.ok(JSON.parse(data)["@context"], data);

  await page.goto(`${address}lookup.html#q=AS64500`);
  await page.locator("#found > li").first().waitFor();

  // The page for what does not exist is at home at any depth.
  await page.goto(`${address}a/b/none`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).margin), "0px");
  await page.locator("main a").first().click();
  assert.deepEqual(wrong.filter((line) => !line.includes("404")), []);

  // Nothing else makes a script: neither a text, nor a policy of another name.
  const refused = await page.evaluate(() => {
    const script = document.createElement("script");
    const tries = [() => { script.src = "x.js"; }, () => { document.body.innerHTML = "<b>"; }, () => { window.trustedTypes.createPolicy("other", {}); }];
    return tries.map((attempt) => { try { attempt(); return false; } catch { return true; } });
  });
  assert.deepEqual(refused, [true, true, true]);
  console.log(`${address}: ${pages.size} pages and a lookup under the policy, without a violation or a message`);
} finally {
  await browser.close();
}
