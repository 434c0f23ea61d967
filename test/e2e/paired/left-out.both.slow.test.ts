import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { netloom, netloomOk } from '../support/cli.ts';
import { ownLabs } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';

ownLabs();

const DEAD = 'controller';

describe('a network with a node that cannot be reached', () => {
  let folder = '';
  let up = '';
  let down = '';
  let moved = '';
  const made = (name: string, change: (doc: Topology) => void): string => {
    const doc = example('e2e-left-out');
    doc.nodes!['compute1']!.roles = ['network', 'compute'];
    doc.nodes!['compute1']!.nics!['eth2'] = { physical_network: 'external' };
    change(doc);
    const file = path.join(folder, name);
    writeFileSync(file, textOf(doc));
    return file;
  };
  /** Nothing listens on this port. */
  const dies = (doc: Topology): void => {
    doc.nodes![DEAD]!.reach = { via: 'ssh', host: '127.0.0.1', port: 1 };
  };
  const namespaces = (node: string): Promise<string> => netloomOk('lab', 'exec', up, node, '--', 'ip', 'netns');

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-left-out-'));
    up = made('up.yaml', () => undefined);
    down = made('down.yaml', dies);
    moved = made('moved.yaml', (doc) => {
      dies(doc);
      doc.routers!['router1']!.node = 'compute1';
    });
    await netloomOk('lab', 'up', up);
    await netloomOk('apply', '--yes', up);
  });
  afterAll(async () => {
    await netloom('lab', 'down', up);
    rmSync(folder, { recursive: true });
  });

  it.each(['plan', 'apply --yes', 'destroy --yes', 'show'])(
    '%s names it, and the command for the others',
    async (verb) => {
      const { code, stderr } = await netloom(...verb.split(' '), down);
      expect(code).toBe(1);
      expect(stderr).toContain(`error[NLH008]: 1 of 3 nodes cannot be reached: ${DEAD}`);
      expect(stderr).toContain('Connection refused');
      const [word = '', ...flags] = verb.split(' ');
      const typed = ['netloom', word, '--except', DEAD, ...flags, down].join(' ');
      expect(stderr).toContain(`hint: to work on the others: \`${typed}\`\n`);
    },
  );

  it('the others are planned, applied and shown without it', async () => {
    expect(await netloomOk('plan', '--except', DEAD, down)).toBe(
      `No changes. The chosen nodes match the file. Left out: ${DEAD}.\n`,
    );
    expect(JSON.parse(await netloomOk('plan', '--json', '--node', 'compute1', down))).toMatchObject({
      changes: [],
      left_out: [DEAD, 'compute2'],
    });
    const shown = JSON.parse(await netloomOk('show', '--json', '--except', DEAD, down)) as {
      left_out: string[];
      nodes: { node: string }[];
      services: { node: string; health: string }[];
      floating_ips: { health: string }[];
    };
    expect(shown.left_out).toEqual([DEAD]);
    expect(shown.nodes.map(({ node }) => node)).toEqual(['compute1', 'compute2']);
    for (const { node, health } of shown.services)
      expect([node, health]).toEqual([node, node === DEAD ? 'unknown' : 'ok']);
    expect(shown.floating_ips.map(({ health }) => health)).toEqual(['unknown']);
  });

  it('drift on the others is repaired, and a guest’s port there is no move', async () => {
    await netloomOk('lab', 'exec', up, 'compute2', '--', 'sh', '-c', 'iptables -F neutron-filter-top || iptables -F');
    const out = await netloomOk('apply', '--yes', '--except', DEAD, down);
    expect(out).toContain(`The chosen nodes match the file. Left out: ${DEAD}.`);
  });

  it('a router that moves from it is refused by name, also with a floating IP, and only then created', async () => {
    const { code, stderr } = await netloom('apply', '--yes', '--except', DEAD, moved);
    expect(code).toBe(1);
    expect(stderr).toContain('error[NLX56]: routers.router1');
    expect(stderr).toContain('error[NLX56]: floating_ips.test1-public is new on compute1');
    expect(stderr).toContain('address 11.11.11.11/32');
    expect(stderr).toContain('--allow-moves');
    expect(await namespaces('compute1')).not.toContain('qrouter-');
    await netloomOk('apply', '--yes', '--allow-moves', '--except', DEAD, moved);
    expect(await namespaces('compute1')).toContain('qrouter-');
  });

  it('a router that moves to it is refused, too', async () => {
    const { code, stderr } = await netloom('apply', '--yes', '--force', '--except', DEAD, down);
    expect(code).toBe(1);
    expect(stderr).toContain(`moves from compute1 to ${DEAD}, which is left out`);
    expect(await namespaces('compute1')).toContain('qrouter-');
  });

  it('destroy removes what the others have, and says what it leaves out', async () => {
    const out = await netloomOk('destroy', '--yes', '--except', DEAD, down);
    expect(out).toContain(`No changes. Nothing of the topology is left on the chosen nodes. Left out: ${DEAD}.`);
    expect(await namespaces(DEAD)).toContain('qrouter-');
    expect(await namespaces('compute1')).not.toContain('qrouter-');
  });

  it('all nodes are mended together when it is back', async () => {
    await netloomOk('apply', '--yes', up);
    expect(await netloomOk('plan', up)).toBe('No changes. The network matches the file.\n');
  });
});
