import { ANYTHING, escaped, touching, type Damage } from './damage.ts';
import { byChance, FLAGS, READ_ONLY, SETTABLE } from './fields.ts';
import { isBridge, isSwitchs, leaves, type Link, type Place } from './place.ts';

/** What is deleted with a link: in a namespace everything on it, and what the kernel deletes when it is down. */
function ofLink(place: Place, places: readonly Place[], link: Link): string[] {
  if (place.name === '-') {
    const inside = places.flatMap((p) =>
      p.name === '-'
        ? []
        : p.links
            .filter((l) => l.link_index === link.ifindex && link.link_index === l.ifindex)
            .map((l) => [p, l] as const),
    );
    const pair = inside.flatMap(([p, l]) => [`${p.name}/veth/${escaped(l.ifname)}$`]);
    const isPort = link.linkinfo?.['info_slave_kind'] === 'bridge' || link.linkinfo?.['info_kind'] === 'veth';
    const guests = isPort ? ['/run/netloom-guests/\\w+/veth/'] : [];
    const own = `-/(?:bridge|tap|veth|ovs-bridge|ovs-plug)/${escaped(link.ifname)}$`;
    return [own, ...(pair.length > 0 ? pair : guests)];
  }
  return [`${place.name}/(?:veth|ovs-internal)/${escaped(link.ifname)}$`];
}

/** Everything on a device of a namespace, which is deleted with the device. */
function onDevice(place: Place, link: Link): string[] {
  if (place.name === '-') return [];
  return [
    `${place.name}/address/.*%${escaped(link.ifname)}$`,
    `${place.name}/route/`,
    `${place.name}/sysctl/.*/${escaped(link.ifname)}/`,
  ];
}

/** All links of ours, wherever they are, and their ports. */
const LINKS = ['.*/(?:veth|ovs-internal)/', '-/(?:nic|tap|veth|bridge|ovs-\\w+|address|sysctl)/'];

/** Everything on devices of any namespace. */
function anywhere(places: readonly Place[]): string[] {
  return places.filter(({ name }) => name !== '-').map(({ name }) => `${name}/(?:address|route|sysctl)/`);
}

/** The damages to a link of ours: to each field that `ip` shows, to each flag, and to the whole link. */
export function* linkDamages(place: Place, places: readonly Place[], link: Link): Iterable<Damage> {
  const { linkinfo = {}, addr_info: _, ...top } = link;
  const isTap = place.name === '-' && !isBridge(link);
  const own = ofLink(place, places, link);
  const at = place.name === '-' ? link.ifname : `${link.ifname} in ${place.name.split('-')[0] ?? ''}`;
  const group = place.name === '-' ? (isTap ? 'tap' : 'bridge') : 'device';
  const set = `${place.ip} link set dev ${link.ifname}`;
  for (const [path, value] of [...leaves(top, ''), ...leaves(linkinfo, '')]) {
    if (path === 'flags' || path in READ_ONLY || byChance(path, isTap || link.ifname === 'br-int')) continue;
    const alter = SETTABLE[path];
    if (!alter)
      throw new Error(`${at}: nobody has thought of the field ${path} = ${value}; put it into SETTABLE or READ_ONLY`);
    // A bridge with its ports computes its own MTU, and a port has a state only with carrier.
    if (path === 'info_slave_data.state' && value !== 'forwarding') continue;
    // A limit (README): the switch also writes the MTU of its own device, by rules of its own, so it is not compared,
    // and this is not repaired.
    if (path === 'mtu' && isSwitchs(link)) continue;
    const renamed = path === 'ifname';
    const kinds = path.startsWith('info_data')
      ? `${group} option`
      : path.startsWith('info_slave')
        ? 'port option'
        : ['mtu', 'master', 'address', 'ifalias'].includes(path)
          ? `${group} ${path}`
          : `${group} field`;
    yield {
      title: `${at}: ${path}`,
      class: renamed ? `${group} renamed` : kinds,
      script: renamed
        ? `${set} down; ${set} ${alter(value, link.ifname).replace('down ', '')}`
        : `${set} ${alter(value, link.ifname)}`,
      // A bridge's attributes apply to its ports, and a spanning tree that is turned on stops them all.
      touches: touching(
        ...own,
        ...(renamed ? [...anywhere(places), ...LINKS] : []),
        ...(path === 'info_data.stp_state' ? ['-/nic/', '-/tap/', '.*/veth/'] : []),
        ...(path === 'mtu' && group === 'tap' ? ['-/bridge/'] : []),
      ),
      ...(path === 'ifalias' && { meets: ANYTHING }),
      // A bridge recomputes its MTU when its ports change.
      ...(path === 'mtu' && isBridge(link) && { meets: /\/(?:nic|tap|veth)\// }),
      // The switch itself restores a bridge's address.
      ...(path === 'address' && isSwitchs(link) && { harmless: true }),
      // The kernel rewrites the labels of a renamed link, and our mark on an address is one.
      ...(renamed && { lost: /addr_info\.\d+\.label=/ }),
      ...(renamed && {
        remade: new RegExp(
          `${escaped(link.ifname)}|${isBridge(link) && !isSwitchs(link) ? 'brq' : '\\beth0\\b|ns-|q[rg]-|tap'}`,
        ),
      }),
    };
  }
  for (const [flag, { present, absent }] of Object.entries(FLAGS)) {
    const down = flag === 'UP';
    // The switch reads a device that it created from its file: its mode does not matter.
    const isRead = flag === 'PROMISC' && linkinfo['info_kind'] === 'tun' && !isTap;
    // A link that was up once keeps its queue length.
    const lost = isRead ? / (?:flags|promiscuity)=/ : down && !link.flags.includes('UP') ? / qdisc=/ : undefined;
    yield {
      title: `${at}: flag ${flag}`,
      class: `${group} flag${down ? ' UP' : ''}`,
      script: `${set} ${link.flags.includes(flag) ? present : absent}`,
      touches: touching(
        ...own,
        ...(down ? onDevice(place, link) : []),
        ...(down && group === 'bridge' ? ['-/nic/', '-/address/'] : []),
      ),
      ...(isRead && { harmless: true }),
      ...(lost && { lost }),
    };
  }
  yield {
    title: `${at}: deleted`,
    class: `${group} deleted`,
    script: `${place.ip} link del dev ${link.ifname}`,
    touches: touching(...LINKS, ...anywhere(places)),
    remade: /brq|br-|tap|eth0|ns-|q[rg]-/,
  };
}
