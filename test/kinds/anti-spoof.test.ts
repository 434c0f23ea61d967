import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/model/kind.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { antiSpoofKind } from '../../src/kinds/anti-spoof/index.ts';
import { antiSpoof, type Source } from '../../src/kinds/anti-spoof/spec.ts';
import { nftTableKind } from '../../src/kinds/nft-table/index.ts';
import { nftTable } from '../../src/kinds/nft-table/spec.ts';
import { ruleText } from '../../src/kernel/netfilter/nft-text.ts';
import { kernelNamesProbe } from '../../src/kernel/netfilter/kernel-names.ts';
import type { Get } from '../../src/model/probe.ts';
import { nftProbe } from '../../src/kernel/netfilter/nft.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import { contextOf, viewOf } from '../support/view.ts';

/** Returns a spec as it is on a node. */
function onNode<Spec>({ adaptation }: Kind<Spec>, spec: Spec, view: NodeView): Spec {
  return adaptation?.adapt(spec, adaptation.facts(view)) ?? spec;
}

const ORIGIN = { path: 'instances.a' };
const MAC = 'fa:16:3e:00:00:05';

function sourcesOf(...sources: readonly Source[]): unknown {
  return antiSpoof({ node: 'n', device: 'tap1' }, { macs: [MAC], sources }, ORIGIN).spec.sources;
}

describe('a desired spec', () => {
  test('is sorted, in lower case, without duplicates', () => {
    const macs = ['FA:16:3E:00:00:07', MAC, MAC.toUpperCase()];
    const own = [MAC, 'fa:16:3e:00:00:07'];
    const { spec } = antiSpoof({ node: 'n', device: 'tap1' }, { macs, sources: [] }, ORIGIN);
    expect(spec).toEqual({ macs: own, clients: own, sources: [], guarded: true });
    expect(
      sourcesOf(
        { mac: 'FA:16:3E:00:00:07', cidr: '10.0.0.9/32' },
        { mac: MAC, cidr: '10.0.0.10/32' },
        { mac: MAC, cidr: '9.0.0.77/24' },
        { mac: MAC, cidr: '10.0.0.10/32' },
      ),
    ).toEqual([
      { mac: MAC, cidr: '9.0.0.0/24' },
      { mac: MAC, cidr: '10.0.0.10/32' },
      { mac: 'fa:16:3e:00:00:07', cidr: '10.0.0.9/32' },
    ]);
  });

  test('has no block inside another of the same MAC: the kernel refuses it', () => {
    const other = { mac: 'fa:16:3e:00:00:07', cidr: '10.0.0.5/32' };
    expect(
      sourcesOf(
        { mac: MAC, cidr: '10.0.0.5/32' },
        { mac: MAC, cidr: '10.0.0.0/24' },
        { mac: MAC, cidr: '10.0.0.0/8' },
        { mac: MAC, cidr: '10.9.0.0/16' },
        { mac: MAC, cidr: '11.0.0.0/8' },
        other,
      ),
    ).toEqual([{ mac: MAC, cidr: '10.0.0.0/8' }, { mac: MAC, cidr: '11.0.0.0/8' }, other]);
    expect(sourcesOf({ mac: MAC, cidr: '10.0.0.5/32' }, { mac: MAC, cidr: '0.0.0.0/0' })).toEqual([
      { mac: MAC, cidr: '0.0.0.0/0' },
    ]);
  });
});

const payload = (protocol: string, field: string): object => ({ payload: { protocol, field } });
const match = (left: object, right: unknown, op = '=='): object => ({ match: { op, left, right } });
const text = (...expressions: object[]): string => ruleText(expressions as Parameters<typeof ruleText>[0]);

describe('rules as versions of nft print them', () => {
  const source = match({ concat: [{ meta: { key: 'iifname' } }, payload('arp', 'saddr ip')] }, '@s');

  test('a lookup is equal, whatever its operator is called', () => {
    expect(text(match(payload('ether', 'saddr'), '@macs', 'in'))).toBe('ether saddr @macs');
    expect(text(match(payload('ether', 'saddr'), '@macs', '!='))).toBe('ether saddr != @macs');
  });

  test('a protocol implied by the following expression is left out; another one is not', () => {
    for (const implied of [payload('ether', 'type'), { meta: { key: 'protocol' } }]) {
      expect(text(match(implied, 'arp'), source)).toBe('iifname . arp saddr ip @s');
      expect(text(match(implied, 'ip'), source)).toMatch(/^(ether type|meta protocol) ip /);
    }
    const port = match(payload('udp', 'sport'), 68);
    expect(text(match({ meta: { key: 'l4proto' } }, 'udp'), port, { accept: null })).toBe('udp sport 68 accept');
    expect(text(match(payload('ether', 'type'), 'ip'), { accept: null })).toBe('ether type ip accept');
  });

  test('members of an anonymous set are unordered', () => {
    const types = (...set: string[]): string => text(match(payload('ether', 'type'), { set }, '!='), { drop: null });
    expect(types('ip', 'arp')).toBe('ether type != { arp , ip } drop');
    expect(types('arp', 'ip')).toBe(types('ip', 'arp'));
  });

  test('an unknown expression equals none of ours', () => {
    expect(text({ xt: null }, { counter: { packets: 1, bytes: 2 } })).toBe(
      '{"xt":null} {"counter":{"packets":1,"bytes":2}}',
    );
  });
});

