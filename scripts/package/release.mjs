import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { Stop } from '../lib/say.mjs';

/** Where packages are made; git ignores it. */
export const PACKAGES = join(ROOT, 'packages');

/**
 * Returns the parts of package.json that packages are made from.
 * @returns {{ version: string, homepage: string, description: string }}
 */
export function manifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/**
 * One release of CHANGELOG.md: its version, its date (YYYY-MM-DD) and its entries, one string each.
 * @typedef {{ version: string, date: string, entries: string[] }} Release
 */

/**
 * Returns the releases of a change log in the form of Keep a Changelog, the newest first.
 * @param {string} [text]
 * @returns {Release[]}
 */
export function releases(text = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')) {
  const parts = text.split(/^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$/m).slice(1);
  return Array.from({ length: parts.length / 3 }, (_, i) => {
    const [version = '', date = '', body = ''] = parts.slice(i * 3);
    const items = body.split(/^- /m).slice(1);
    const entries = items.map((item) => (item.split(/\n(?:\n|#|\[)/)[0] ?? '').replace(/\s+/g, ' ').trim());
    return { version, date, entries };
  });
}

/** Returns the release that package.json names; CHANGELOG.md must have it. @returns {Release} */
export function thisRelease() {
  const { version } = manifest();
  const found = releases().find((release) => release.version === version);
  if (found === undefined) throw new Stop(`CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD"`);
  return found;
}

/** Returns the time that packages bear, in seconds: SOURCE_DATE_EPOCH, or midnight of the release's date. */
export function sourceDate() {
  const given = Number(process.env['SOURCE_DATE_EPOCH']);
  return Number.isInteger(given) && given > 0 ? given : Date.parse(`${thisRelease().date}T00:00:00Z`) / 1000;
}
