import { beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { survey } from '../../src/gc/survey.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip');
const AT = { node: 'node1', netns: 'qrouter-1', device: 'qr-1' };
const desired = graphOf([
  bridge('node1', 'brq1', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN),
  netns('node1', 'qrouter-1', ORIGIN),
  veth(AT, { mac: 'fa:16:3e:00:00:01', mtu: 1500, tap: 'tap1', bridge: 'brq1' }, ORIGIN),
  address(AT, '10.0.0.1/24', ORIGIN),
]);
const nothing = graphOf([]);

/** Applies, and returns the changes that were planned. */
async function changesOf(node: TestNode, graph: DesiredGraph): Promise<readonly string[]> {
  return inShort((await applyOn(node, graph)).first.plan.changes);
}

/** Names that no command can be given as they are, as octal escapes of printf. */
const ODD = ['a b', '-x', '\\303\\251', '\\377\\376', 't\\tb', 'x\\ny', '\\033[2J', '$(reboot)', 'p 1 1 S 1 host 00'];

describe('names in /run/netns', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await nodes.open();
    await applyOn(node, desired);
  });

  test.each(ODD)('a namespace named %j breaks neither a plan nor a command, and is left alone', async (name) => {
    const path = `"/run/netns/$(printf '${name.startsWith('-') ? `%s' '${name}` : name}')"`;
    await node.sh(`: >${path}; unshare --net=${path} ip link set dev lo alias netloom:demo up`);
    try {
      expect(await changesOf(node, desired)).toEqual([]);
      await applyOn(node, nothing);
      const { topologies } = await survey(node.shells);
      expect(topologies.flatMap(({ traces }) => traces.filter(({ sort }) => sort === 'namespace'))).toEqual([]);
      expect(await node.sh(`nsenter --net=${path} ip -o link show dev lo`)).toContain('UP');
      await applyOn(node, desired);
    } finally {
      await node.sh(`umount ${path}; rm ${path}`);
    }
  });

  test('a second name of a namespace, and a name of the node’s own, do not make its objects exist twice', async () => {
    await node.sh(`cd /run/netns; touch copy own qrouter-0000
      mount --bind qrouter-1 copy; mount --bind /proc/self/ns/net own`);
    try {
      expect(await changesOf(node, desired)).toEqual([]);
    } finally {
      await node.sh('cd /run/netns; umount copy own; rm copy own qrouter-0000');
    }
  });

  test('the mark of a namespace with a foreign name counts nothing: a container can write it', async () => {
    await node.sh(`ip netns add cni-1; ip -n cni-1 link set dev lo alias netloom:demo up
      ip -n cni-1 addr add 10.9.9.9/32 dev lo`);
    expect(await changesOf(node, desired)).toEqual([]);
    await applyOn(node, nothing);
    expect(await node.sh('ls /run/netns; ip -n cni-1 -o addr show dev lo')).toMatch(/^cni-1\n[^]* 10\.9\.9\.9\/32 /);
    await node.sh('ip netns del cni-1');
    await applyOn(node, desired);
  });
});

describe('a name without a namespace', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await nodes.open();
  });

  test('an empty file of a desired name is replaced by the namespace', async () => {
    await node.sh('mkdir -p /run/netns; touch /run/netns/qrouter-1');
    const { first } = await applyOn(node, desired);
    expect(inShort(first.plan.changes)).toContain('replace node1/-/netns/qrouter-1');
    expect(await node.sh('ip -n qrouter-1 -o addr show dev qr-1')).toContain('10.0.0.1/24');
    expect(await changesOf(node, desired)).toEqual([]);
    await applyOn(node, nothing);
    expect(await node.sh('ls /run/netns')).toBe('');
  });

  test('one of a name that the file has is deleted by destroy, and any other stays', async () => {
    await node.sh('touch /run/netns/qrouter-1 /run/netns/qrouter-2; ls /run/netns');
    await applyOn(node, {
      ...nothing,
      known: new Map([['node1/-/netns/qrouter-1', netns('node1', 'qrouter-1', ORIGIN)]]),
    });
    expect(await node.sh('ls /run/netns; rm /run/netns/*')).toBe('qrouter-2\n');
  });

  test.each([
    ['a folder', 'mkdir', 'rmdir'],
    ['a link, which is not followed', 'ln -s /run/empty', 'rm'],
    ['a file with content', 'echo text >', 'rm'],
    ['another user’s file', 'f() { touch "$1"; chown 1:1 "$1"; }; f', 'rm'],
    ['a mounted file', 'f() { touch "$1" /tmp/x; mount --bind /tmp/x "$1"; }; f', 'f() { umount "$1"; rm "$1"; }; f'],
    ['the node’s own namespace', 'f() { touch "$1"; mount --bind /proc/self/ns/net "$1"; }; f', 'umount'],
  ])('%s of a desired name is an error, and stays', async (_, make, remove) => {
    await node.sh(`touch /run/empty; ${make} /run/netns/qrouter-1`);
    try {
      const { diagnostics } = await planOn(node, desired);
      expect(diagnostics.map(({ code }) => code)).toContain('NLP10');
      expect(await node.sh('ls /run/netns /run/empty')).toContain('qrouter-1');
    } finally {
      await node.sh(`${remove} /run/netns/qrouter-1; rm -f /run/netns/qrouter-1`);
    }
  });
});
