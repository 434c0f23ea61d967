import { beforeEach, describe, expect, test } from 'vitest';
import { chain, tableMarker } from '../../src/kinds/chain/spec.ts';
import type { Family } from '../../src/model/command.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, carryOut, graphOf, inShort, ORIGIN, planOn, TOPOLOGY } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy');
const FAMILIES = [4, 6] as const;

function table(family: Family, name: string, chains: Readonly<Record<string, readonly string[]>>): Resource[] {
  const place = { node: 'node1', family, table: name };
  return [
    tableMarker(place, TOPOLOGY, ORIGIN),
    ...Object.entries(chains).map(([one, rules]) => chain({ ...place, netns: null, chain: one }, rules, ORIGIN)),
  ];
}

/** A part of a router's rules, in both families. */
function rules(port = '80'): Resource[] {
  return FAMILIES.flatMap((family) =>
    table(family, 'mangle', {
      PREROUTING: ['-j neutron-l3-agent-PREROUTING', '-j neutron-l3-agent-mark'],
      'neutron-l3-agent-PREROUTING': [`-i qr-1 -p tcp -m tcp --dport ${port} -j ACCEPT`],
      'neutron-l3-agent-mark': [],
    }),
  );
}

const THEIRS = ['-s 172.17.0.0/16 -j ACCEPT', '-i eth0 -m comment --comment "not \\"ours\\"" -j ACCEPT', '-j DOCKER'];

