import { beforeEach, describe, expect, test } from 'vitest';
import { commandText } from '../../src/model/command-text.ts';
import { execute } from '../../src/apply/execute.ts';
import { chain, tableMarker } from '../../src/kinds/chain/spec.ts';
import { ipset, setName } from '../../src/kinds/ipset/spec.ts';
import type { Family } from '../../src/model/command.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn, TOPOLOGY, type Applied } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset');
const GROUP = 'cccccccc-0000-0000-0000-000000000001';
const [SET, SET6] = [setName(4, GROUP), setName(6, GROUP)];
const FAMILIES = [4, 6] as const;
const AT = { node: 'node1' };
const INNER = 'neutron-linuxbri-i77c04ce5-c';

const hosts = (count: number, start = 1): string[] => Array.from({ length: count }, (_, i) => `10.10.10.${start + i}`);

/** Sends from an address, to any receiver, as fast as it can. */
const FLOOD = `use Socket; socket(my $s, PF_INET, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_in(0, inet_aton($ARGV[0]))) or die;
  my $to = pack_sockaddr_in(9, inet_aton("127.0.0.1")); $SIG{ALRM} = sub { exit }; alarm 60; send($s, "x", 0, $to) while 1;`;

function mark(family: Family): Resource {
  return tableMarker({ ...AT, family, table: 'filter' }, TOPOLOGY, ORIGIN);
}

function set(members: readonly string[], family: Family = 4): Resource {
  return ipset(AT, setName(family, GROUP), { family, members }, ORIGIN);
}

/** The rules for a remote group in a port's chain, in both families. */
function ruled(members: readonly string[], members6: readonly string[] = ['2001:db8::1']): Resource[] {
  return FAMILIES.flatMap((family) => [
    mark(family),
    set(family === 4 ? members : members6, family),
    chain(
      { ...AT, netns: null, family, table: 'filter', chain: INNER },
      [`-m set --match-set ${setName(family, GROUP)} src -j RETURN`],
      ORIGIN,
    ),
    chain({ ...AT, netns: null, family, table: 'filter', chain: 'INPUT' }, [`-j ${INNER}`], ORIGIN),
  ]);
}

function commandsOf({ batches }: Applied): string[] {
  return batches.flatMap(({ steps }) => steps.map(({ command }) => commandText(command)));
}

