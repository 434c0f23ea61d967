import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/**
 * One npm package that is part of the bundle. @typedef {{ name: string, version: string, license: string, text: string
 * }} Notice
 */

/**
 * Returns the licences of the packages that files of the bundle come from, sorted by name.
 * @param {readonly string[]} files
 * @returns {Notice[]}
 */
export function noticesOf(files) {
  const names = files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort().map((name) => {
    const folder = join(ROOT, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
    return { name, version, license, text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim() };
  });
}

/** Returns the notices as one text. @param {readonly Notice[]} notices */
export function noticesText(notices) {
  const parts = notices.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  return `netloom contains parts of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}\n${LOADED}`;
}

/** Of the package that is loaded at run time: its files are beside netloom's, not in them. */
const LOADED = `${'-'.repeat(80)}

netloom does not contain elkjs (https://github.com/kieler/elkjs, EPL-2.0 OR GPL-3.0-or-later), which draws the layout
of \`netloom graph --format svg\`: it is a package of its own, unmodified, with its licence in its file LICENSE.md.
`;
