import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startingTopology } from '../../src/cli/init/topology.ts';
import { whyNoOvs } from '../support/node.ts';
import { netloom, netloomOk } from './support/cli.ts';
import { ownLabs } from './support/suite.ts';
import { tapsCanBeMade } from './support/taps.ts';
import { TOPOLOGIES } from './support/topology.ts';

const folder = fileURLToPath(TOPOLOGIES);
const created = mkdtempSync(path.join(tmpdir(), 'netloom-init-'));
const started = path.join(created, 'started.yaml');
writeFileSync(started, startingTopology('started', 'started.yaml', '/usr/share/topology.schema.json'));
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** Returns why an example cannot be tested here; `undefined` if it can. */
function lacking(file: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  if (text.includes('mechanism: openvswitch')) return whyNoOvs();
  return text.includes('attach: tap') && !tapsCanBeMade() ? '/dev/net/tun is not open to us' : undefined;
}

ownLabs();

/** Returns the entries of `destroy`'s list of remaining settings that differ from the nodes' real state. */
async function falseEntries(file: string, destroyed: string): Promise<string[]> {
  const told = [...destroyed.matchAll(/^ {2}(\w+)\/-\/(nic|sysctl)\/(\S+) {2}stays (.*)$/gm)];
  const seen = told.map(async ([line, node = '', kind, name = '', state = '']) => {
    const look = kind === 'nic' ? ['ip', '-br', 'link', 'show', 'dev', name] : ['cat', `/proc/sys/${name}`];
    const { code, stdout } = await netloom('lab', 'exec', file, node, '--', ...look);
    const is = kind === 'nic' ? /[<,]UP[,>]/.test(stdout) && state.startsWith('up') : stdout.trim() === state;
    return code === 0 && is ? [] : [line];
  });
  return told.length === 0 ? ['nothing is told, and every example borrows a NIC'] : (await Promise.all(seen)).flat();
}

/** The router and the DHCP server that `init` writes can be entered by their names, and the lab ended by its own. */
async function enterStartedByName(): Promise<void> {
  expect(await netloomOk('lab', 'exec', started, 'router1', '--', 'ip', '-br', 'address')).toContain('203.0.113.10/32');
  expect(await netloomOk('lab', 'exec', started, 'dhcp/private', '--', 'ip', '-br', 'address')).toContain(
    '169.254.169.254/32',
  );
  expect(await netloomOk('lab', 'list')).toMatch(/^started +1 .*started\.yaml$/m);
}

/** Returns the running labs of this file. */
function runningLabs(): string[] {
  const labs = path.join(process.env['TMPDIR'] ?? '', `netloom-${String(process.geteuid?.())}`);
  return existsSync(labs) ? readdirSync(labs) : [];
}

afterAll(() => {
  expect(runningLabs()).toEqual([]);
  rmSync(created, { recursive: true });
});

// Each example has its own lab, and none measures anything.
describe.concurrent.each([
  ...examples.map((name) => [name, path.join(folder, name), path.basename(name, '.yaml')] as const),
  ['several files', path.join(folder, 'include', 'main.yaml'), 'include'] as const,
  ['init', started, 'started'] as const,
])('%s', (_, file, lab) => {
  afterAll(async () => {
    await netloom('lab', 'down', file);
  });

  it('is valid, comes up, settles, meets its expectations and is deleted', async ({ skip }) => {
    await netloomOk('validate', file);
    const reason = lacking(file);
    skip(reason !== undefined, `because ${reason ?? ''}`);
    await netloomOk('lab', 'up', file);
    expect((await netloom('plan', '--detailed-exitcode', file)).code).toBe(2);
    const applied = await netloomOk('apply', '--yes', file);
    expect(applied).toMatch(/^No changes\./m);
    const again = await netloom('plan', '--detailed-exitcode', '--json', file);
    expect(again.code).toBe(0);
    await netloomOk('verify', file);
    if (file === started) await enterStartedByName();
    const destroyed = await netloomOk('destroy', '--yes', file);
    expect(destroyed).toContain('No changes. Nothing of the topology is left.');
    expect(await falseEntries(file, destroyed)).toEqual([]);
    await netloomOk('lab', 'down', file);
    expect(runningLabs()).not.toContain(lab);
  });
});
