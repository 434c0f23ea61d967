import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandText } from '../../src/model/command-text.ts';
import { chain, tableMarker } from '../../src/kinds/chain/spec.ts';
import { updateSet } from '../../src/kinds/ipset/commands.ts';
import { ipsetKind } from '../../src/kinds/ipset/index.ts';
import { ipset, setName, type IpsetSpec } from '../../src/kinds/ipset/spec.ts';
import { ipsetSaveProbe, parseIpsetSave } from '../../src/kernel/netfilter/ipset-save.ts';
import { setsOf } from '../../src/kernel/netfilter/rule-words.ts';
import { swapSetOf } from '../../src/kernel/netfilter/set-names.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Owner } from '../../src/model/resource.ts';
import { formatIpv4 } from '../../src/net/raw/ipv4.ts';
import { ORIGIN } from '../support/engine.ts';
import { Order, planFrom, asObserved } from '../support/ordered.ts';
import { viewOf } from '../support/view.ts';

const GROUP = 'cccccccc-0000-0000-0000-000000000001';
const NAME = 'NIPv4cccccccc-0000-0000-0000-';
const NAME6 = 'NIPv6cccccccc-0000-0000-0000-';

/** As version 7.17 prints it. */
const NEW = `create ${NAME} hash:net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x56ae8706
add ${NAME} 10.10.10.12
add ${NAME} 10.10.10.11
add ${NAME} 10.10.10.16
create ${NAME6} hash:net family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0xec818d79
`;
/** As version 6.38 prints it. */
const OLD = NEW.replace(/ bucketsize .*/g, '');

describe('the output of ipset save', () => {
  test.each([
    ['new', NEW],
    ['old', OLD],
  ])('of a %s version', (_, text) => {
    expect([...parseIpsetSave(text)]).toEqual([
      [NAME, { type: 'hash:net', family: 4, options: [], members: ['10.10.10.12', '10.10.10.11', '10.10.10.16'] }],
      [NAME6, { type: 'hash:net', family: 6, options: [], members: [] }],
    ]);
  });

  test('of sets of another type than ours', () => {
    const text = `create NIPv4a hash:net family inet hashsize 64 maxelem 10 timeout 30 counters comment bucketsize 12 initval 0x1
add NIPv4a 10.0.0.0/8 nomatch timeout 30 packets 0 bytes 0 comment "a b"
create NIPv4b bitmap:port range 1-100
`;
    expect([...parseIpsetSave(text)]).toEqual([
      [
        'NIPv4a',
        {
          type: 'hash:net',
          family: 4,
          options: ['maxelem', '10', 'timeout', '30', 'counters', 'comment'],
          members: ['10.0.0.0/8 nomatch timeout 30 packets 0 bytes 0 comment "a b"'],
        },
      ],
      ['NIPv4b', { type: 'bitmap:port', family: undefined, options: ['range', '1-100'], members: [] }],
    ]);
    expect(parseIpsetSave('')).toEqual(new Map());
  });
});

describe('a set', () => {
  test('has Neutron’s name, shortened so that the name of its swap set fits', () => {
    expect([setName(4, GROUP), setName(6, GROUP)]).toEqual([NAME, NAME6]);
    expect(swapSetOf(NAME)).toBe(`${NAME}-n`);
    expect(swapSetOf(NAME)).toHaveLength(31);
  });

  test.each([
    [4, ['10.0.0.5/32', '10.0.0.5', '10.0.0.7/24'], ['10.0.0.0/24', '10.0.0.5']],
    [4, ['0.0.0.0/0', '1.2.3.4'], ['0.0.0.0/1', '1.2.3.4', '128.0.0.0/1']],
    [6, ['2001:DB8::0001/128', '2001:db8:0:0::/64', '::/0'], ['2001:db8::/64', '2001:db8::1', '8000::/1', '::/1']],
  ] as const)('of IPv%i of %j has the members %j', (family, members, written) => {
    expect(ipset({ node: 'n' }, setName(family, GROUP), { family, members }, ORIGIN).spec).toEqual({
      family,
      members: written,
      options: [],
    });
  });

  test.each([
    [4, NAME, '2001:db8::1'],
    [6, NAME6, '10.0.0.1'],
    [4, NAME, '10.0.0.1/33'],
    [4, NAME6, '10.0.0.1'],
    [4, 'NIPv4$(reboot)', '10.0.0.1'],
    [4, 'blocklist', '10.0.0.1'],
  ] as const)('of IPv%i named %j rejects the member %j', (family, name, member) => {
    expect(() => ipset({ node: 'n' }, name, { family, members: [member] }, ORIGIN)).toThrow(RangeError);
  });
});

describe('the owner of a set', () => {
  const marked = (topology: string): string => `*filter\n:netloom-${topology} - [0:0]\nCOMMIT\n`;
  const seen = (save4: string, sets = NEW): (readonly [string, Owner])[] => {
    const view = viewOf('n', [{ netns: null, save4 }], { values: { [ipsetSaveProbe.id]: parseIpsetSave(sets) } });
    return [...ipsetKind.observe(view, 'demo')].map(({ name, owner }) => [name, owner] as const);
  };

  test('is the owner of the filter table of its IP version', () => {
    expect(seen('')).toEqual([[NAME, 'foreign'], [NAME6, 'foreign']]); // prettier-ignore
    expect(seen(marked('demo'))).toEqual([[NAME, 'ours'], [NAME6, 'foreign']]); // prettier-ignore
    expect(seen(marked('rival'))).toEqual([[NAME, { topology: 'rival' }], [NAME6, 'foreign']]); // prettier-ignore
    expect(seen(marked('demo').replace('filter', 'nat'))[0]).toEqual([NAME, 'foreign']);
  });

  test('of a swap set is that of its original; a set with another name is not observed', () => {
    const others = ['blocklist', 'IPv4-blocklist', 'NIPv4_x', `${NAME}-m`, 'NIPv5a'];
    const text = [`${NAME}-n`, ...others].map((name) => `create ${name} hash:net family inet\n`).join('');
    expect(seen(marked('demo'), text)).toEqual([[`${NAME}-n`, 'ours']]);
  });
});

