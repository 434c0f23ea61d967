import { beforeAll, describe, expect, test } from 'vitest';
import { chain } from '../../src/kinds/chain/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import type { Family } from '../../src/model/command.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy');
const IN = 'nsenter --net=/run/netns/qrouter-1 ';
const PREFIX = 'neutron-l3-agent';
const COMMENT = '-m comment --comment "Perform \\"source\\" NAT; # on $(outgoing) `traffic` \\\'now\\\'." ';

function nat(name: string, rules: readonly string[], family: Family = 4): Resource {
  return chain({ node: 'node1', netns: 'qrouter-1', family, table: 'nat', chain: name }, rules, ORIGIN);
}

function router(snat: readonly string[], ...more: readonly Resource[]): readonly Resource[] {
  return [
    netns('node1', 'qrouter-1', ORIGIN),
    nat('POSTROUTING', [`-j ${PREFIX}-POSTROUTING`, `-j neutron-postrouting-bottom`]),
    nat(`${PREFIX}-POSTROUTING`, ['! -o qg-1 -m conntrack ! --ctstate DNAT -j ACCEPT']),
    nat('neutron-postrouting-bottom', [`${COMMENT}-j ${PREFIX}-snat`]),
    nat(`${PREFIX}-snat`, snat),
    ...more,
  ];
}

const THREE = ['-s 10.0.0.1/32 -j ACCEPT', '-s 10.0.0.2/32 -j ACCEPT', '-s 10.0.0.3/32 -j ACCEPT'];

