import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netns } from '../../src/kinds/netns/spec.ts';
import { owedMark } from '../../src/kernel/effects/owed.ts';
import { performOwedEffects } from '../../src/kinds/ledger.ts';
import { announceToken, natToken } from '../../src/kernel/effects/owed-tokens.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { formatMark, parseMark } from '../../src/model/mark.ts';
import { graphOf, ORIGIN } from '../support/engine.ts';
import { contextOf, link, viewOf } from '../support/view.ts';

describe('a mark', () => {
  test('is parsed as it was formatted', () => {
    const topology = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,18}$/);
    const someTokens = fc.array(fc.stringMatching(/^[a-z]{1,3}=[0-9a-f.-]{1,9}$/));
    fc.assert(
      fc.property(topology, someTokens, (name, tokens) => {
        expect(parseMark(formatMark({ topology: name, tokens }))).toEqual({ topology: name, tokens });
      }),
    );
  });

  test.each([
    undefined,
    '',
    'lab=demo',
    'netloom',
    'netloom:',
    'netloom:Demo',
    'netloom: demo',
    'xnetloom:demo',
    `netloom:${'a'.repeat(20)}`,
    'netloom:demo\n',
  ])('%s is no mark', (alias) => {
    expect(parseMark(alias)).toBeUndefined();
  });
});

describe('owed effects', () => {
  const graph = graphOf([
    netns('node1', 'qrouter-1', ORIGIN),
    veth(
      { node: 'node1', netns: 'qrouter-1', device: 'qg-1' },
      { mac: 'fa:16:3e:00:00:01', mtu: 1500, tap: 'tap1', bridge: 'brq0' },
      ORIGIN,
    ),
  ]);
  const context = contextOf(graph, [
    viewOf('node1', [
      {
        netns: 'qrouter-1',
        alias: 'netloom:demo',
        links: [link('lo', 1), link('qr-2', 2, { address: 'fa:16:3e:00:00:02' })],
      },
    ]),
  ]);
  const lines = (tokens: readonly string[]): string[] =>
    performOwedEffects('node1', 'qrouter-1', tokens, context).map((command) =>
      command.tool === 'ip' ? command.words.join(' ') : command.tool === 'exec' ? command.argv.join(' ') : command.tool,
    );

  test('are recorded in the mark, each once, and parsed back', () => {
    const tokens = [
      natToken({ ip: '11.11.11.11' }),
      announceToken('qg-1'),
      natToken({ ip: '10.0.0.1' }),
      announceToken('qg-1'),
    ];
    expect(owedMark('demo', tokens)).toBe('netloom:demo,arp=qg-1,ct=0a000001.0b0b0b0b');
  });

  test('never exceed the alias length that the kernel keeps: too many are widened, none is lost', () => {
    const token = fc.oneof(
      fc
        .ipV4()
        .filter((ip) => /^[\d.]+$/.test(ip) && ip.split('.').length === 4)
        .map((ip) => natToken({ ip })),
      fc
        .tuple(fc.constantFrom('tcp' as const, 'udp' as const), fc.nat(65535), fc.nat(65535))
        .map(([protocol, first, last]) => natToken({ ip: '11.11.11.11', ports: { protocol, first, last } })),
      fc.stringMatching(/^q[rg]-[0-9a-f]{8}-[0-9a-f]{2}$/).map(announceToken),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 80 }), (tokens) => {
        const alias = owedMark('a-nineteen-letter-1', tokens);
        expect(alias.length).toBeLessThanOrEqual(255);
        const pending = parseMark(alias)?.tokens ?? [];
        const told = (token: string): boolean => {
          const [sort = '', value = ''] = token.split('=');
          const all = pending
            .filter((p) => p.startsWith(`${sort}=`))
            .flatMap((p) => p.slice(sort.length + 1).split('.'));
          return all.includes('*') || all.includes(value) || all.includes(value.replace(/:.*/, ''));
        };
        expect(tokens.filter((t) => !told(t))).toEqual([]);
      }),
    );
  });

  test('are performed: connections first, then announcements, and last the mark without them', () => {
    expect(lines(['arp=qg-1', 'ct=0b0b0b0b'])).toEqual([
      'conntrack -D --orig-dst 11.11.11.11',
      'conntrack -D --reply-dst 11.11.11.11',
      'link set dev qg-1 address fa:16:3e:00:00:01',
      'link set dev lo alias netloom:demo',
    ]);
  });

  test('for some ports of an address: only those; for a range only those with connections', () => {
    const one = natToken({ ip: '11.11.11.11', ports: { protocol: 'tcp', first: 2222, last: 2222 } });
    const some = natToken({ ip: '11.11.11.11', ports: { protocol: 'udp', first: 5000, last: 5010 } });
    expect(owedMark('demo', [one, some])).toBe('netloom:demo,ct=0b0b0b0b:tcp:2222.0b0b0b0b:udp:5000-5010');
    const said = lines([one, some]);
    expect(said[0]).toBe('conntrack -D -p tcp --orig-dst 11.11.11.11 --orig-port-dst 2222');
    expect(said[1]).toMatch(/^sh -c [^]* sh udp 11\.11\.11\.11 5000 5010$/);
    expect(said).toHaveLength(3);
  });

  test('for everything: all translated connections and all devices', () => {
    expect(lines(['arp=*', 'ct=*'])).toEqual([
      'conntrack -D --any-nat',
      'link set dev qr-2 address fa:16:3e:00:00:02',
      'link set dev lo alias netloom:demo',
    ]);
  });

  test('a lost mark is only written', () => {
    expect(lines(['mark'])).toEqual(['link set dev lo alias netloom:demo']);
    expect(lines(['ct=$(reboot)', 'arp=no-such'])).toEqual(['link set dev lo alias netloom:demo']);
  });
});
