import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../src/session/create-engine.ts';
import type { Engine } from '../../src/session/engine.ts';
import { netloom, TOPOLOGY, type Ran } from '../support/fake-world.ts';

const MAIN = `name: demo
include: [parts/guests.yaml]
physical_networks: { lan: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24, enable_dhcp: false } } } # one
`;
const GUESTS = 'instances:\n  # the first\n  vm1:\n    node: n1\n    ports:\n      eth0: { network: net1 }\n';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-pin-'));
  mkdirSync(at('parts'));
  writeFileSync(at('main.yaml'), MAIN);
  writeFileSync(at('parts/guests.yaml'), GUESTS);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `pin` on `main.yaml`, which the real engine reads. */
async function pin(words: readonly string[], more: Partial<Engine> = {}): Promise<Ran> {
  const engine = createEngine();
  return netloom(['pin', ...words, at('main.yaml')], {
    engine: () => ({ source: (file) => engine.source(file), load: (source) => engine.load(source), ...more }),
  });
}

test('each value is in the file that has its entry; a second time nothing is written', async () => {
  chmodSync(at('parts/guests.yaml'), 0o640);
  const first = await pin([]);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toBe(`Pinned 3 ids, 1 MAC and 1 address in ${at('main.yaml')} and ${at('parts/guests.yaml')}.\n`);
  const [main, guests] = ['main.yaml', 'parts/guests.yaml'].map((name) => readFileSync(at(name), 'utf8'));
  expect(main?.replaceAll(/id: [0-9a-f-]{36}, /g, '')).toBe(MAIN);
  expect(guests?.replaceAll(/(id|fixed_ip_address|mac_address): [0-9a-f:.-]+/g, '$1: …')).toBe(
    GUESTS.replace('{ network: net1 }', '{ id: …, network: net1, fixed_ip_address: …, mac_address: … }'),
  );
  expect(statSync(at('parts/guests.yaml')).mode & 0o777).toBe(0o640);
  expect(await pin([])).toMatchObject({ code: 0, out: 'Already pinned.\n' });
  expect(readFileSync(at('main.yaml'), 'utf8')).toBe(main);
});

test('the nodes are read, unless --offline is given', async () => {
  expect((await pin(['--dry-run'])).calls).toContain('open');
  expect((await pin(['--dry-run', '--lab'])).calls).toContain('open lab');
  expect((await pin(['--dry-run', '--offline'])).calls).toEqual([]);
});

test('--dry-run shows a unified diff and writes nothing', async () => {
  const { code, out } = await pin(['--dry-run', '--offline']);
  expect(code).toBe(0);
  expect(out).toContain(`--- ${at('parts/guests.yaml')}\n+++ ${at('parts/guests.yaml')} (pinned)\n@@ `);
  expect(out).toMatch(/^-\s+eth0: \{ network: net1 \}$/m);
  expect(readFileSync(at('parts/guests.yaml'), 'utf8')).toBe(GUESTS);
});

test('a file that is saved while the nodes are read is not overwritten, nor is any other', async () => {
  const saved = `${GUESTS}# saved meanwhile\n`;
  const { code, err } = await pin([], {
    derives: () => {
      writeFileSync(at('parts/guests.yaml'), saved);
      return Promise.resolve(false);
    },
  });
  expect(code).toBe(1);
  expect(err).toContain('NLP71');
  expect(readFileSync(at('parts/guests.yaml'), 'utf8')).toBe(saved);
  expect(readFileSync(at('main.yaml'), 'utf8')).toBe(MAIN);
});

test('an address that cannot stay is an error: it would be written without consent', async () => {
  const { code, err } = await pin([], {
    derives: () => Promise.resolve(true),
    compileHeld: async ({ topology }) => ({
      compiled: await createEngine().compile(topology),
      diagnostics: [],
      renumbered: [{ code: 'NLP50', severity: 'warning', summary: 'vm1: 10.0.0.9 → 10.0.0.5, because x has it' }],
      removed: [],
    }),
  });
  expect(code).toBe(1);
  expect(err).toMatch(/NLP53.*\n.*10\.0\.0\.9 → 10\.0\.0\.5[^]*apply --max-impact renumber/);
  expect(readFileSync(at('main.yaml'), 'utf8')).toBe(MAIN);
});

test('standard input is pinned to standard output', async () => {
  const { code, out } = await netloom(['pin', '--offline', '-'], { files: { '-': TOPOLOGY } });
  expect(code).toBe(0);
  expect(out).toMatch(/vm1: \{ node: n1, listen: \[22\], ports: \{ eth0: \{ id: /);
});

test('--json lists values and files', async () => {
  const { out } = await pin(['--json', '--offline']);
  expect(JSON.parse(out)).toMatchObject({
    files: [
      { file: at('main.yaml'), changed: true },
      { file: at('parts/guests.yaml'), changed: true },
    ],
    values: [
      { path: 'networks.net1.id' },
      { path: 'networks.net1.subnets.sub1.id' },
      { path: 'instances.vm1.ports.eth0.id' },
      { path: 'instances.vm1.ports.eth0.fixed_ip_address' },
      { path: 'instances.vm1.ports.eth0.mac_address' },
    ],
    diagnostics: [],
  });
});
