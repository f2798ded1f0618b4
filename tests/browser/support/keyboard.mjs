// A hand that has a keyboard and nothing else.

import assert from "node:assert/strict";

/** What has the focus: how it is told in messages, and whether it is seen to have it. */
const focus = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { width, height, top, bottom, left, right } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  const within = width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return { told: element.outerHTML.slice(0, 160), marked, within };
});

/**
 * Presses Tab until `wanted`, a locator, has the focus. Every stop on the way must show that it has the focus, and where it
 * is. More than `most` stops are too many for anybody.
 */
export async function tabTo(page, wanted, most = 120) {
  assert.ok(await wanted.count() > 0, `${page.url()}: there is no ${wanted}`);
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    if (!at) continue;
    assert.ok(at.within, `${page.url()}: what has the focus is out of sight: ${at.told}`);
    assert.ok(at.marked, `${page.url()}: nothing shows that this has the focus: ${at.told}`);
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${page.url()}: ${wanted} is not reached with ${most} presses of Tab`);
}

/** Goes to a link with Tab, follows it with Enter, and waits for the page. */
export async function follow(page, link) {
  await tabTo(page, link);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