function printed(...objects: object[]): string {
  const document = (...some: object[]): string =>
    JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, ...some] });
  return `@table netloom-demo\n${document()}\n${document(...objects)}\n`;
}

describe('the ruleset as read', () => {
  test('is empty where there is none', () => {
    const nothing = { version: '1.0.6', table: 'netloom-demo', unusable: undefined, tables: new Map(), neutron: [] };
    expect(nftProbe.parse(printed())).toEqual(nothing);
    const [name, chains] = printed().split('\n');
    expect(nftProbe.parse(`${String(name)}\n${String(chains)}\n@none\n`)).toEqual(nothing);
  });

  test.each(['', '@none', '{}\n@none', '{"nftables":[]}\n@none', printed().split('\n').slice(0, 2).join('\n'), 'x'])(
    'is no answer if nft printed less than it always does: %j',
    (text) => {
      expect(() => nftProbe.parse(text)).toThrow(/not in it|no list of nft|JSON/);
    },
  );

  test('is no answer if the kernel has a table that nft does not print', () => {
    const kernel = kernelNamesProbe.parse('nft bridge netloom-demo\nnft ip nat\n');
    const missing = (text: string): unknown =>
      nftProbe.witness?.missing(nftProbe.parse(text), (() => kernel) as unknown as Get);
    expect(missing(printed())).toEqual(['table netloom-demo']);
    expect(missing('@table netloom-demo\n@unusable Error: Operation not supported')).toEqual(['table netloom-demo']);
    expect(missing(printed({ table: { family: 'bridge', name: 'netloom-demo' } }))).toEqual([]);
    expect(missing(printed().replaceAll('demo', 'other'))).toEqual([]);
  });

  test('reports a missing nft, or one that does not work', () => {
    expect(nftProbe.parse('@absent\n').unusable).toBe('absent');
    expect(nftProbe.parse('@unusable Error: JSON support not compiled-in\n').unusable).toEqual({
      why: 'Error: JSON support not compiled-in',
    });
  });

  test('lists chains of Neutron, of nft and of ebtables-legacy; tables with foreign names are not parsed', () => {
    const said = printed(
      { table: { family: 'bridge', name: 'nat' } },
      { chain: { family: 'bridge', table: 'nat', name: 'neutronARP-tap1' } },
      { rule: { family: 'bridge', table: 'nat', chain: 'neutronARP-tap1', expr: [{ xt: null }] } },
      { chain: { family: 'ip', table: 'nat', name: 'neutronMAC-tap1' } },
    );
    const { tables, neutron } = nftProbe.parse(`${said}@ebtables nat neutronMAC-tap1\n@ebtables nat OUTPUT\n`);
    expect(tables).toEqual(new Map());
    expect(neutron).toEqual([
      { program: 'nft', table: 'nat', chain: 'neutronARP-tap1' },
      { program: 'ebtables-legacy', table: 'nat', chain: 'neutronMAC-tap1' },
    ]);
  });

  test('flags in a list or alone, single elements and blocks', () => {
    const set = (flags: unknown): object => ({
      set: {
        family: 'bridge',
        table: 'netloom-demo',
        name: 'sources',
        type: ['ifname', 'ether_addr', 'ipv4_addr'],
        flags,
        elem: [
          { concat: ['tap1', MAC, '10.0.0.5'] },
          { concat: ['tap1', MAC, { prefix: { addr: '10.1.0.0', len: 16 } }] },
          { concat: ['tap2', MAC, { range: ['10.1.0.3', '10.1.0.7'] }] },
        ],
      },
    });
    for (const flags of ['interval', ['interval']]) {
      const read = nftProbe.parse(printed({ table: { family: 'bridge', name: 'netloom-demo' } }, set(flags)));
      const view = viewOf('n', [], { values: { [nftProbe.id]: read } });
      expect([...antiSpoofKind.observe(view, 'demo')]).toMatchObject([
        {
          name: 'tap1',
          owner: 'ours',
          spec: {
            macs: [],
            sources: [
              { mac: MAC, cidr: '10.0.0.5/32' },
              { mac: MAC, cidr: '10.1.0.0/16' },
            ],
            guarded: false,
          },
        },
      ]);
      expect([...antiSpoofKind.observe(view, 'dem')]).toEqual([]);
      expect([...nftTableKind.observe(view, 'demo')]).toMatchObject([
        { name: 'netloom-demo', spec: { intact: false } },
      ]);
    }
  });
});

