import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { requirementsFor } from '../requirements.mjs';
import { between, formatted, table } from './markdown.mjs';

const FILE = join(ROOT, 'docs/operating.md');

/** docs/operating.md with its table of packages regenerated; the rest of the page is written by hand. */
export async function operating() {
  return await formatted(FILE, between(readFileSync(FILE, 'utf8'), 'packages', packages()));
}

/** Each Debian package once: its programs, what they are for, and whether nodes or only labs need it. */
function packages() {
  const needed = requirementsFor(['run', 'lab']);
  const names = [...new Set(needed.map((requirement) => requirement.package))].sort();
  return table(
    ['Debian package', 'Programs', 'For', 'Needed by'],
    names.map((name) => {
      const own = needed.filter((requirement) => requirement.package === name);
      return [
        `\`${name}\``,
        own.map(({ command }) => `\`${command}\``).join(', '),
        [...new Set(own.map((requirement) => requirement.for))].join('; '),
        neededBy(own),
      ];
    }),
  );
}

/** @param {readonly import('../requirements.mjs').Requirement[]} own requirements of one package */
function neededBy(own) {
  if (own.some(({ area }) => area === 'openvswitch')) return 'nodes with Open vSwitch';
  return own.some(({ needed }) => needed === 'run') ? 'nodes' : 'labs';
}
