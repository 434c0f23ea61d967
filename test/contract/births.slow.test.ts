import { beforeAll, describe, expect, test } from 'vitest';
import { execute } from '../../src/apply/execute.ts';
import { batchScript } from '../../src/apply/script.ts';
import { wordsLine } from '../../src/hosts/birth.ts';
import { birthGroup } from '../../src/kernel/links/alias.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { vethLink } from '../../src/kinds/veth-link/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Batch, Plan } from '../../src/model/plan.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn, TOPOLOGY } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { difference } from './heal/run.ts';
import { settled, snapshot, type Snapshot } from '../support/snapshot.ts';
import { br0, br1, lan, node as name, port, router, ROUTER, varied } from './cases/objects.ts';

const nodes = testNodes('ip');

const bridges = graphOf([br0, br1]);
const gateway = veth(
  { ...ROUTER, device: 'qg-1' },
  { mac: 'fa:16:3e:00:00:03', mtu: 1450, tap: 'tap2', bridge: 'brq1' },
  ORIGIN,
);
const guest = veth(
  { node: name, netns: '/run/netloom-guests/vm1', device: 'eth0' },
  { mac: 'fa:16:3e:00:00:04', mtu: 1500, tap: 'tap3', bridge: 'brq1', guest: true },
  ORIGIN,
);
const plug = varied(vethLink(name, 'qvb1', { peer: 'qvo1', bridge: 'brq1', mtu: 1500 }, ORIGIN), {
  macs: ['fa:16:3e:00:00:05', 'fa:16:3e:00:00:06'],
});
const before = graphOf([br0, br1, router, port, lan]);
const after = graphOf([br0, br1, router, port, lan, gateway, guest, plug]);

const GUEST = `: >/run/netloom-guests/vm1
unshare -n sh -c 'mount --bind /proc/self/ns/net /run/netloom-guests/vm1'`;

/** Pairs that are not ours, though they look like it: in the group of another topology, and in ours with an alias. */
const FOREIGN = `ip link add name tap8 group ${birthGroup('other')} type veth peer name far8 group 7
ip link add name tap9 group ${birthGroup(TOPOLOGY)} type veth peer name far9 group ${birthGroup(TOPOLOGY)}
for link in tap9 far9; do ip link set dev $link alias theirs; done`;
const OF_FOREIGN = 'for link in tap8 far8 tap9 far9; do ip -j -d link show dev $link; done';

/** Runs the first lines of the creation of a namespace; then all of its processes are killed, but one that holds it. */
function cutBirth(batch: Batch, lines: number, held: string): string {
  const text = batchScript(batch, { rootless: false }).text.split('\n');
  const birth = text.findIndex((line) => line.startsWith('birth\t'));
  const end = text.findIndex((line, i) => i > birth && !line.startsWith('\t'));
  // The last line of `ip`, which gives the namespace its name, is not among them.
  expect(end - birth, 'there are that many lines').toBeGreaterThan(lines);
  const cut = text.slice(birth + 1, birth + 1 + lines);
  const killed = wordsLine(['run', '0', 'sh', '-c', `${held}kill -9 $PPID`]);
  return [...text.slice(0, birth), 'run\t0\tip\t-batch\t-', ...cut, killed, 'NETLOOM_END'].join('\n');
}

/** Runs the batches before this one, and the first lines of this one. */
async function runUntil(node: TestNode, graph: DesiredGraph, plan: Plan, at: number, lines: number): Promise<void> {
  const batches = plan.batches.slice(0, at);
  const cut = plan.batches[at]!;
  const part = { ...cut, steps: cut.steps.slice(0, lines) };
  expect(await execute({ ...plan, batches: [...batches, part] }, graph, node.shells, () => undefined)).toEqual([]);
}

