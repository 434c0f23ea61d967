import { describe, expect, it } from 'vitest';
import { kindWord } from '../../src/model/resource.ts';
import { addressKind } from '../../src/kinds/address/index.ts';
import type { AddressSpec } from '../../src/kinds/address/spec.ts';
import { antiSpoofKind } from '../../src/kinds/anti-spoof/index.ts';
import type { AntiSpoofSpec } from '../../src/kinds/anti-spoof/spec.ts';
import { bridgeKind } from '../../src/kinds/bridge/index.ts';
import type { BridgeSpec } from '../../src/kinds/bridge/spec.ts';
import { chainKind } from '../../src/kinds/chain/index.ts';
import type { ChainSpec } from '../../src/kinds/chain/spec.ts';
import { debtsKind } from '../../src/kinds/debts/index.ts';
import type { DebtsSpec } from '../../src/kinds/debts/spec.ts';
import { fileKind } from '../../src/kinds/file/index.ts';
import type { FileSpec } from '../../src/kinds/file/spec.ts';
import { foreignKind } from '../../src/kinds/foreign/index.ts';
import type { ForeignSpec } from '../../src/kinds/foreign/spec.ts';
import { foreignTableKind } from '../../src/kinds/foreign-table/index.ts';
import type { ForeignTableSpec } from '../../src/kinds/foreign-table/spec.ts';
import { ipsetKind } from '../../src/kinds/ipset/index.ts';
import type { IpsetSpec } from '../../src/kinds/ipset/spec.ts';
import { netnsKind } from '../../src/kinds/netns/index.ts';
import type { NetnsSpec } from '../../src/kinds/netns/spec.ts';
import { nftTableKind } from '../../src/kinds/nft-table/index.ts';
import type { NftTableSpec } from '../../src/kinds/nft-table/spec.ts';
import { nicKind } from '../../src/kinds/nic/index.ts';
import type { NicSpec } from '../../src/kinds/nic/spec.ts';
import { ovsBridgeKind } from '../../src/kinds/ovs-bridge/index.ts';
import type { OvsBridgeSpec } from '../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternalKind } from '../../src/kinds/ovs-internal/index.ts';
import type { OvsInternalSpec } from '../../src/kinds/ovs-internal/spec.ts';
import { ovsPatchKind } from '../../src/kinds/ovs-patch/index.ts';
import type { OvsPatchSpec } from '../../src/kinds/ovs-patch/spec.ts';
import { ovsPlugKind } from '../../src/kinds/ovs-plug/index.ts';
import type { OvsPlugSpec } from '../../src/kinds/ovs-plug/spec.ts';
import { policyKind } from '../../src/kinds/policy/index.ts';
import type { PolicySpec } from '../../src/kinds/policy/spec.ts';
import { processKind } from '../../src/kinds/process/index.ts';
import type { ProcessSpec } from '../../src/kinds/process/spec.ts';
import { KINDS } from '../../src/kinds/registry.ts';
import { qdiscKind } from '../../src/kinds/qdisc/index.ts';
import type { QdiscSpec } from '../../src/kinds/qdisc/spec.ts';
import { routeKind } from '../../src/kinds/route/index.ts';
import type { RouteSpec } from '../../src/kinds/route/spec.ts';
import { sysctlKind } from '../../src/kinds/sysctl/index.ts';
import type { SysctlSpec } from '../../src/kinds/sysctl/spec.ts';
import { tapKind } from '../../src/kinds/tap/index.ts';
import type { TapSpec } from '../../src/kinds/tap/spec.ts';
import { vethKind } from '../../src/kinds/veth/index.ts';
import type { VethSpec } from '../../src/kinds/veth/spec.ts';
import { vethLinkKind } from '../../src/kinds/veth-link/index.ts';
import type { VethLinkSpec } from '../../src/kinds/veth-link/spec.ts';
import type { FieldChange, Impact } from '../../src/model/change.ts';
import type { Kind } from '../../src/model/kind.ts';

/** The SHA-256 of `YQ==`. */
const SHA256_OF_YQ = 'ff6c0e5a7b16bb6159c1a6a4e86c55fb088a5b00f8fe9c54defd72e3027786f8';

/**
 * How the observed state differs from the desired one, and the expected differences, each as `FIELD update|replace
 * IMPACT`.
 */
interface Row<Spec> {
  readonly stands: Partial<Spec>;
  readonly lacks?: keyof Spec;
  readonly wants?: Partial<Spec>;
  readonly tells: readonly string[];
}

