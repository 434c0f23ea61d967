import { beforeAll, describe, expect, it } from 'vitest';
import { byMechanism } from '../../support/mechanism.ts';
import { bridgeByHand, countPorts, itOnlyWith, foreignBridge } from '../support/mechanism.ts';
import { DOCKER, LET_BRIDGED_THROUGH } from '../support/docker.ts';
import { expectSame, refusals, works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound } from '../support/traffic.ts';

const ROUTER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
const BRIDGE = byMechanism({ linuxbridge: 'brq30acf3ad-b9', openvswitch: 'br-eth1' });

ownLabs();

describe('a node with Docker', () => {
  const network = labOf(() => example('e2e-docker'), { trials: false });
  let before: Record<string, string> = {};

  beforeAll(async () => {
    for (const node of ['controller', 'compute1']) await network().in(node, DOCKER);
    before = await snapshots(network());
  });

  // Frames switched by Open vSwitch never pass the rules of the node.
  itOnlyWith(
    'linuxbridge',
    'is refused at plan time: the error names the policy that would drop bridged frames, and nothing changes',
    async () => {
      expect(await refusals(network())).toEqual([
        `NLP04 controller: controller would drop what ${BRIDGE} forwards: -P FORWARD DROP`,
        'NLP04 controller: controller would drop what brq662b5cb3-38 forwards: -P FORWARD DROP',
      ]);
      await expect(network().apply()).rejects.toThrow('NLP04');
      expect(await snapshots(network())).toEqual(before);
    },
  );

  itOnlyWith('linuxbridge', 'would indeed drop the frames, if the refusal were ignored', async () => {
    // The rule that allows them is deleted after the network was created.
    for (const node of ['controller', 'compute1']) await network().in(node, LET_BRIDGED_THROUGH);
    await network().apply();
    await works(network());
    for (const node of ['controller', 'compute1']) await network().in(node, LET_BRIDGED_THROUGH.replace('-I', '-D'));
    // On compute1 the security groups decide what passes; on the controller, the frames of its router are dropped.
    await expect(network()).toPing('test1', '10.10.10.12');
    await expect(network()).toPing('test1', '10.10.10.16');
    await expect(network()).toGetNoAnswer('test1', '11.11.11.111');
    // No object differs, but the problem is still reported.
    const { plan, diagnostics } = await network().plan();
    expect(plan.changes).toEqual([]);
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning NLP04', 'warning NLP04']);
  });

  itOnlyWith('openvswitch', 'does not affect frames that pass no rule', async () => {
    await network().apply();
    await works(network());
    expect((await network().plan()).diagnostics).toEqual([]);
  });

  it('keeps Docker’s objects, and its container still reaches the outside', async () => {
    for (const node of ['controller', 'compute1']) await network().in(node, LET_BRIDGED_THROUGH);
    await works(network());
    await network().in('controller', 'ip netns exec container ping -c 1 -W 2 172.17.0.1');
    const docker = `iptables-save | grep -v '^#' | sed 's/\\[.*//'
      ip -o address show dev docker0; ip -n container route`;
    const during = await network().in('controller', docker);
    await network().destroy();
    expect(await network().in('controller', docker)).toBe(during);
    for (const node of ['controller', 'compute1']) await network().in(node, LET_BRIDGED_THROUGH.replace('-I', '-D'));
    const after = await snapshots(network());
    expectSame(before, after);
  });
});

