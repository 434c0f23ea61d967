import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { between, formatted, table } from '../../generated/markdown.mjs';
import { ROOT } from '../../lib/paths.mjs';
import { plotSvg } from './plot.mjs';
import { linesAgainst } from './lines.mjs';
import { cells, HEAD } from './table.mjs';

/** @typedef {import('./document.mjs').Document} Document */

const PAGE = 'docs/benchmarks.md';
/** The results that the page shows. */
const RESULTS = 'docs/benchmarks.json';

/** The headings under which the sections are shown. */
const PARTS = {
  start: 'Start',
  apply: 'Apply and destroy',
  plan: 'Plan without changes, and one change',
  traffic: 'Under traffic',
  instances: 'Instances',
  watch: 'Watch: a save, drift, and nothing to do',
  compile: 'Compile',
  peers: "Neutron's own code",
};

/**
 * Returns the files that show results, by path: the page, whose words stay, and its plots.
 * @param {Document} document @param {string} page the page as it is
 * @returns {Promise<Record<string, string>>}
 */
export async function filesOf(document, page) {
  const { rows } = document;
  const parts = Object.entries(PARTS).flatMap(([section, heading]) => {
    const own = rows.filter((row) => row.section === section);
    return own.length === 0 ? [] : [`### ${heading}\n\n${table(HEAD, own.map(cells))}`];
  });
  const withMachine = between(page, 'machine', machineText(document));
  return {
    [PAGE]: await formatted(PAGE, between(withMachine, 'results', parts.join('\n\n'))),
    [RESULTS]: await formatted(RESULTS, JSON.stringify(document), 'json'),
    'docs/images/bench-routers.svg': plotSvg({
      title: 'Time against routers',
      x: 'routers, with ten floating IPs each',
      y: 'milliseconds',
      lines: linesAgainst('routers', rows),
    }),
    'docs/images/bench-objects.svg': plotSvg({
      title: 'Time against objects',
      x: 'objects',
      y: 'milliseconds',
      lines: linesAgainst('objects', rows),
    }),
  };
}

/** Writes the page of the benchmarks and its plots. @param {Document} document */
export async function writePage(document) {
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
  const files = await filesOf(document, readFileSync(join(ROOT, PAGE), 'utf8'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(ROOT, path), text);
}

/** @param {Document} document */
function machineText({ date, machine, rounds }) {
  const { processor, processors, memory_gb: memory, architecture, system, kernel, node, iptables, iproute2 } = machine;
  return [
    `Measured on ${date.slice(0, 10)}: ${processors} processors (${processor}, ${architecture}), ${memory} GB,`,
    `${system}, Linux ${kernel}, Node.js ${node}, iptables ${iptables},`,
    `iproute2 ${iproute2}. Each figure is the median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`,
  ].join('\n');
}