describe('a creation of veth pairs that was killed between two lines', () => {
  let node: TestNode;
  let foreign = '';
  beforeAll(async () => {
    node = await nodes.open();
    await node.sh(`${GUEST}\n${FOREIGN}`);
    foreign = await node.sh(OF_FOREIGN);
  });

  /** Applies again at once; then nothing differs, and nothing foreign has changed. */
  async function goOn(graph: DesiredGraph, desired: Snapshot): Promise<readonly string[]> {
    const { first } = await applyOn(node, graph);
    expect(difference(desired, await settled(node, desired, 1000))).toEqual([]);
    expect((await planOn(node, graph)).plan.batches).toEqual([]);
    expect(await node.sh(OF_FOREIGN)).toBe(foreign);
    return inShort(first.plan.changes);
  }

  test.each([
    { title: 'the namespace ends with it', held: '' },
    { title: 'a process keeps the namespace alive', held: 'sleep 60 >/dev/null 2>&1 &\n' },
  ])('with its namespace: $title', async ({ held }) => {
    await applyOn(node, before);
    const desired = await snapshot(node);
    const birth = async (): Promise<Batch> => {
      await applyOn(node, bridges);
      return (await planOn(node, before)).plan.batches.find(({ lane }) => lane === 'birth')!;
    };
    // After `lo`, the pair, the mark of its device, and the line before the last one.
    for (const done of [2, 3, 4, (await birth()).steps.length]) {
      const batch = await birth();
      expect((await node.shell.job(cutBirth(batch, done, held))).code, `after line ${done}`).not.toBe(0);
      const changes = await goOn(before, desired);
      if (held !== '') expect(changes.includes('delete node1/-/veth/tap1'), `after line ${done}`).toBe(done >= 3);
    }
  });

  test('in a namespace that exists, in a guest’s, and between two switches', async () => {
    await applyOn(node, after);
    const desired = await snapshot(node);
    await applyOn(node, before);
    const { plan } = await planOn(node, after);
    const moments = plan.batches.flatMap(({ steps }, at) =>
      steps.flatMap(({ command }, line) => {
        const ofBirth = command.tool === 'ip' && command.words.includes('group');
        return ofBirth && line + 1 < steps.length ? [{ at, done: line + 1 }] : [];
      }),
    );
    expect(moments.length, 'after each pair and after each mark, but the last').toBeGreaterThan(5);
    for (const { at, done } of moments) {
      await runUntil(node, after, plan, at, done);
      const changes = await goOn(after, desired);
      expect(
        changes.filter((change) => change.startsWith('delete')),
        `line ${done} of batch ${at}`,
      ).toEqual([]);
      await applyOn(node, before);
    }
  });

  test('a link of the tap’s name that is not ours stays, and the error names it', async () => {
    await applyOn(node, bridges);
    await node.sh(`ip link add name tap1 group ${birthGroup('other')} type veth peer name far1`);
    await expect(applyOn(node, before)).rejects.toThrow(
      /^NLA01: node1\/qrouter-1\/veth\/qr-1: a link named qr-1 or tap1 exists\n.*RTNETLINK answers: File exists/s,
    );
    expect(await node.sh('ip -o link show')).not.toMatch(/qr-1/);
  });
});

test('an ordinary user’s pair into a guest that has a user namespace of its own', async () => {
  const node = await nodes.open({ rootless: true });
  await node.sh(`: >/run/netloom-guests/vm1
    unshare -U -r -n sh -c 'echo $$ >/run/guest; exec sleep 60' </dev/null >/dev/null 2>&1 &
    until [ -s /run/guest ]; do sleep 0.01; done
    mount --bind "/proc/$(cat /run/guest)/ns/net" /run/netloom-guests/vm1`);
  const inside = 'nsenter --preserve-credentials -t "$(cat /run/guest)" -U -n ip link add name a type veth peer name b';
  expect(await node.sh(`${inside} netns /proc/self/fd/8 2>&1 8</proc/self/ns/net || :`)).toContain('not permitted');
  const graph = graphOf([br1, guest]);
  await applyOn(node, graph);
  expect((await planOn(node, graph)).plan.batches).toEqual([]);
});