describe('foreign objects', () => {
  const network = labOf(() => example('e2e-foreign'), { trials: false });

  it('a foreign router, a dead namespace name, chains with Neutron’s prefix and bridges with ports stay', async () => {
    const theirs = foreignBridge('br-theirs');
    await network().in(
      'controller',
      `set -e
      ip netns add qrouter-ffffffff-0000-4000-8000-000000000001
      ip -n qrouter-ffffffff-0000-4000-8000-000000000001 link set dev lo up
      ip netns exec qrouter-ffffffff-0000-4000-8000-000000000001 iptables -t nat -N neutron-l3-agent-snat
      touch /run/netns/dead
      for table in nat filter mangle; do
        iptables -t $table -N neutron-l3-agent-OUTPUT; iptables -t $table -A OUTPUT -j neutron-l3-agent-OUTPUT
      done
      iptables -N neutron-linuxbri-FORWARD; iptables -A FORWARD -j neutron-linuxbri-FORWARD
      ip link add name brqffffffff-00 type bridge; ip link set dev brqffffffff-00 up
      ip link add name tapffffffff-00 type veth peer name tapfffffffe-00
      ip link set dev tapffffffff-00 master brqffffffff-00 up
      ip link set dev tapfffffffe-00 up
      ${theirs.make}`,
    );
    const before = await snapshots(network());
    await network().apply();
    await works(network());
    expect(changesOf(await network().plan())).toEqual([]);
    await network().destroy();
    expectSame(before, await snapshots(network()));
    await network().in(
      'controller',
      `ip netns del qrouter-ffffffff-0000-4000-8000-000000000001; rm /run/netns/dead; iptables -F; iptables -t nat -F
      ip link del tapffffffff-00; ip link del brqffffffff-00; ${theirs.remove}`,
    );
  });

  it('a foreign rule between our two jumps in POSTROUTING keeps its position', async () => {
    await network().apply();
    const inRouter = (command: string): Promise<string> =>
      network().in('controller', `ip netns exec ${ROUTER} ${command}`);
    await inRouter('iptables -t nat -I POSTROUTING 2 -s 192.0.2.0/24 -m comment --comment stranger -j RETURN');
    const postrouting = async (): Promise<string[]> => {
      const rules = (await inRouter('iptables -t nat -S POSTROUTING')).trim().split('\n');
      return rules.filter((rule) => rule.startsWith('-A')).map((rule) => rule.replace(/.* (\S+)$/, '$1'));
    };
    expect(changesOf(await network().plan())).toEqual([]);
    // The floating IP changes other chains.
    await network().edit((doc) => {
      delete doc.floating_ips;
      delete doc.expect;
    });
    await network().apply();
    expect(await postrouting()).toEqual(['neutron-l3-agent-POSTROUTING', 'RETURN', 'neutron-postrouting-bottom']);
    // Our jumps are recreated in order, and the foreign rule stays.
    for (const jump of ['neutron-postrouting-bottom', 'neutron-l3-agent-POSTROUTING']) {
      await inRouter(`iptables -t nat -D POSTROUTING -j ${jump}`);
      await network().apply();
      const after = await postrouting();
      expect(after.filter((target) => target !== 'RETURN')).toEqual([
        'neutron-l3-agent-POSTROUTING',
        'neutron-postrouting-bottom',
      ]);
      expect(after.filter((target) => target === 'RETURN')).toEqual(['RETURN']);
    }
  });

  it('a foreign address, route and process in a namespace of ours: those that are not ours stay', async () => {
    const inRouter = (command: string): Promise<string> =>
      network().in('controller', `ip netns exec ${ROUTER} ${command}`);
    await inRouter('ip route add 198.51.100.0/24 via 10.10.10.99');
    expect(changesOf(await network().plan())).toEqual([]);
    expect(await inRouter('ip route show 198.51.100.0/24')).toContain('via 10.10.10.99');
    await network().destroy();
  });

  it('a namespace with our name and without our mark is an error at plan time', async () => {
    await network().in('controller', `ip netns add ${ROUTER}`);
    const before = await snapshots(network());
    expect(await refusals(network())).toEqual([`NLP10 controller: netns ${ROUTER} on controller is not ours`]);
    await expect(network().apply()).rejects.toThrow('NLP10');
    expect(await snapshots(network())).toEqual(before);
    await network().in('controller', `ip netns del ${ROUTER}`);
  });

  it('a file with our namespace’s name that is no empty one is an error at plan time', async () => {
    await network().in('controller', `echo theirs >/run/netns/${ROUTER}`);
    expect(await refusals(network())).toEqual([`NLP10 controller: netns ${ROUTER} on controller is not ours`]);
    await network().in('controller', `rm /run/netns/${ROUTER}`);
  });

  it('a used bridge with our name is an error at plan time; an incomplete one is adopted', async () => {
    const { kind, make, leave } = bridgeByHand(BRIDGE, 'e2e-foreign');
    await network().in('compute1', make);
    expect(await refusals(network())).toEqual([`NLP10 compute1: ${kind} ${BRIDGE} on compute1 is not ours`]);
    await network().in('compute1', leave);
    expect(await refusals(network())).toEqual([]);
    await network().apply();
    expect(await network().in('compute1', `cat /sys/class/net/${BRIDGE}/ifalias`)).toBe(
      `netloom:e2e-foreign,nic=eth1${byMechanism({ linuxbridge: '', openvswitch: ',ovs-bridge' })}\n`,
    );
  });

  it('a tap of ours is deleted even if a process keeps its peer alive in an unnamed namespace', async () => {
    await network().in(
      'controller',
      `ip netns exec ${ROUTER} setsid sleep 600 </dev/null >/dev/null 2>&1 & sleep 0.2; ip netns del ${ROUTER}`,
    );
    expect(await network().in('controller', countPorts())).toBe('3\n');
    await network().apply();
    expect(await network().in('controller', countPorts())).toBe('3\n');
    await allBound(network());
    await expect(network()).toPing('test1', '11.11.11.111');
    // The same for a tap that is no longer desired.
    await network().in(
      'controller',
      `ip netns exec ${ROUTER} setsid sleep 600 </dev/null >/dev/null 2>&1 & sleep 0.2; ip netns del ${ROUTER}`,
    );
    await network().destroy();
    expect(await network().in('controller', 'ls /sys/class/net')).toBe('eth0\neth1\neth2\nlo\n');
  });
});
