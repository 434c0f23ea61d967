import type { Command } from '../../model/command.ts';
import type { FieldChange } from '../../model/change.ts';
import type { Kind } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { groupOf, setAttribute } from '../../kernel/links/attributes.ts';
import { changed } from '../fields/index.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { netnsIdsProbe } from './netns-ids.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { unsummedProbe } from './unsummed.ts';
import { observePairs } from './observe.ts';
import { vethFields } from './fields.ts';
import type { VethSpec } from './spec.ts';

function ip(netns: Netns, ...words: string[]): Command {
  return { tool: 'ip', netns, words };
}

function set(netns: Netns, device: string, ...words: string[]): Command {
  return ip(netns, 'link', 'set', 'dev', device, ...words);
}

/** Into its bridge, or out of any. */
function plugged({ name, bridge }: VethSpec['tap']): Command {
  return bridge === '' ? set(null, name, 'nomaster') : set(null, name, 'master', bridge);
}

function attributeCommands(netns: Netns, device: string, prefix: string, fields: readonly FieldChange[]): Command[] {
  return fields.flatMap(({ field, to }) => {
    const key = field.startsWith(`${prefix}.`) ? field.slice(prefix.length + 1) : '';
    const group = groupOf(key, 'port', 'link');
    return group ? [ip(netns, ...setAttribute(device, group, key, to as string | undefined))] : [];
  });
}

/** What ethtool(8) would do with `-K DEVICE tx off`: not every node has that (linux/ethtool.h, ETHTOOL_STXCSUM). */
const SUM =
  'socket(my $socket, 2, 2, 0) or die "socket: $!\\n"; my $value = pack "L2", 0x17, 0; ' +
  'my $request = pack "Z16 P x16", $ARGV[0], $value; ioctl($socket, 0x8946, $request) or die "$ARGV[0]: tx-checksums: $!\\n"';

function withChecksums(netns: Netns, device: string): Command {
  return { tool: 'exec', netns, argv: ['perl', '-e', SUM, device] };
}

/**
 * A veth pair. It is made inside the device's namespace, marked there, and only then its tap moves out to the node: nothing of it is
 * ever seen on the node without a mark.
 */
export const vethKind: Kind<VethSpec> = {
  name: 'veth',
  ...vethFields,
  ownership: 'alias `netloom:<topology>` of either end; a pair is ours as a whole',
  probes: [ipProbe, netnsIdsProbe, ovsProbe, unsummedProbe],
  observe: observePairs,

  needs: ({ netns, spec }) => [
    ...(netns === null || netns.startsWith('/') ? [] : [{ kind: 'netns', netns: null, name: netns, contains: true }]),
    ...(spec.tap.bridge === '' ? [] : [{ kind: 'link', netns: null, name: spec.tap.bridge }]),
  ],

  provides: ({ netns, name, spec }) => [
    { netns, name },
    { netns: null, name: spec.tap.name },
  ],

  breakBeforeMake: ({ spec: { mac, tap } }) => [...(mac === '' ? [] : [`mac ${mac}`]), `tap ${tap.name}`],

  create({ netns, name, spec }, { mark }) {
    const { tap } = spec;
    return [
      ip(
        netns,
        'link',
        'add',
        'name',
        name,
        'mtu',
        `${spec.mtu}`,
        'address',
        spec.mac,
        'type',
        'veth',
        'peer',
        'name',
        tap.name,
        'mtu',
        `${tap.mtu}`,
      ),
      set(netns, name, 'alias', mark),
      set(netns, tap.name, 'alias', mark),
      ...(spec.up && !spec.guest ? [set(netns, name, 'up')] : []),
      set(netns, tap.name, 'netns', '@node'),
      ...Object.entries(spec.attributes).map(([key, value]) => ip(netns, ...setAttribute(name, 'link', key, value))),
      ...(tap.bridge === '' ? [] : [set(null, tap.name, 'master', tap.bridge)]),
      ...Object.entries(tap.attributes).map(([key, value]) =>
        ip(null, ...setAttribute(tap.name, groupOf(key, 'port', 'link') ?? 'link', key, value)),
      ),
      ...(tap.up ? [set(null, tap.name, 'up')] : []),
      ...(spec.txChecksums === false ? [withChecksums(netns, name)] : []),
    ];
  },

  update({ netns, name, spec }, _observed, fields, { mark }) {
    const { tap } = spec;
    return [
      ...(changed(fields, 'marked') ? [set(netns, name, 'alias', mark), set(null, tap.name, 'alias', mark)] : []),
      ...(changed(fields, 'mac') ? [set(netns, name, 'address', spec.mac)] : []),
      ...(changed(fields, 'mtu') ? [set(netns, name, 'mtu', `${spec.mtu}`)] : []),
      ...attributeCommands(netns, name, 'attributes', fields),
      ...(changed(fields, 'tap.mtu') ? [set(null, tap.name, 'mtu', `${tap.mtu}`)] : []),
      ...(changed(fields, 'tap.bridge') ? [plugged(tap)] : []),
      ...attributeCommands(null, tap.name, 'tap.attributes', fields),
      ...(changed(fields, 'tap.up') ? [set(null, tap.name, tap.up ? 'up' : 'down')] : []),
      ...(changed(fields, 'up') ? [set(netns, name, spec.up ? 'up' : 'down')] : []),
      ...(changed(fields, 'txChecksums') ? [withChecksums(netns, name)] : []),
    ];
  },

  remove: ({ name, netns, spec, halfBorn }) =>
    halfBorn !== undefined && netns === null
      ? [{ tool: 'link-gone', devices: [name] }]
      : [spec.tap.name === '' ? ip(netns, 'link', 'del', 'dev', name) : ip(null, 'link', 'del', 'dev', spec.tap.name)],
};
