import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { heldPath } from '../../src/features/held/index.ts';
import { hasErrors } from '../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { NOTHING_HELD, type Held } from '../../src/model/held.ts';
import { pinsOf } from '../../src/compile/pins.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import { addFields } from '../../src/topology/edit/add-fields.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { topologyTexts } from '../arbitraries/topology.ts';
import { memoryFolder } from '../support/memory-folder.ts';

/** The texts of a topology by name, the main file first. */
type Files = ReadonlyMap<string, string>;

const FOLDER = 'topologies';

function load(files: Files, beside: Readonly<Record<string, string>> = {}) {
  const [[file, text] = ['', '']] = files;
  const folder = memoryFolder(file, { ...beside, ...Object.fromEntries(files) });
  const { topology, diagnostics, included } = loadTopology(text, file, folder);
  expect(diagnostics.filter((one) => hasErrors([one]))).toEqual([]);
  return { topology: topology!, texts: new Map([[file, text], ...included]) };
}

/** What the nodes hold: the next address of each pool and another MAC, where the file gives none. */
function shifted(resolved: ResolvedTopology): Held {
  const last = resolved.derived.length - 1;
  const ports = resolved.derived.map(({ id, mac, network }, index): [string, { mac?: string; addresses: string[] }] => {
    const others = resolved.derived.filter((port) => port.network === network && port.addresses.length > 0);
    const addresses = [...(others[(others.findIndex((port) => port.id === id) + 1) % others.length]?.addresses ?? [])];
    const tail = (last - index).toString(16).padStart(4, '0');
    return [id, { addresses, ...(mac !== undefined && { mac: `52:54:00:00:${tail.slice(0, 2)}:${tail.slice(2)}` }) }];
  });
  return { ...NOTHING_HELD, ports: new Map(ports) };
}

/** Everything that the graph desires, without the file of derived values: it lists what the topology file lacks. */
function specs({ resources, topology }: DesiredGraph) {
  const path = heldPath(topology);
  return new Map([...resources].filter(([, { name }]) => name !== path).map(([address, { spec }]) => [address, spec]));
}

function pinned(
  files: Files,
  held: (resolved: ResolvedTopology) => Held,
  beside: Readonly<Record<string, string>> = {},
) {
  const { topology, texts } = load(files, beside);
  const fresh = compileTopology(topology);
  const { graph, resolved } = compileTopology(topology, held(fresh.resolved!));
  const { files: edited, diagnostics } = addFields(texts, pinsOf(topology, resolved!));
  expect(diagnostics).toEqual([]);
  return { graph: graph!, after: new Map(edited.map(({ file, after }) => [file, after])), texts };
}

function expectPinned(
  files: Files,
  held: (resolved: ResolvedTopology) => Held,
  beside: Readonly<Record<string, string>> = {},
) {
  const first = pinned(files, held, beside);
  const { topology } = load(first.after, beside);
  const compiled = compileTopology(topology);
  expect(compiled.diagnostics).toEqual([]);
  expect(specs(compiled.graph!)).toEqual(specs(first.graph));
  expect(pinsOf(topology, compiled.resolved!)).toEqual([]);
  for (const [file, text] of first.texts) expect(inOrder(text, first.after.get(file) ?? '')).toBe(true);
}

/** Whether a text has all characters of another in their order: nothing was removed. */
function inOrder(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const EXAMPLES = [
  ...readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')),
  ...[join('include', 'main.yaml')],
].map((name) => join(FOLDER, name));

test.each(EXAMPLES)('%s: with pinned values, the nodes get what they hold; a second time nothing is left', (file) => {
  const beside = Object.fromEntries(
    readdirSync(join(FOLDER, 'include')).map((name) => {
      const path = join(FOLDER, 'include', name);
      return [path, readFileSync(path, 'utf8')];
    }),
  );
  const files = new Map([[file, readFileSync(file, 'utf8')]]);
  expectPinned(files, shifted, beside);
});

test('what is down is pinned too', () => {
  const file = join(FOLDER, 'two-routers.yaml');
  const text = readFileSync(file, 'utf8').replace(
    /^( +)(node: \w+\n)(?= +external_gateway)/m,
    '$1$2$1admin_state_up: false\n',
  );
  expect(text).toContain('admin_state_up: false');
  expectPinned(new Map([[file, text]]), () => NOTHING_HELD);
});

test('any topology, with anything held', () => {
  fc.assert(
    fc.property(topologyTexts(), fc.boolean(), (text, isHeld) => {
      expectPinned(new Map([['t.yaml', text]]), isHeld ? shifted : () => NOTHING_HELD);
    }),
    { numRuns: 4 },
  );
});