describe('updating a set', () => {
  const spec = (members: readonly string[], options: readonly string[] = []): IpsetSpec => ({
    family: 4,
    members: [...members].sort(),
    options,
  });
  const lines = (from: IpsetSpec, to: IpsetSpec): string[] => updateSet(NAME, to, from).map(commandText);
  const hosts = (count: number, start = 1): string[] => Array.from({ length: count }, (_, i) => `10.0.0.${start + i}`);

  test('up to four members are added and deleted one by one, additions first', () => {
    expect(lines(spec(hosts(9)), spec(hosts(9, 3)))).toEqual([
      `ipset add ${NAME} 10.0.0.10`,
      `ipset add ${NAME} 10.0.0.11`,
      `ipset del ${NAME} 10.0.0.1`,
      `ipset del ${NAME} 10.0.0.2`,
    ]);
  });

  test('five take a swap with a second set, which is deleted before and after', () => {
    expect(lines(spec(hosts(2)), spec(['10.0.0.1', ...hosts(4, 50)]))).toEqual([
      `ipset destroy ${NAME}-n`,
      `ipset create ${NAME}-n hash:net family inet`,
      ...['10.0.0.1', ...hosts(4, 50)].map((member) => `ipset add ${NAME}-n ${member}`),
      `ipset swap ${NAME}-n ${NAME}`,
      `ipset destroy ${NAME}-n`,
    ]);
  });

  test.each([
    ['a set with another option', spec(['10.0.0.1 timeout 30'], ['timeout', '30'])],
    ['a member with an option', spec(['10.0.0.1 nomatch'])],
  ])('%s takes a swap', (_, from) => {
    expect(lines(from, spec(['10.0.0.1']))).toContain(`ipset swap ${NAME}-n ${NAME}`);
  });

  test('whatever differs, the commands give the desired set, and a member that stays is never missing', () => {
    const members = fc.uniqueArray(fc.integer({ min: 1, max: 12 }).map((n) => formatIpv4(n)));
    fc.assert(
      fc.property(members, members, (from, to) => {
        const stays = from.filter((member) => to.includes(member));
        const sets = new Map([[NAME, new Set(from)]]);
        for (const command of updateSet(NAME, spec(to), spec(from))) {
          const [verb = '', name = '', what = ''] = command.tool === 'ipset' ? command.words : [];
          if (verb === 'create') sets.set(name, new Set());
          if (verb === 'destroy') sets.delete(name);
          if (verb === 'add') sets.get(name)?.add(what);
          if (verb === 'del') sets.get(name)?.delete(what);
          if (verb === 'swap') sets.set(what, sets.get(name)!).set(name, new Set(from));
          expect(stays.filter((member) => !sets.get(NAME)!.has(member))).toEqual([]);
        }
        expect([...sets].map(([name, has]) => [name, [...has].sort()])).toEqual([[NAME, [...to].sort()]]);
      }),
    );
  });
});

test('the sets a rule names', () => {
  expect(setsOf(`-m set --match-set ${NAME} src -m set ! --match-set b dst,dst -j SET --add-set c src`)).toEqual([
    NAME,
    'b',
    'c',
  ]);
  expect(setsOf('-m comment --comment "-m set --match-set x src" -j RETURN')).toEqual([]);
});

describe('the order among sets and rules', () => {
  const place = { node: 'n', netns: null, family: 4, table: 'filter' } as const;
  const marker = tableMarker(place, 'demo', ORIGIN);
  const sets = (...ids: readonly string[]): ReturnType<typeof ipset>[] =>
    ids.map((id) => ipset({ node: 'n' }, `NIPv4${id}`, { family: 4, members: ['10.0.0.1'] }, ORIGIN));
  const rules = (...ids: readonly string[]): ReturnType<typeof chain> =>
    chain(
      { ...place, chain: 'neutron-linuxbri-ia' },
      ids.map((id) => `-m set --match-set NIPv4${id} src -j RETURN`),
      ORIGIN,
    );
  const a = desiredGraph('demo', ['n'], [marker, ...sets('a'), rules('a')]);
  const b = desiredGraph('demo', ['n'], [marker, ...sets('b'), rules('b')]);
  const none = desiredGraph('demo', ['n'], []);

  test('the mark, the set with its members, the rules', () => {
    const plan = planFrom([], a);
    const order = new Order(plan);
    expect(order).toRunInOrder(/-N netloom-demo/, /ipset create NIPv4a/);
    expect(order).toRunInOrder(/ipset add NIPv4a/, /-A neutron-linuxbri-ia/);
    expect(plan.batches.map(({ lane }) => lane)).toEqual(['sh', 'ipset', 'sh']);
  });

  test('the rules, the set, the mark', () => {
    const order = new Order(planFrom(asObserved(a), none));
    expect(order).toRunInOrder(/-X neutron-linuxbri-ia/, /ipset destroy NIPv4a/);
    expect(order).toRunInOrder(/ipset destroy NIPv4a/, /-X netloom-demo/);
  });

  test('when a chain changes from one set to another: the new set, the chain, the old set', () => {
    const order = new Order(planFrom(asObserved(a), b));
    expect(order).toRunInOrder(/ipset add NIPv4b/, /-I neutron-linuxbri-ia/);
    expect(order).toRunInOrder(/-D neutron-linuxbri-ia/, /ipset destroy NIPv4a/);
  });
});