interface Told {
  readonly name: string;
  readonly impact: Kind['impact'];
  /** The impacts of create, replace and delete. */
  readonly felt: readonly [create: Impact, replace: Impact, remove: Impact];
  readonly rows: readonly {
    readonly title: string;
    readonly different: readonly FieldChange[];
    readonly same: readonly FieldChange[];
    readonly tells: readonly string[];
  }[];
}

/** The meaning of a difference in each field of a kind. A field without a row does not compile. */
function told<Spec extends object>(
  kind: Kind<Spec>,
  felt: Told['felt'],
  wanted: Spec,
  fields: { readonly [F in keyof Spec]-?: readonly Row<Spec>[] },
): Told {
  const rows = Object.entries<readonly Row<Spec>[]>(fields).flatMap(([field, cases]) =>
    cases.map(({ stands, wants, lacks, tells }) => {
      const desired: Spec = { ...wanted, ...wants };
      const actual: Spec = { ...desired, ...stands };
      const observed = Object.fromEntries(Object.entries(actual).filter(([name]) => name !== lacks)) as Spec;
      return {
        title: `${field}: ${JSON.stringify(observed)} for ${JSON.stringify(desired)}`,
        different: kind.compare(desired, observed),
        same: kind.compare(desired, { ...desired }),
        tells,
      };
    }),
  );
  return { name: kindWord(kind.name), impact: (action, changes) => kind.impact(action, changes), felt, rows };
}

/** Replaces one value by another. */
function other<Spec>(stands: Partial<Spec>, ...tells: string[]): readonly Row<Spec>[] {
  return [{ stands, tells }];
}

const MAC = '02:00:00:00:00:01';