describe.each(['nft', 'legacy'] as const)('iptables-%s', (flavour) => {
  let node: TestNode;
  const saved = async (options = ''): Promise<string[]> =>
    (await node.sh(`${IN}iptables-save ${options} -t nat`)).split('\n');
  const rulesOf = async (name: string): Promise<string[]> =>
    (await saved()).filter((line) => line.startsWith(`-A ${name} `)).map((line) => line.slice(4 + name.length));

  beforeAll(async () => {
    node = await nodes.open({ iptables: flavour });
    expect(await node.sh('iptables --version')).toContain(flavour === 'legacy' ? 'legacy' : 'nf_tables');
  });

  test('rules with comments and quotes are read as they were written, on a node without tables', async () => {
    const graph = graphOf(router(THREE));
    await applyOn(node, graph);
    expect(await rulesOf('neutron-postrouting-bottom')).toEqual([`${COMMENT}-j ${PREFIX}-snat`]);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test('a foreign rule between our two jumps, and a foreign chain, are as before', async () => {
    const theirs = '-s 172.17.0.0/16 -m comment --comment "not \\"ours\\"" -j MASQUERADE';
    await node.sh(
      `${IN}iptables-restore --noflush <<'X'\n*nat\n:DOCKER - [0:0]\n-A DOCKER -j RETURN\n-I POSTROUTING 2 ` +
        `${theirs}\n-A POSTROUTING -j DOCKER\nCOMMIT\nX`,
    );
    const around = [`-j ${PREFIX}-POSTROUTING`, theirs, '-j neutron-postrouting-bottom', '-j DOCKER'];
    expect(await rulesOf('POSTROUTING')).toEqual(around);
    expect((await applyOn(node, graphOf(router(THREE)))).batches).toEqual([]);

    // Both jumps deleted, then only the first: ours are restored in their order, foreign rules stay where they are.
    await node.sh(`${IN}iptables-restore --noflush <<'X'\n*nat\n-D POSTROUTING 1\nCOMMIT\nX`);
    await applyOn(node, graphOf(router(THREE)));
    expect(await rulesOf('POSTROUTING')).toEqual(around);
    await node.sh(`${IN}iptables-restore --noflush <<'X'\n*nat\n-D POSTROUTING 3\n-D POSTROUTING 1\nCOMMIT\nX`);
    await applyOn(node, graphOf(router(THREE)));
    const now = await rulesOf('POSTROUTING');
    expect(now.filter((rule) => !rule.includes('neutron'))).toEqual([theirs, '-j DOCKER']);
    expect(now.filter((rule) => rule.includes('neutron'))).toEqual([around[0], around[2]]);

    await applyOn(node, graphOf([netns('node1', 'qrouter-1', ORIGIN)]));
    expect((await saved()).filter((line) => line.includes('neutron'))).toEqual([]);
    expect(await rulesOf('POSTROUTING')).toEqual([theirs, '-j DOCKER']);
    expect(await rulesOf('DOCKER')).toEqual(['-j RETURN']);
    await applyOn(node, graphOf(router(THREE)));
  });

  test('counters of rules that stay continue, and only differences are written', async () => {
    await node.sh(
      `${IN}iptables-restore --noflush -c <<'X'\n*nat\n-F ${PREFIX}-snat\n[7:700] -A ${PREFIX}-snat ` +
        `${THREE[0]!}\n[8:800] -A ${PREFIX}-snat ${THREE[1]!}\n[9:900] -A ${PREFIX}-snat ${THREE[2]!}\nCOMMIT\nX`,
    );
    const counted = async (): Promise<string[]> =>
      (await saved('-c'))
        .filter((line) => line.includes(`-A ${PREFIX}-snat`))
        .map((line) => line.replace(`-A ${PREFIX}-snat `, ''));
    const [first, second, third] = await counted();
    expect([first, second, third].map((line) => line?.split(' ')[0])).toEqual(['[7:700]', '[8:800]', '[9:900]']);

    const inserted = [THREE[0]!, '-s 10.0.0.9/32 -j ACCEPT', THREE[1]!, THREE[2]!];
    const { batches } = await applyOn(node, graphOf(router(inserted)));
    expect(
      batches
        .flatMap(({ steps }) => steps)
        .flatMap(({ command }) => (command.tool === 'iptables' ? [command.edit] : [])),
    ).toEqual([{ op: 'insert', position: 2, rule: inserted[1] }]);
    expect(await counted()).toEqual([first, '[0:0] -s 10.0.0.9/32 -j ACCEPT', second, third]);

    await applyOn(node, graphOf(router([THREE[2]!, THREE[0]!, THREE[1]!])));
    expect(await counted()).toEqual([expect.stringContaining('10.0.0.3'), first, second]);
    await applyOn(node, graphOf(router(THREE)));
    expect(await counted()).toEqual([first, second, expect.stringContaining('10.0.0.3')]);
  });

  test('hundreds of rules at once, as an unprivileged user too', async () => {
    const many = Array.from(
      { length: 700 },
      (_, i) =>
        `-s 10.1.${String(Math.floor(i / 250))}.${String((i % 250) + 1)}/32 -m comment --comment "rule ` +
        `${String(i)}" -j ACCEPT`,
    );
    const user = await nodes.open({ rootless: true, iptables: flavour });
    const graph = graphOf(router(many));
    await applyOn(user, graph);
    expect((await planOn(user, graph)).plan.changes).toEqual([]);
    const { first } = await applyOn(user, graphOf(router(THREE)));
    expect(inShort(first.plan.changes)).toEqual([`update node1/qrouter-1/chain/4/nat/${PREFIX}-snat (rules)`]);
    expect((await planOn(user, graphOf(router(THREE)))).plan.changes).toEqual([]);
  });

  test('a chain with our prefix in an unmarked namespace is not observed', async () => {
    await node.sh(`ip netns add qrouter-theirs; nsenter --net=/run/netns/qrouter-theirs iptables-restore <<'X'\n*nat\n:${PREFIX}-snat - [0:0]\n-A ${PREFIX}-snat -j ACCEPT\nCOMMIT\nX
      iptables-restore --noflush <<'X'\n*filter\n:${PREFIX}-FORWARD - [0:0]\n-A FORWARD -j ${PREFIX}-FORWARD\nCOMMIT\nX`);
    expect((await applyOn(node, graphOf(router(THREE)))).batches).toEqual([]);
    const theirs = graphOf([...router(THREE), netns('node1', 'qrouter-theirs', ORIGIN)]);
    const { diagnostics } = await planOn(node, theirs);
    // NLP40 is about foreign rules in the marked one.
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error NLP10', 'warning NLP40']);
  });
});

test('an iptables older than --random-fully gets rules without it, and nothing differs afterwards', async () => {
  const node = await nodes.open({ iptables: 'nft' });
  // It reports an old version, and refuses a rule that this version does not support.
  await node.sh(`rm /run/iptables/iptables /run/iptables/iptables-restore
    printf '#!/bin/sh\\necho "iptables v1.6.1"\\n' >/run/iptables/iptables
    printf '#!/bin/sh\\nexec 3<&0; text=$(cat <&3); case $text in *random-fully*) exit 2 ;; esac\\nprintf "%%s\\\\n" "$text" | xtables-nft-multi iptables-restore "$@"\\n' >/run/iptables/iptables-restore
    chmod +x /run/iptables/iptables /run/iptables/iptables-restore`);
  const graph = graphOf(router(['-o qg-1 -j SNAT --to-source 192.0.2.1 --random-fully']));
  await applyOn(node, graph);
  expect(await node.sh(`${IN}iptables-save -t nat`)).toContain(
    `-A ${PREFIX}-snat -o qg-1 -j SNAT --to-source 192.0.2.1\n`,
  );
  expect((await applyOn(node, graph)).batches).toEqual([]);
});
