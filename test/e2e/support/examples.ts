import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startingTopology } from '../../../src/cli/init/topology.ts';
import { whyNoOvs } from '../../support/node.ts';
import { netloom, netloomOk } from './cli.ts';
import { ownLabs, until } from './suite.ts';
import { tapsCanBeMade } from './taps.ts';
import { TOPOLOGIES } from './topology.ts';

const folder = fileURLToPath(TOPOLOGIES);
const created = mkdtempSync(path.join(tmpdir(), 'netloom-init-'));
const started = path.join(created, 'started.yaml');
writeFileSync(started, startingTopology('started', 'started.yaml', '/usr/share/topology.schema.json'));

/** The topologies that come with netloom, and that which `init` writes: file and name of the lab, by title. */
const EXAMPLES: ReadonlyMap<string, readonly [file: string, lab: string]> = new Map([
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, [path.join(folder, name), path.basename(name, '.yaml')]] as const),
  ['several files', [path.join(folder, 'include', 'main.yaml'), 'include']] as const,
  ['init', [started, 'started']] as const,
]);

/** The examples of the everyday tests: one of each sort. */
export const EVERYDAY: readonly string[] = ['linuxbridge-flat.yaml', 'openvswitch-vlans.yaml', 'several files', 'init'];

/** All other examples. */
export const OTHERS: readonly string[] = [...EXAMPLES.keys()].filter((title) => !EVERYDAY.includes(title));

/** Returns why an example cannot be tested here; `undefined` if it can. */
function lacking(file: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  if (text.includes('mechanism: openvswitch')) return whyNoOvs();
  return text.includes('attach: tap') && !tapsCanBeMade() ? '/dev/net/tun is not open to us' : undefined;
}

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

/** A plan that is remembered prints what planning prints, as text and as JSON; one with warnings is not remembered. */
async function expectRemembered(file: string): Promise<void> {
  const planned = async (): Promise<{ readonly isRemembered: boolean; readonly document: unknown }> => {
    const { stats, ...document } = JSON.parse(await netloomOk('plan', '--json', '--stats', file)) as {
      readonly stats: { readonly plan_remembered: boolean };
    };
    return { isRemembered: stats.plan_remembered, document };
  };
  const made = await netloomOk('plan', '--json', '--no-cache', file);
  const isQuiet = made.includes('"diagnostics": []');
  // The detection of duplicate addresses ends within seconds after an apply: then the nodes answer otherwise once.
  const { isRemembered, document } = await until(planned, (seen) => seen.isRemembered || !isQuiet);
  expect({ isRemembered, document }).toEqual({ isRemembered: isQuiet, document: JSON.parse(made) as unknown });
  expect(await netloomOk('plan', file)).toBe(await netloomOk('plan', '--no-cache', file));
}

/** Returns the running labs of this file. */
function runningLabs(): string[] {
  const labs = path.join(process.env['TMPDIR'] ?? '', `netloom-${String(process.geteuid?.())}`);
  return existsSync(labs) ? readdirSync(labs) : [];
}

/** Defines the tests of these examples: each comes up in a lab, is applied, verified and deleted. */
export function triesExamples(titles: readonly string[]): void {
  ownLabs();

  afterAll(() => {
    expect(runningLabs()).toEqual([]);
    rmSync(created, { recursive: true });
  });

  // Each example has its own lab, and none measures anything.
  describe.concurrent.each(titles)('%s', (title) => {
    const example = EXAMPLES.get(title);
    if (example === undefined) throw new Error(`there is no example ${title}`);
    const [file, lab] = example;
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
      await expectRemembered(file);
      await netloomOk('verify', file);
      if (file === started) await enterStartedByName();
      const destroyed = await netloomOk('destroy', '--yes', file);
      expect(destroyed).toContain('No changes. Nothing of the topology is left.');
      expect(await falseEntries(file, destroyed)).toEqual([]);
      await netloomOk('lab', 'down', file);
      expect(runningLabs()).not.toContain(lab);
    });
  });
}