const TOLD: readonly Told[] = [
  told<AddressSpec>(
    addressKind,
    ['none', 'flap', 'flap'],
    { device: 'eth0', cidr: '10.0.0.1/24', broadcast: '10.0.0.255', scope: 'global', label: 'eth0' },
    {
      device: [
        { stands: { device: 'eth1' }, tells: ['device replace flap'] },
        { wants: { nic: 'eth0' }, stands: { device: 'brq1' }, tells: [] },
      ],
      nic: other({ nic: 'eth1' }),
      cidr: other({ cidr: '10.0.0.1/16' }),
      broadcast: [
        { stands: { broadcast: '10.0.0.0' }, tells: ['broadcast replace flap'] },
        { wants: { nic: 'eth0' }, stands: { broadcast: '10.0.0.0' }, tells: ['broadcast replace flap'] },
      ],
      scope: other({ scope: 'link' }, 'scope replace flap'),
      lostRoutes: other({ lostRoutes: ['local 10.0.0.1 dev eth0 table local'] }, 'lostRoutes update flap'),
      label: [
        { stands: { label: 'eth0:' }, tells: ['label replace flap'] },
        { wants: { nic: 'eth0' }, stands: { label: 'eth0:' }, tells: [] },
      ],
      attributes: [
        { stands: { attributes: { metric: '5' } }, tells: ['attributes.metric replace flap'] },
        { stands: { attributes: { valid_lft: '60' } }, tells: ['attributes.valid_lft update none'] },
        { wants: { attributes: { valid_lft: '60' } }, stands: { attributes: { valid_lft: '59' } }, tells: [] },
      ],
    },
  ),
  told<AntiSpoofSpec>(
    antiSpoofKind,
    ['none', 'none', 'none'],
    { macs: [MAC], sources: [{ mac: MAC, cidr: '10.0.0.0/24' }], clients: [MAC], guarded: true },
    {
      macs: other({ macs: [] }, 'macs update none'),
      sources: other({ sources: [{ mac: MAC, cidr: '10.0.0.0/25' }] }, 'sources update none'),
      clients: other({ clients: [] }, 'clients update none'),
      guarded: other({ guarded: false }, 'guarded update none'),
    },
  ),
  told<BridgeSpec>(
    bridgeKind,
    ['none', 'recreate', 'recreate'],
    { up: true, marked: true, attributes: { forward_delay: '0' } },
    {
      mac: [
        { wants: { macOf: 'eth1' }, stands: { mac: MAC, mtu: 1400 }, tells: ['mac update none', 'mtu update none'] },
        {
          wants: { mac: MAC },
          stands: { mac: '02:00:00:00:00:02', mtu: 1400 },
          tells: ['mtu update none', 'mac update none'],
        },
        { stands: { mac: MAC }, tells: [] },
      ],
      macOf: [
        {
          wants: { macOf: 'eth1' },
          stands: { macOf: 'eth2', mac: MAC },
          tells: ['macOf update none', 'mac update none'],
        },
      ],
      mtu: [
        { stands: { mtu: 1400 }, tells: ['mtu update none'] },
        { wants: { mtu: 1400 }, stands: { mtu: 1300 }, tells: ['mtu update none'] },
      ],
      up: other(
        { up: false, attributes: {}, marked: false },
        'up update flap',
        'marked update none',
        'attributes.forward_delay update none',
      ),
      marked: other({ marked: false }, 'marked update none'),
      attributes: other(
        { attributes: { stp_state: '1' } },
        'attributes.forward_delay update none',
        'attributes.stp_state update none',
      ),
    },
  ),
  told<ChainSpec>(
    chainKind,
    ['none', 'none', 'drops-nat'],
    { builtin: false, rules: ['-j RETURN'] },
    {
      builtin: other({ builtin: true }),
      rules: [
        { stands: { rules: [] }, tells: ['rules update counters'] },
        { stands: { rules: ['-d 1.2.3.4/32 -j DNAT --to-destination 10.0.0.1'] }, tells: ['rules update drops-nat'] },
      ],
      order: [
        { stands: { order: ['-j ACCEPT', '-j neutron-l3-agent-PREROUTING'] }, tells: ['order update counters'] },
        { stands: { order: [] }, tells: [] },
      ],
    },
  ),
  told<DebtsSpec>(
    debtsKind,
    ['none', 'none', 'none'],
    { owed: [] },
    { owed: other({ owed: ['arp=eth0'] }, 'owed update none') },
  ),
  told<FileSpec>(
    fileKind,
    ['none', 'none', 'none'],
    { content: 'YQ==', mode: '644' },
    {
      content: other({ content: 'b' }, 'content update none'),
      encoding: [
        { stands: { encoding: 'base64' }, tells: ['encoding update none'] },
        { wants: { encoding: 'base64' }, stands: { encoding: 'base64' }, tells: [] },
      ],
      sealed: [
        { stands: { content: '', sealed: { bytes: 4, sha256: SHA256_OF_YQ } }, tells: [] },
        {
          wants: { content: 'b' },
          stands: { sealed: { bytes: 4, sha256: SHA256_OF_YQ } },
          tells: ['content update none'],
        },
      ],
      mode: other({ mode: '600' }, 'mode update none'),
      owner: [
        { stands: { owner: '65534:0' }, tells: ['owner update none'] },
        { stands: { owner: '0:0' }, tells: [] },
      ],
    },
  ),
  told<ForeignSpec>(
    foreignKind,
    ['none', 'none', 'flap'],
    { removal: { tool: 'exec', netns: 'r', argv: ['true'] }, device: 'qr-1' },
    {
      removal: other({ removal: { tool: 'exec', netns: 'r', argv: ['false'] } }),
      restoration: other({ restoration: { tool: 'exec', netns: 'r', argv: ['false'] } }),
      device: other({ device: 'qr-2' }),
    },
  ),
  told<ForeignTableSpec>(
    foreignTableKind,
    ['none', 'none', 'none'],
    { chains: [] },
    { chains: other({ chains: ['chain f at hook input has a rule'] }) },
  ),
  told<IpsetSpec>(
    ipsetKind,
    ['none', 'none', 'none'],
    { family: 4, members: ['10.0.0.1'], options: [] },
    {
      family: other({ family: 6 }),
      members: other({ members: [] }, 'members update none'),
      options: other({ options: ['timeout', '0'] }, 'options update none'),
    },
  ),
  told<NetnsSpec>(
    netnsKind,
    ['none', 'recreate', 'recreate'],
    { owed: [], loUp: true },
    {
      owed: other({ owed: ['arp=eth0'], loUp: false }, 'loUp update none', 'owed update none'),
      lostRules: other({ lostRules: ['-4 rule add pref 0 from all lookup local'] }, 'lostRules update flap'),
      parameters: other(
        { parameters: [{ path: 'net/ipv4/conf/qr-1/forwarding', value: '0', expected: '1' }] },
        'parameters.net/ipv4/conf/qr-1/forwarding update flap',
      ),
      loUp: other({ loUp: false }, 'loUp update none'),
    },
  ),
  told<NftTableSpec>(
    nftTableKind,
    ['none', 'none', 'none'],
    { intact: true, clients: true },
    {
      intact: other({ intact: false }, 'intact replace none'),
      clients: other({ clients: false }, 'clients replace none'),
    },
  ),
  told<NicSpec>(
    nicKind,
    ['none', 'none', 'flap'],
    { bridge: 'brq1', mtu: 1500, up: true, stray: [], attributes: {}, allowDynamic: false },
    {
      bridge: [
        { stands: { bridge: null }, tells: ['bridge update flap'] },
        { stands: { bridge: 'br-ex', switch: 'openvswitch' }, tells: ['bridge update flap'] },
        { wants: { bridge: null }, stands: { bridge: 'brq1' }, tells: [] },
        { wants: { bridge: null }, stands: { bridge: 'brq1', borrowed: true }, tells: ['bridge update flap'] },
      ],
      switch: [
        { stands: { switch: 'openvswitch' }, tells: ['switch update none'] },
        { wants: { switch: 'openvswitch' }, stands: { switch: 'openvswitch' }, tells: [] },
      ],
      mtu: [
        { stands: { mtu: 1400 }, tells: ['mtu update flap'] },
        { wants: { bridge: null }, stands: { mtu: 1400 }, tells: ['mtu update flap'] },
      ],
      up: [
        { stands: { up: false }, tells: ['up update none'] },
        { wants: { bridge: null }, stands: { up: false }, tells: [] },
      ],
      stray: [
        { stands: { stray: ['addr 10.0.0.1/24'] }, tells: ['stray update none'] },
        { wants: { bridge: null }, stands: { stray: ['addr 10.0.0.1/24'] }, tells: [] },
      ],
      attributes: [
        { stands: { attributes: { isolated: 'on' } }, tells: ['attributes.isolated update none'] },
        { wants: { bridge: null }, stands: { attributes: { isolated: 'on' } }, tells: [] },
      ],
      networkMtu: other({ networkMtu: 9000 }),
      borrowed: other({ borrowed: true }),
      plug: [
        { stands: { plug: 'dead' }, tells: [] },
        {
          wants: { switch: 'openvswitch' },
          stands: { plug: 'dead', stray: ['x'], attributes: { isolated: 'on' } },
          tells: ['stray update none', 'plug update none', 'attributes.isolated update none'],
        },
      ],
      allowDynamic: other({ allowDynamic: true }),
    },
  ),
  told<OvsBridgeSpec>(
    ovsBridgeKind,
    ['none', 'recreate', 'recreate'],
    { datapath: 'netdev', failMode: 'standalone', up: true, marked: true, nic: 'eth1', attributes: {} },
    {
      datapath: other({ datapath: 'system' }, 'datapath replace recreate'),
      failMode: other({ failMode: '' }, 'failMode update none'),
      up: other({ up: false }, 'up update flap'),
      marked: other({ marked: false }, 'marked update none'),
      nic: other(
        { nic: 'eth2', mac: MAC, attributes: { arp: 'off' } },
        'nic update none',
        'mac update none',
        'attributes.arp update none',
      ),
      mac: other({ mac: MAC }, 'mac update none'),
      attributes: other({ attributes: { arp: 'off' } }, 'attributes.arp update none'),
    },
  ),
  told<OvsInternalSpec>(
    ovsInternalKind,
    ['none', 'recreate', 'recreate'],
    { mac: MAC, mtu: 1500, up: true, marked: true, bridge: 'br-int', tag: 1, ids: {}, attributes: {} },
    {
      mac: other({ mac: '02:00:00:00:00:02' }, 'mac update flap'),
      mtu: other({ mtu: 1400 }, 'mtu update none'),
      up: other({ up: false }, 'up update flap'),
      marked: other({ marked: false, tag: 2, mtu: 1 }, 'mtu update none', 'marked update none', 'tag update flap'),
      bridge: other({ bridge: 'br-ex' }, 'bridge replace recreate'),
      tag: other({ tag: null }, 'tag update flap'),
      ids: other(
        { ids: { 'iface-id': 'x' }, attributes: { arp: 'off' } },
        'ids.iface-id update none',
        'attributes.arp update none',
      ),
      attributes: other({ attributes: { group: '1' } }, 'attributes.group update none'),
    },
  ),
  told<OvsPatchSpec>(
    ovsPatchKind,
    ['none', 'flap', 'flap'],
    { bridge: 'br-int', tag: null, marked: true, peer: { name: 'phy-br-ex', bridge: 'br-ex', tag: null } },
    {
      bridge: other({ bridge: 'br-ex' }, 'bridge replace flap'),
      tag: other({ tag: 1 }, 'tag update flap'),
      marked: other({ marked: false }, 'marked update none'),
      peer: other(
        { marked: false, peer: { name: 'x', bridge: 'y', tag: 1 } },
        'marked update none',
        'peer.name replace flap',
        'peer.bridge replace flap',
        'peer.tag update flap',
      ),
    },
  ),
  told<OvsPlugSpec>(
    ovsPlugKind,
    ['none', 'flap', 'flap'],
    { bridge: 'br-int', tag: 1, trunks: [], ids: {}, marked: true },
    {
      bridge: other({ bridge: 'br-ex' }, 'bridge replace flap'),
      tag: other({ tag: null }, 'tag update flap'),
      trunks: other({ trunks: [4095] }, 'trunks update flap'),
      ids: other({ ids: { 'iface-id': 'x' } }, 'ids.iface-id update none'),
      marked: other({ marked: false }, 'marked update none'),
    },
  ),
  told<PolicySpec>(
    policyKind,
    ['none', 'none', 'none'],
    { policy: 'DROP' },
    { policy: other({ policy: 'ACCEPT' }, 'policy update none') },
  ),
  told<ProcessSpec>(
    processKind,
    ['flap', 'flap', 'flap'],
    {
      argv: ['dnsmasq'],
      rootlessArgv: [],
      rootArgv: [],
      inputs: 'a',
      reads: ['/host'],
      reload: 'SIGHUP',
      bindings: ['10.0.0.1 a'],
      leaseDevice: 'eth0',
      seeds: {},
    },
    {
      argv: other({ argv: ['dnsmasq', '-k'] }, 'argv update flap'),
      rootlessArgv: other({ rootlessArgv: ['x'] }),
      rootArgv: other({ rootArgv: ['x'] }),
      inputs: [
        { stands: { inputs: 'b' }, tells: ['inputs update none'] },
        { wants: { reload: 'restart' }, stands: { inputs: 'b' }, tells: ['inputs update none', 'reload update flap'] },
      ],
      reload: [
        { stands: { reload: 'restart' }, tells: [] },
        { stands: { reload: 'restart', argv: [] }, tells: ['argv update flap', 'reload update flap'] },
      ],
      bindings: [
        { stands: { bindings: ['10.0.0.2 b'] }, tells: ['bindings update none'] },
        { stands: { bindings: [] }, tells: [] },
        {
          stands: { bindings: ['10.0.0.2 b'], reload: 'restart' },
          tells: ['bindings update none', 'reload update flap'],
        },
      ],
      held: [
        { wants: { held: ['10.0.0.1 a'] }, stands: {}, lacks: 'held', tells: [] },
        { wants: { held: ['10.0.0.1 a'] }, stands: { bindings: [] }, lacks: 'held', tells: ['held update flap'] },
        { wants: { held: ['10.0.0.1 a'] }, stands: { bindings: [], held: [] }, tells: [] },
      ],
      leaseDevice: other({ leaseDevice: 'eth1' }),
      listens: [
        { wants: { listens: 80 }, stands: { deaf: false }, tells: [] },
        { wants: { listens: 80 }, stands: { deaf: true }, tells: ['listens update flap'] },
        { wants: { listens: 80 }, stands: {}, tells: [] },
      ],
      deaf: other({ deaf: true }),
      seeds: other({ seeds: { x: 'y' } }),
      reads: [
        { stands: { reads: ['/host', '/more'] }, tells: [] },
        { stands: { reads: [] }, tells: ['reads update none'] },
        { stands: { reads: [], inputs: 'b' }, tells: ['inputs update none'] },
        { wants: { reload: 'restart' }, stands: { reads: [] }, tells: ['reads update none', 'reload update flap'] },
      ],
      closed: [
        { stands: { closed: ['/run'] }, tells: ['closed update none'] },
        {
          stands: { closed: ['/run'], reload: 'restart' },
          tells: ['closed update none', 'reload update flap'],
        },
      ],
    },
  ),
  told<QdiscSpec>(qdiscKind, ['none', 'none', 'none'], { kind: 'netem' }, { kind: other({ kind: 'tbf' }) }),
  told<RouteSpec>(
    routeKind,
    ['none', 'flap', 'flap'],
    { nexthops: [{ device: 'eth0' }], protocol: 'static', scope: 'link', metric: 0 },
    {
      nexthops: other({ nexthops: [{ device: 'eth1' }] }, 'nexthops update flap'),
      protocol: other({ protocol: 'boot' }, 'protocol update flap'),
      scope: other({ scope: 'global' }, 'scope update flap'),
      metric: other({ metric: 5 }, 'metric update flap'),
      attributes: other({ attributes: { mtu: '1400' } }, 'attributes.mtu update flap'),
    },
  ),
  told<SysctlSpec>(
    sysctlKind,
    ['none', 'none', 'none'],
    { value: '1' },
    { value: other({ value: '0' }, 'value update none') },
  ),
  told<TapSpec>(
    tapKind,
    ['none', 'recreate', 'recreate'],
    { mtu: 1500, up: true, marked: true, bridge: 'brq1', attributes: {} },
    {
      mtu: other({ mtu: 1400 }, 'mtu update none'),
      up: other({ up: false, mtu: 1400 }, 'mtu update none', 'up update flap'),
      marked: other({ marked: false }, 'marked update none'),
      bridge: other({ bridge: '' }, 'bridge update flap'),
      attributes: other({ attributes: { group: '1' } }, 'attributes.group update none'),
    },
  ),
  told<VethSpec>(
    vethKind,
    ['none', 'recreate', 'recreate'],
    {
      mac: MAC,
      mtu: 1500,
      up: true,
      marked: true,
      attributes: {},
      guest: false,
      tap: { name: 'tap1', mtu: 1500, up: true, bridge: 'brq1', attributes: {} },
    },
    {
      mac: other({ mac: '02:00:00:00:00:02' }, 'mac update flap'),
      mtu: [
        { stands: { mtu: 1400 }, tells: ['mtu update none'] },
        { wants: { guest: true }, stands: { mtu: 1400 }, tells: [] },
      ],
      up: [
        { stands: { up: false }, tells: ['up update flap'] },
        { wants: { guest: true }, stands: { up: false }, tells: [] },
      ],
      marked: other({ marked: false }, 'marked update none'),
      attributes: [
        { stands: { attributes: { arp: 'off' } }, tells: ['attributes.arp update none'] },
        { stands: { attributes: { group: '1' } }, tells: ['attributes.group update flap'] },
        { wants: { guest: true }, stands: { attributes: { arp: 'off' } }, tells: [] },
      ],
      guest: other({ guest: true }),
      txChecksums: [
        { stands: { txChecksums: false }, tells: [] },
        { wants: { txChecksums: false }, stands: {}, lacks: 'txChecksums', tells: ['txChecksums update none'] },
      ],
      tap: [
        {
          stands: { tap: { name: 'tap2', mtu: 1, up: false, bridge: '', attributes: { arp: 'off' } } },
          tells: [
            'tap.name replace recreate',
            'tap.mtu update none',
            'tap.up update flap',
            'tap.bridge update flap',
            'tap.attributes.arp update none',
          ],
        },
      ],
    },
  ),
  told<VethLinkSpec>(
    vethLinkKind,
    ['none', 'recreate', 'recreate'],
    { peer: 'b', bridge: 'brq1', mtu: 1500, macs: [MAC, MAC], up: true, marked: true },
    {
      peer: other({ peer: 'c' }, 'peer replace recreate'),
      bridge: other({ bridge: '' }, 'bridge update flap'),
      mtu: other({ mtu: 1400 }, 'mtu update none'),
      macs: other({ macs: [MAC, '02:00:00:00:00:02'] }, 'macs update none'),
      up: other({ up: false }, 'up update flap'),
      marked: other({ marked: false }, 'marked update none'),
    },
  ),
];

describe('the meaning of a difference', () => {
  for (const { name, impact, felt, rows } of TOLD) {
    describe(name, () => {
      for (const { title, different, same, tells } of rows) {
        it(title, () => {
          const said = different.map((one) => {
            const action = one.replace ? 'replace' : 'update';
            return `${one.field} ${action} ${impact(action, [one])}`;
          });
          expect(said).toEqual(tells);
          expect(same).toEqual([]);
        });
      }

      it('has the impacts of create, replace and delete', () => {
        expect((['create', 'replace', 'delete'] as const).map((action) => impact(action, []))).toEqual(felt);
      });
    });
  }

  it('is defined for every kind', () => {
    expect(TOLD.map(({ name }) => name)).toEqual(KINDS.map(({ name }) => name).sort());
  });

  it('has the impact of its worst field', () => {
    const fields = ['mtu', 'up', 'marked'].map((field) => ({ field, from: 0, to: 1 }));
    expect(vethLinkKind.impact('update', fields)).toBe('flap');
  });
});