describe.each(['nft', 'legacy'] as const)('iptables-%s', (flavour) => {
  let node: TestNode;
  /** Members of each set, sorted, without sizes and seeds. */
  const saved = async (): Promise<string[]> =>
    (await node.sh('ipset save'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/ hashsize.*/, ''))
      .sort();
  const inSets = (name: string, family: string, members: readonly string[]): string[] => [
    ...members.map((member) => `add ${name} ${member}`),
    `create ${name} hash:net family ${family}`,
  ];

  beforeEach(async () => {
    node = await nodes.open({ iptables: flavour });
  });

  test(
    'from nothing: the sets are created before the rules that match them, and deleted after them, without a ' + 'trace',
    async () => {
      const first = await applyOn(node, graphOf(ruled([...hosts(3), '192.0.2.0/24'])));
      expect(first.rounds).toBe(1);
      expect(first.batches.map(({ lane }) => lane)).toEqual(['sh', 'ipset', 'sh']);
      expect(await saved()).toEqual(
        [...inSets(SET, 'inet', [...hosts(3), '192.0.2.0/24']), ...inSets(SET6, 'inet6', ['2001:db8::1'])].sort(),
      );
      expect(await node.sh('iptables -S')).toContain(`-A ${INNER} -m set --match-set ${SET} src -j RETURN`);
      expect((await applyOn(node, graphOf(ruled([...hosts(3), '192.0.2.0/24'])))).batches).toEqual([]);

      const gone = await applyOn(node, graphOf([]));
      expect(gone.rounds).toBe(1);
      expect(await saved()).toEqual([]);
      expect(await node.sh('iptables-save; ip6tables-save')).not.toMatch(/netloom|neutron/);
    },
  );

  test('a few members are added and deleted singly, many by a swap, and a second apply issues no command', async () => {
    await applyOn(node, graphOf(ruled(hosts(3))));
    const few = ruled(hosts(3, 2), ['2001:db8::/64']);
    expect(commandsOf(await applyOn(node, graphOf(few))).sort()).toEqual([
      `ipset add ${SET} 10.10.10.4`,
      `ipset add ${SET6} 2001:db8::/64`,
      `ipset del ${SET} 10.10.10.1`,
      `ipset del ${SET6} 2001:db8::1`,
    ]);
    expect((await applyOn(node, graphOf(few))).batches).toEqual([]);
    const many = ruled(hosts(200, 2), ['2001:db8::/64', ...hosts(20).map((host) => `2001:db8:1::${host}`)]);
    const swapped = await applyOn(node, graphOf(many));
    expect(commandsOf(swapped)).toEqual(
      expect.arrayContaining([`ipset swap ${SET}-n ${SET}`, `ipset swap ${SET6}-n ${SET6}`]),
    );
    expect(swapped.batches.map(({ lane }) => lane)).toEqual(['ipset']);
    expect((await saved()).filter((line) => line.startsWith(`add ${SET} `))).toHaveLength(200);
    expect((await saved()).join('\n')).not.toContain('-n');
    expect((await applyOn(node, graphOf(many))).batches).toEqual([]);
  });

  test('a member that stays is matched at every moment of a change', async () => {
    const guest = '127.10.0.9';
    const base = FAMILIES.map(mark);
    const wanted = (others: readonly string[]): Resource[] => [...base, set([guest, ...others])];
    await applyOn(node, graphOf(wanted(hosts(2))));
    await node.sh(`iptables -A INPUT -s ${guest} -m set --match-set ${SET} src -j ACCEPT; iptables -A INPUT -s ${guest} -j DROP
      perl -e '${FLOOD}' ${guest} >/run/flood 2>&1 & echo $! >/run/flood.pid`);
    for (const others of [hosts(100), hosts(3), hosts(4), hosts(150, 50), hosts(3), hosts(2)]) {
      await applyOn(node, graphOf(wanted(others)));
    }
    await node.sh('kill "$(cat /run/flood.pid)"');
    const counted = await node.sh('iptables-save -c -t filter');
    expect(Number(/^\[(\d+):\d+\] -A INPUT .*ACCEPT$/m.exec(counted)?.[1])).toBeGreaterThan(10_000);
    expect(counted).toMatch(/^\[0:0\] -A INPUT .*DROP$/m);
  });

  test('an apply that died at any line of a swap is completed by the next one', async () => {
    const [from, to] = [graphOf(ruled(hosts(3))), graphOf(ruled(hosts(9, 3)))];
    const done = inSets(SET, 'inet', hosts(9, 3)).sort();
    await applyOn(node, from);
    const { steps } = (await planOn(node, to)).plan.batches[0]!;
    for (let cut = 1; cut < steps.length; cut += 1) {
      await applyOn(node, from);
      const { plan } = await planOn(node, to);
      const [batch] = plan.batches;
      const half = { ...plan, batches: [{ ...batch!, steps: batch!.steps.slice(0, cut) }] };
      expect(await execute(half, to, node.shells, () => undefined)).toEqual([]);
      expect((await applyOn(node, to)).rounds, `${cut} lines`).toBeLessThanOrEqual(1);
      expect((await saved()).filter((line) => line.includes('NIPv4'))).toEqual(done);
    }
  });

  test('a leftover swap set is deleted, also without other changes', async () => {
    await applyOn(node, graphOf(ruled(hosts(3))));
    await node.sh(`ipset create ${SET}-n hash:ip; ipset add ${SET}-n 1.2.3.4`);
    const { first } = await applyOn(node, graphOf(ruled(hosts(3))));
    expect(inShort(first.plan.changes)).toEqual([`delete node1/-/ipset/${SET}-n`]);
    await node.sh(`ipset create ${SET}-n hash:ip`);
    await applyOn(node, graphOf(ruled(hosts(90))));
    expect((await saved()).filter((line) => line.startsWith('create'))).toHaveLength(2);
  });

  test.each([
    ['a real Neutron', '', /is not ours$|holds foreign sets with names of ours$/],
    ['another topology', ':netloom-rival - [0:0]\n', /topology rival$/],
  ])('sets of %s with names of ours are an error, and left as they are', async (_, other, owner) => {
    await node.sh(`iptables-restore --noflush <<'X'\n*filter\n${other}COMMIT\nX
      ipset create ${SET} hash:net; ipset add ${SET} 10.10.10.11; ipset create ${SET}-n hash:net; ipset create blocklist hash:ip; ipset add blocklist 1.2.3.4`);
    const before = await node.sh('ipset save; iptables-save -t filter | grep -v "^#"');
    const { diagnostics } = await planOn(node, graphOf(ruled(hosts(3))));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLP10', 'error NLP12']);
    for (const { summary } of diagnostics) expect(summary).toMatch(owner);
    await expect(applyOn(node, graphOf(ruled(hosts(3))))).rejects.toThrow('NLP12');
    // Nor is the table marked for another reason: the sets would count as ours then.
    expect((await planOn(node, graphOf([mark(4)]))).diagnostics.map(({ code }) => code)).toEqual(['NLP12']);
    expect((await applyOn(node, graphOf([]))).batches).toEqual([]);
    expect(await node.sh('ipset save; iptables-save -t filter | grep -v "^#"')).toBe(before);
    // The sets of the other IP version are not foreign.
    await applyOn(node, graphOf([mark(6), set(['2001:db8::1'], 6)]));
    await applyOn(node, graphOf([]));
    expect(await node.sh('ipset save; iptables-save -t filter | grep -v "^#"')).toBe(before);
  });

  test('sets that lost their mark are an error that says how to restore it', async () => {
    await applyOn(node, graphOf([mark(4), set(hosts(3))]));
    await node.sh(`iptables -X netloom-${TOPOLOGY}`);
    const { diagnostics } = await planOn(node, graphOf([mark(4), set(hosts(3))]));
    expect(diagnostics.map(({ code }) => code)).toEqual(['NLP10', 'NLP12']);
    const [, command = ''] = /only lost the mark: (.*)$/.exec(diagnostics[1]?.hint ?? '') ?? [];
    await node.sh(command);
    expect((await applyOn(node, graphOf([mark(4), set(hosts(3))]))).batches).toEqual([]);
  });

  test('a set of another type is recreated, unless a rule keeps it: then the plan names the rule', async () => {
    await applyOn(node, graphOf([mark(4), mark(6)]));
    await node.sh(`ipset create ${SET} hash:ip; ipset create ${SET6} hash:net family inet`);
    const wanted = graphOf([mark(4), mark(6), set(hosts(3)), set(['2001:db8::1'], 6)]);
    expect(inShort((await planOn(node, wanted)).plan.changes)).toEqual([
      `replace node1/-/ipset/${SET}`,
      `replace node1/-/ipset/${SET6}`,
    ]);
    await applyOn(node, wanted);
    expect(await saved()).toEqual([...inSets(SET, 'inet', hosts(3)), ...inSets(SET6, 'inet6', ['2001:db8::1'])].sort());

    await applyOn(node, graphOf([mark(4), mark(6)]));
    await node.sh(`ipset create ${SET} hash:ip; iptables -A INPUT -m set --match-set ${SET} src -j DROP`);
    const { diagnostics } = await planOn(node, wanted);
    expect(diagnostics).toMatchObject([
      {
        code: 'NLP21',
        severity: 'error',
        summary: expect.stringContaining('another sort of set: hash:ip, family inet') as string,
        detail: expect.stringContaining(`iptables -t filter -A INPUT -m set --match-set ${SET} src -j DROP`) as string,
      },
    ]);
    await expect(applyOn(node, wanted)).rejects.toThrow('NLP21');
  });

  test('a foreign rule that names a set of ours keeps it: an error at plan time', async () => {
    await applyOn(node, graphOf(ruled(hosts(3))));
    const theirs = `iptables -t filter -A INPUT -m set --match-set ${SET} src -j ACCEPT`;
    await node.sh(theirs);
    expect((await planOn(node, graphOf([]))).diagnostics).toMatchObject([
      { code: 'NLP22', severity: 'error', detail: expect.stringContaining(theirs) as string },
    ]);
    await node.sh(theirs.replace('-A', '-D'));
    expect((await planOn(node, graphOf([]))).diagnostics).toEqual([]);
    await applyOn(node, graphOf([]));
    expect(await saved()).toEqual([]);
  });

  test('a rule that matches a set and that this iptables writes differently is no difference', async () => {
    const [, , inner, ...rest] = ruled(hosts(3));
    const other = { ...inner!, spec: { builtin: false, rules: [`-p 6 -m set --match-set ${SET} src -j RETURN`] } };
    const graph = graphOf([...ruled(hosts(3)).slice(0, 2), other, ...rest]);
    await applyOn(node, graph);
    expect(await node.sh('iptables -S')).toContain(`-A ${INNER} -p tcp -m set`);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test('thousands of members, as an unprivileged user too', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `10.1.${Math.floor(i / 250)}.${(i % 250) + 1}`);
    const user = await nodes.open({ rootless: true, iptables: flavour });
    await applyOn(user, graphOf(ruled(many)));
    await applyOn(user, graphOf(ruled(many.slice(100))));
    expect((await applyOn(user, graphOf(ruled(many.slice(100))))).batches).toEqual([]);
    await applyOn(user, graphOf([]));
    expect(await user.sh('ipset save')).toBe('');
  });
});

test('a node without ipset is an error at plan time, and only if a set is desired', async () => {
  const node = await nodes.open();
  await node.sh('mount --bind /dev/null "$(command -v ipset)"');
  const { diagnostics } = await planOn(node, graphOf(ruled(hosts(1))));
  expect(diagnostics).toMatchObject([{ code: 'NLP11', hint: expect.stringContaining('recommends ipset') as string }]);
  expect((await planOn(node, graphOf([mark(4)]))).diagnostics).toEqual([]);
});
