// A hand that has a keyboard and nothing else.

import assert from "node:assert/strict";

/** What has the focus, seen from `wanted`: whether it is that, how it is told in messages, whether it is seen to have it. */
const focus = (wanted) => wanted.first().evaluate((wanted) => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { width, height, top, bottom, left, right } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return {
    isWanted: element === wanted,
    told: element.outerHTML.slice(0, 160),
    isMarked: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none",
    isSeen: width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
});

/**
 * Presses Tab until the first of `wanted`, a locator, has the focus. Every stop on the way must show that it has the focus,
 * and be in sight. More than `most` stops are too many for anybody.
 */
export async function tabTo(page, wanted, most = 120) {
  assert.ok(await wanted.count() > 0, `${page.url()}: there is no ${wanted}`);
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(wanted);
    if (!at) continue;
    assert.ok(at.isSeen, `${page.url()}: what has the focus is out of sight: ${at.told}`);
    assert.ok(at.isMarked, `${page.url()}: nothing shows that this has the focus: ${at.told}`);
    if (at.isWanted) return;
  }
  assert.fail(`${page.url()}: ${wanted} is not reached with ${most} presses of Tab`);
}

/** Goes to a link with Tab, follows it with Enter, and waits for the page. */
export async function follow(page, link) {
  await tabTo(page, link);
  await Promise.all([page.waitForNavigation({ waitUntil: "domcontentloaded" }), page.keyboard.press("Enter")]);
}
