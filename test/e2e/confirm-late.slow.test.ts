import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changedSince } from '../../src/diff/since.ts';
import type { Observed } from '../../src/model/resource.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { netloom, netloomOk, startNetloom, type Ran } from './support/cli.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { docOf, textOf } from './support/topology.ts';

const instance = (node: string) => ({ node, ports: { eth0: { network: 'lan' } } });
const doc = (more: boolean): Topology => ({
  ...docOf(`name: e2e-late
physical_networks: { wire: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
networks: { lan: { physical_network: wire, subnets: { s1: { cidr: 10.0.1.0/24 } } } }
`),
  instances: { a: instance('n1'), b: instance('n2'), ...(more && { c: instance('n1'), d: instance('n2') }) },
});

ownLabs();
const network = labOf(() => doc(false), { trials: false });
const folder = mkdtempSync(path.join(tmpdir(), 'netloom-late-'));
const file = path.join(folder, 'topology.yaml');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(async () => {
  writeFileSync(file, textOf(doc(false)));
  await netloomOk('apply', '--lab', '--yes', file);
  writeFileSync(file, textOf(doc(true)));
  await netloomOk('lab', 'up', file);
});

/** What is the topology's. */
const own = async (): Promise<readonly Observed[]> =>
  (await network().plan()).observed.filter(({ owner }) => owner === 'ours');

/** Starts an apply, and returns when it waits to be confirmed on both nodes. */
async function waiting(): Promise<ReturnType<typeof startNetloom>> {
  const started = startNetloom(['apply', '--lab', '--yes', '--confirm', '60s', file]);
  const states = () =>
    Promise.all(['n1', 'n2'].map((node) => network().in(node, 'cat /run/netloom/.confirm/deadline 2>/dev/null || :')));
  const waits = until(states, (all) => all.every((state) => state.startsWith('waiting')), 20_000);
  await Promise.race([waits, started.ended.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
  return started;
}

it('of two nodes one of which confirmed too late, both lists are told, and undo leads the other back', async () => {
  const before = await own();
  const { ended } = await waiting();
  // Its time is over first.
  await network().in(
    'n2',
    'ln -s timeout /run/netloom/.confirm/decided; while [ -d /run/netloom/.confirm ]; do sleep 0.1; done',
  );
  const told = ({ code, stderr }: Ran): void => {
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('error[NLA33]: the changes on n2 were reverted: nobody confirmed it in time');
    expect(stderr).toMatch(/error\[NLA35\][^]*Kept: n1\n\s*Reverted: n2\n/);
  };
  const confirmed = await netloom('confirm', '--lab', file);
  told(confirmed);
  expect(confirmed.stdout).toBe('Kept on n1.\nReverted on n2.\n');
  told(await ended);
  const shown = await netloomOk('history', 'show', '--lab', file, '2');
  expect(shown).toContain('apply, partly-reverted');
  expect(shown).toContain('It was kept on n1, and not on n2.');
  expect(shown).toMatch(/decided to keep it, .*: kept on n1, reverted on n2\./);
  const undone = await netloom('undo', '--lab', '--yes', '--force', file);
  expect(undone.code, undone.stderr).toBe(0);
  expect(undone.stdout).toContain('Back to the state before run 2, apply');
  expect(undone.stdout).toMatch(/\nNo changes\. The network matches the state before run 2\.\n$/);
  expect(changedSince(before, await own())).toEqual([]);
});

it('a run whose netloom was killed is reverted, also with a file that was broken since, and archived so', async () => {
  const before = await own();
  const { child, ended } = await waiting();
  child.kill('SIGKILL');
  await ended;
  writeFileSync(file, `${textOf(doc(true))}routers: 7\n`);
  expect((await netloom('unlock', '--lab', file, 'n1')).stderr).not.toContain('routers');
  const reverted = await netloom('revert', '--lab', file);
  expect([reverted.code, reverted.stdout], reverted.stderr).toEqual([0, 'Reverted on n1, n2.\n']);
  expect(changedSince(before, await own())).toEqual([]);
  const shown = await netloomOk('history', 'show', '--lab', file, '4');
  expect(shown).toContain('apply, reverted\n');
  expect(shown).toMatch(/\n\S+@\S+ decided to revert it, .*: reverted on n1, n2\.\n/);
});
