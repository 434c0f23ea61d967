import { beforeAll, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, inShort } from '../support/engine.ts';
import { testNodes } from '../support/node.ts';
import { F1, graphWith, OUTSIDE, running, tracked, type Running } from './floating.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack', 'ping');
const SSH = '{ protocol: tcp, external_port: 2222, internal_port: 22, instance: guest }';
const WEB = '{ protocol: tcp, external_port: 80, internal_port: 80, instance: guest }';
const RANGE = '{ protocol: tcp, external_port_range: 5000:5010, internal_port_range: 6000:6010, instance: guest }';

/** The network with port forwardings of one floating IP, and a plain floating IP. */
function forwarding(...all: readonly string[]): DesiredGraph {
  const items = all.map((one) => `\n      - ${one}`).join('');
  const shared =
    `  shared:\n    floating_network: public\n    floating_ip_address: ${F1}\n    ` + `port_forwardings:${items}\n`;
  return graphWith({ '203.0.113.22': 'other' }, (text) => (all.length > 0 ? text + shared : text));
}

const ALL = forwarding(SSH, WEB, RANGE);

describe('port forwardings in the kernel', () => {
  let network: Running;
  beforeAll(async () => {
    network = await running(await nodes.open(), ALL);
  });

  /** A connection of an outside host to a port of an address, as conntrack records it. */
  const note = async (address: string, port: number, protocol: 'tcp' | 'udp' = 'tcp'): Promise<void> => {
    const target = address === F1 ? '10.0.0.5' : '10.0.0.9';
    const state = protocol === 'tcp' ? '--state ESTABLISHED' : '';
    await network.node
      .sh(`${network.inRouter} conntrack -I -p ${protocol} -t 300 ${state} -s 203.0.113.111 -d ${address} \\
      --sport 7777 --dport ${String(port)} -r ${target} -q 203.0.113.111 --reply-port-src ${String(port)} --reply-port-dst 7777 >/dev/null`);
  };
  const NOTED = [
    [F1, 2222, 'tcp'],
    [F1, 2222, 'udp'],
    [F1, 80, 'tcp'],
    [F1, 4999, 'tcp'],
    [F1, 5000, 'tcp'],
    [F1, 5007, 'tcp'],
    [F1, 5007, 'udp'],
    [F1, 5011, 'tcp'],
    ['203.0.113.22', 2222, 'tcp'],
    ['203.0.113.22', 5007, 'tcp'],
  ] as const;
  const noteAll = async (): Promise<void> => {
    await network.node.sh(`${network.inRouter} conntrack -F 2>/dev/null`);
    for (const [address, port, protocol] of NOTED) await note(address, port, protocol);
    expect(await left()).toEqual(NOTED.map(([address, port, protocol]) => `${protocol} ${address} ${String(port)}`));
  };
  const left = async (): Promise<string[]> => {
    const text = await network.node.sh(`${network.inRouter} conntrack -L 2>/dev/null || :`);
    const seen = new Set(
      text.split('\n').flatMap((line) => {
        const [, protocol, address, port] =
          /^(tcp|udp) .*? src=203\.0\.113\.111 dst=(\S+) sport=7777 dport=(\d+) /.exec(line) ?? [];
        return protocol === undefined ? [] : [`${protocol} ${address ?? ''} ${port ?? ''}`];
      }),
    );
    return NOTED.map(([address, port, protocol]) => `${protocol} ${address} ${String(port)}`).filter((one) =>
      seen.has(one),
    );
  };
  const forgotten = async (graph: DesiredGraph): Promise<string[]> => {
    await applyOn(network.node, ALL);
    await noteAll();
    await applyOn(network.node, graph);
    const still = await left();
    const gone = NOTED.map(([address, port, protocol]) => `${protocol} ${address} ${String(port)}`);
    return gone.filter((one) => !still.includes(one));
  };

  test('a second apply does nothing', async () => {
    await applyOn(network.node, ALL);
    expect((await applyOn(network.node, ALL)).batches).toEqual([]);
  });

  test('iptables-save prints them as they were written', async () => {
    const saved = await network.node.sh(`${network.inRouter} iptables-save -t nat`);
    const rules = saved.split('\n').filter((line) => line.includes(`-d ${F1}/32`));
    expect(rules.map((line) => line.replace(/^-A neutron-l3-agent-pf-[0-9a-f]{8} /, '')).sort()).toEqual([
      `-d ${F1}/32 -p tcp -m tcp --dport 2222 -j DNAT --to-destination 10.0.0.5:22`,
      `-d ${F1}/32 -p tcp -m tcp --dport 5000:5010 -j DNAT --to-destination 10.0.0.5:6000-6010/5000`,
      `-d ${F1}/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.5:80`,
    ]);
    expect(/^-A neutron-l3-agent-PREROUTING (.*)$/m.exec(saved)?.[1]).toBe('-j neutron-l3-agent-fip-pf');
  });

  test('one deleted: its connections are forgotten, and no others', async () => {
    expect(await forgotten(forwarding(WEB, RANGE))).toEqual([`tcp ${F1} 2222`]);
  });

  test('one with a new target: the same', async () => {
    const moved = forwarding(SSH.replace('guest', 'other'), WEB, RANGE);
    expect(await forgotten(moved)).toEqual([`tcp ${F1} 2222`]);
  });

  test('a range deleted: the connections to all of its ports', async () => {
    expect(await forgotten(forwarding(SSH, WEB))).toEqual([`tcp ${F1} 5000`, `tcp ${F1} 5007`]);
  });

  test('one added: an untranslated connection is forgotten, and may begin again', async () => {
    await applyOn(network.node, forwarding(WEB));
    await noteAll();
    await applyOn(network.node, forwarding(WEB, SSH));
    expect(await left()).not.toContain(`tcp ${F1} 2222`);
    expect(await left()).toContain(`tcp ${F1} 80`);
  });

  test('effects that an interrupted apply owed are performed by the next, for those ports alone', async () => {
    await applyOn(network.node, ALL);
    await noteAll();
    await network.node.sh(
      `ip -n ${network.router} link set dev lo alias netloom:demo,ct=cb007114:tcp:2222.cb007114:tcp:5000-5010`,
    );
    const { first } = await applyOn(network.node, ALL);
    expect(inShort(first.plan.changes)).toEqual([`update node1/-/netns/${network.router} (owed)`]);
    expect(await left()).not.toContain(`tcp ${F1} 2222`);
    expect(await left()).not.toContain(`tcp ${F1} 5007`);
    expect(await left()).toContain(`tcp ${F1} 5011`);
    expect(await left()).toContain(`udp ${F1} 2222`);
  });

  test('the last one deleted: no chain, no address, nothing tracked', async () => {
    await applyOn(network.node, ALL);
    await noteAll();
    await applyOn(network.node, forwarding());
    const { node, router, inRouter } = network;
    expect(await node.sh(`${inRouter} iptables-save -t nat`)).not.toContain('pf');
    expect(await node.sh(`ip -n ${router} -4 address`)).not.toContain(`${F1}/`);
    expect(await left()).toContain('tcp 203.0.113.22 2222');
    await applyOn(node, ALL);
    expect((await applyOn(node, ALL)).batches).toEqual([]);
  });

  test('the address is created after the rules that translate it, and deleted before them', async () => {
    const { node } = network;
    const orderOf = async (graph: DesiredGraph): Promise<string[]> => {
      const { first } = await applyOn(node, graph);
      return first.plan.batches
        .flatMap(({ steps }) => steps)
        .flatMap(({ command }) => {
          if (command.tool === 'ip' && command.words.includes(`${F1}/32`)) return ['address'];
          return command.tool === 'iptables' && /pf/.test(`${command.chain}${JSON.stringify(command.edit)}`)
            ? [command.chain.replace(/-[0-9a-f]{8}$/, '')]
            : [];
        });
    };
    await applyOn(node, forwarding());
    const making = await orderOf(forwarding(SSH));
    expect(making.at(-1)).toBe('address');
    expect(making).toContain('neutron-l3-agent-PREROUTING');
    expect((await orderOf(forwarding()))[0]).toBe('address');
  });

  test('a floating IP that gets port forwardings instead of a target keeps its address', async () => {
    const { node, inRouter } = network;
    await applyOn(node, graphWith({ [F1]: 'guest' }));
    await node.sh(`${OUTSIDE} ping -c 1 -W 2 ${F1}`);
    expect(await tracked(node, inRouter, F1)).toEqual(['10.0.0.5']);
    const { first } = await applyOn(node, ALL);
    expect(inShort(first.plan.changes).filter((change) => change.includes(`${F1}/32`))).toEqual([]);
    expect(await tracked(node, inRouter, F1)).toEqual([]);
  });
});
