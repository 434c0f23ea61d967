// npm run bench [-- OPTIONS]: measures netloom against scripts written by hand, in labs of its own. docs/benchmarks.md
// tells what it measures.
import { parseArgs } from 'node:util';
import { documentOf } from './bench/report/document.mjs';
import { writePage } from './bench/report/page.mjs';
import { textTable } from './bench/report/table.mjs';
import { SECTIONS } from './bench/sections.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const numbers = values.sizes?.split(',').map(Number);
const options = {
  ...(numbers && { sizes: numbers }),
  rounds: Number(values.rounds),
  say: (/** @type {string} */ text) => console.error(text),
};

/** @type {import('./bench/rows.mjs').Row[]} */
const rows = [];
const names = values.only?.split(',') ?? Object.keys(SECTIONS).filter((name) => name !== 'peers');
for (const name of values.peers ? new Set([...names, 'peers']) : names) {
  const measure = SECTIONS[name];
  if (!measure) throw new Error(`no section ${name}; there are ${Object.keys(SECTIONS).join(', ')}`);
  rows.push(...(await measure(options)));
}
const document = documentOf(options.rounds, rows);
if (values.write) await writePage(document);
if (values.json) console.log(JSON.stringify(document));
else process.stdout.write(textTable(rows));
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