describe('the client that a DHCP message names', () => {
  const read = (...objects: object[]): ReturnType<typeof viewOf> =>
    viewOf('n', [], { values: { [nftProbe.id]: nftProbe.parse(printed(...objects)) } });
  const base = { family: 'bridge', table: 'netloom-demo', name: 'clients' };
  const bits = { payload: { base: 'th', offset: 288, len: 48 } };
  const elem = [{ concat: ['tap1', 0xfa163e000005] }];

  test.each([
    ['types', ['ifname', 'integer']],
    ['expressions', { typeof: { concat: [{ meta: { key: 'iifname' } }, bits] } }],
  ])('is read from a set that nft prints with %s', (_, type) => {
    const table = { table: { family: 'bridge', name: 'netloom-demo' } };
    const view = read(table, { set: { ...base, type, elem } });
    expect([...antiSpoofKind.observe(view, 'demo')]).toMatchObject([{ spec: { clients: [MAC] } }]);
    expect([...nftTableKind.observe(view, 'demo')]).toMatchObject([{ spec: { clients: true } }]);
  });

  test('is checked by bits of the message', () => {
    expect(text(match({ concat: [{ meta: { key: 'iifname' } }, bits] }, '@clients'))).toBe(
      'iifname . @th,288,48 @clients',
    );
  });

  test.each([
    ['1.0.5', false],
    ['0.9.9', false],
    ['1.0.6', true],
    ['1.1.0', true],
    ['2.0.0', true],
  ])('is checked with nft %s: %s', (version, checked) => {
    const state = { ...nftProbe.parse(printed()), version };
    const view = viewOf('n', [], { values: { [nftProbe.id]: state } });
    const tap = antiSpoof({ node: 'n', device: 'tap1' }, { macs: [MAC], sources: [] }, ORIGIN);
    expect(onNode(antiSpoofKind, tap.spec, view).clients).toEqual(checked ? [MAC] : []);
    const { spec } = nftTable('n', 'demo', ORIGIN);
    const commands = nftTableKind.create(
      { ...nftTable('n', 'demo', ORIGIN), spec: onNode(nftTableKind, spec, view) },
      contextOf(desiredGraph('demo', ['n'], []), [view]),
    );
    expect(JSON.stringify(commands).includes('clients')).toBe(checked);
  });
});

describe('errors', () => {
  const table = nftTable('n', 'demo', ORIGIN);
  const guarded = antiSpoof({ node: 'n', device: 'tap1' }, { macs: [MAC], sources: [] }, ORIGIN);
  const said = (text: string): readonly { code: string; detail?: string; hint?: string }[] => {
    const view = viewOf('n', [], { values: { [nftProbe.id]: nftProbe.parse(text) } });
    const context = contextOf(desiredGraph('demo', ['n'], [table, guarded]), [view]);
    return [
      ...(nftTableKind.inspect?.(table, undefined, context) ?? []),
      ...(antiSpoofKind.inspect?.(guarded, undefined, context) ?? []),
    ];
  };

  test('an nft that does not work', () => {
    expect(said('@unusable Protocol not supported')).toMatchObject([
      { code: 'NLP25', detail: 'Protocol not supported' },
    ]);
    expect(said(printed())).toEqual([]);
  });

  test('chains of Neutron for this tap alone', () => {
    const [found, ...more] = said(
      `${printed()}@ebtables nat neutronMAC-tap1\n@ebtables nat neutronARP-tap1\n@ebtables nat neutronMAC-tap12\n`,
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'NLP26', severity: 'warning' });
    expect(found?.hint).toContain(
      'ebtables-legacy -t nat -F neutronMAC-tap1 && ebtables-legacy -t nat -P neutronMAC-tap1 RETURN; ',
    );
    expect(found?.hint).toContain('neutronARP-tap1');
    expect(found?.detail).not.toContain('tap12');
  });
});