describe.each(['nft', 'legacy'] as const)('iptables-%s', (flavour) => {
  let node: TestNode;
  const saved = async (program = 'iptables'): Promise<string> =>
    (await node.sh(`${program}-save`)).replace(/\[\d+:\d+\]/g, '').replace(/^#.*\n/gm, '');
  const rulesOf = async (name: string): Promise<string[]> =>
    (await saved())
      .split('\n')
      .filter((line) => line.startsWith(`-A ${name} `))
      .map((line) => line.slice(4 + name.length));
  const restore = async (lines: string, program = 'iptables'): Promise<string> =>
    node.sh(`${program}-restore --noflush <<'X'\n${lines}\nCOMMIT\nX`);

  beforeEach(async () => {
    node = await nodes.open({ iptables: flavour });
    await restore(
      `*mangle\n:DOCKER - [0:0]\n-A DOCKER -j RETURN\n-A PREROUTING ${THEIRS[0]!}\n-A PREROUTING -j DOCKER`,
    );
    await restore('*mangle\n-A FORWARD -i eth9 -j ACCEPT', 'ip6tables');
  });

  test('each table with chains of ours is marked by an empty chain, which is deleted with them', async () => {
    const before = [await saved(), await saved('ip6tables')];
    const { batches } = await applyOn(node, graphOf(rules()));
    expect(batches).toHaveLength(1);
    for (const program of ['iptables', 'ip6tables']) {
      expect((await saved(program)).split('\n').filter((line) => line.includes('netloom-'))).toEqual([
        `:netloom-${TOPOLOGY} - `,
      ]);
    }
    expect((await applyOn(node, graphOf(rules()))).batches).toEqual([]);
    await applyOn(node, graphOf([]));
    expect([await saved(), await saved('ip6tables')]).toEqual(before);
  });

  test('foreign rules before, between and after ours stay, and ours keep their position', async () => {
    await applyOn(node, graphOf(rules()));
    expect(await rulesOf('PREROUTING')).toEqual([
      '-j neutron-l3-agent-PREROUTING',
      '-j neutron-l3-agent-mark',
      THEIRS[0],
      '-j DOCKER',
    ]);
    const first = '-s 10.9.9.9/32 -j ACCEPT';
    await restore(`*mangle\n-I PREROUTING 2 ${THEIRS[1]!}\n-I PREROUTING 1 ${first}`);
    const around = [
      first,
      '-j neutron-l3-agent-PREROUTING',
      THEIRS[1],
      '-j neutron-l3-agent-mark',
      THEIRS[0],
      '-j DOCKER',
    ];
    expect(await rulesOf('PREROUTING')).toEqual(around);
    expect((await applyOn(node, graphOf(rules()))).batches).toEqual([]);
    await applyOn(node, graphOf(rules('8080')));
    expect(await rulesOf('PREROUTING')).toEqual(around);
    expect(await rulesOf('neutron-l3-agent-PREROUTING')).toEqual(['-i qr-1 -p tcp -m tcp --dport 8080 -j ACCEPT']);

    await applyOn(node, graphOf([]));
    expect(await rulesOf('PREROUTING')).toEqual([first, THEIRS[1], THEIRS[0], '-j DOCKER']);
    expect(await rulesOf('DOCKER')).toEqual(['-j RETURN']);
  });

  test('a rule added after the read is not treated as ours', async () => {
    await applyOn(node, graphOf(rules()));
    const without = rules().map((one) =>
      one.name.endsWith('/PREROUTING')
        ? { ...one, spec: { builtin: true, rules: ['-j neutron-l3-agent-mark', '-j neutron-l3-agent-PREROUTING'] } }
        : one,
    );
    const plan = await planOn(node, graphOf(without));
    const late = '-s 10.8.8.8/32 -j ACCEPT';
    await restore(`*mangle\n-I PREROUTING 1 ${late}`);
    await carryOut(node, graphOf(without), plan);
    const now = await rulesOf('PREROUTING');
    expect(now.filter((rule) => !rule.includes('neutron'))).toEqual([late, THEIRS[0], '-j DOCKER']);
    expect(now.filter((rule) => rule.includes('neutron'))).toEqual([
      '-j neutron-l3-agent-mark',
      '-j neutron-l3-agent-PREROUTING',
    ]);
  });

  test.each([
    ['an agent of Neutron', '', 'foreign chains'],
    ['another topology', ':netloom-rival - [0:0]\n', 'topology rival'],
  ])('chains of %s are neither changed nor deleted', async (_, mark, owner) => {
    await restore(
      `*mangle\n${mark}:neutron-l3-agent-PREROUTING - [0:0]\n-A neutron-l3-agent-PREROUTING -j ACCEPT\n-A ` +
        'PREROUTING -j neutron-l3-agent-PREROUTING',
    );
    const before = await saved();
    const { diagnostics } = await planOn(node, graphOf(rules()));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLP12']);
    expect(diagnostics[0]?.summary).toContain(owner);
    await expect(applyOn(node, graphOf(rules()))).rejects.toThrow('NLP12');
    // Nor if nothing is desired there.
    expect((await applyOn(node, graphOf([]))).batches).toEqual([]);
    expect(await saved()).toBe(before);
  });

  test('chains that lost their mark are an error that says how to restore it', async () => {
    await applyOn(node, graphOf(rules()));
    await node.sh(`iptables -t mangle -X netloom-${TOPOLOGY}`);
    const { diagnostics } = await planOn(node, graphOf(rules()));
    expect(diagnostics.map(({ code }) => code)).toEqual(['NLP12']);
    const [, command = ''] = /only lost the mark: (.*)$/.exec(diagnostics[0]?.hint ?? '') ?? [];
    await node.sh(command);
    expect((await applyOn(node, graphOf(rules()))).batches).toEqual([]);
  });

  test('a mark alone is deleted, and recreated with the chains of its table', async () => {
    await node.sh(`iptables -t mangle -N netloom-${TOPOLOGY}`);
    const { first } = await applyOn(node, graphOf([]));
    expect(inShort(first.plan.changes)).toEqual([`delete node1/-/chain/4/mangle/netloom-${TOPOLOGY}`]);
    await applyOn(node, graphOf(rules()));
    expect((await applyOn(node, graphOf(rules()))).batches).toEqual([]);
  });
});
