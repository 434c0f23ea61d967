import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where the pictures of the page are kept that the tests take. */
const PICTURES = fileURLToPath(new URL('../../../../coverage/page/', import.meta.url));

/**
 * The widths and schemes that every view is looked at in. axe-core takes a second, so it is run once in each width and
 * once in each scheme.
 */
const LOOKS = [
  { scheme: 'light', width: 1280, height: 900, axe: true },
  { scheme: 'dark', width: 1280, height: 900, axe: false },
  { scheme: 'light', width: 360, height: 780, axe: false },
  { scheme: 'dark', width: 360, height: 780, axe: true },
] as const;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Debian's Chromium. It runs as root in tests, where its own sandbox does not work. */
export function startBrowser(): Promise<Browser> {
  mkdirSync(PICTURES, { recursive: true });
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** What is wrong with a view, in words: violations of accessibility, what is cut off, and what lies on another. */
export type Faults = readonly string[];

/** Looks at the page in every width and scheme, keeps a picture of each, and returns what is wrong. */
export async function inspect(page: Page, name: string): Promise<Faults> {
  const faults: string[] = [];
  for (const { scheme, width, height, axe } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${PICTURES}${name}-${scheme}-${String(width)}.png` });
    const found = [...(axe ? await axeFaults(page) : []), ...(await rectangleFaults(page))];
    faults.push(...found.map((fault) => `${scheme} ${String(width)}: ${fault}`));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
}

/** Runs axe-core in the page. */
async function axeFaults(page: Page): Promise<Faults> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** Compares rectangles: nothing is wider than the window, and no two cards or rows lie on one another. */
async function rectangleFaults(page: Page): Promise<Faults> {
  return page.evaluate(`(() => {
    const faults = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > innerWidth) faults.push('wider than the window: ' + root.scrollWidth);
    for (const selector of ['.card', '.service', '.nav-link', '.drift > li', 'button.thing:not(.around)']) {
      const seen = [...document.querySelectorAll(selector)]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      for (const [i, a] of seen.entries()) {
        if (!a.element.closest('.scroll, .picture') && (a.box.left < -1 || a.box.right > innerWidth + 1)) faults.push('cut off: ' + a.element.textContent);
        for (const b of seen.slice(i + 1)) {
          const apart = a.box.right <= b.box.left + 1 || b.box.right <= a.box.left + 1 ||
            a.box.bottom <= b.box.top + 1 || b.box.bottom <= a.box.top + 1;
          if (!apart) faults.push(selector + ': ' + a.element.textContent + ' lies on ' + b.element.textContent);
        }
      }
    }
    return faults;
  })()`);
}
