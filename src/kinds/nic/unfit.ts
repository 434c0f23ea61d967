import { typedLine } from '../../model/command-line.ts';
import type { NodeView } from '../../model/probe.ts';
import { ipProbe, linkOf, type IpState, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { isSwitchDevice } from '../../kernel/openvswitch/health.ts';
import { isBridge, nodeNamespace } from '../../kernel/links/owner.ts';
import { portOf } from './observe.ts';
import { wirelessProbe } from './wireless.ts';

/** Why a link can't become a port of a bridge, and what to do. */
export interface Unfit {
  /** Completes “eth0 of node1 …”. */
  readonly why: string;
  readonly hint: string;
}

/** The devices that take all frames of the link below them: the kernel gives a link's frames to one receiver only. */
const RECEIVERS: ReadonlySet<string> = new Set(['macvlan', 'macvtap', 'ipvlan', 'ipvtap', 'macsec', 'rmnet', 'dsa']);

/** The devices that are such a receiver themselves, or that the kernel lets have none (`IFF_NO_RX_HANDLER`). */
const NEVER_PORTS: ReadonlySet<string> = new Set(['macvtap', 'ipvlan', 'ipvtap', 'vrf']);

/** The types of Wi-Fi interfaces that the kernel refuses (`IFF_DONT_BRIDGE`), as `iw` prints them. */
const STATIONS: ReadonlySet<string> = new Set(['managed', 'IBSS', 'P2P-client']);

/**
 * Returns what prevents a link of the node from becoming a port of a bridge, whatever its state: what the kernel
 * refuses with EINVAL, ELOOP, EBUSY or EOPNOTSUPP (`br_add_if`, `ovs_netdev_link`). The kernel lets Open vSwitch have a
 * bridge, a Wi-Fi station and a device without Ethernet; netloom does not: a bridge has ports that can be named, and by
 * the others no network's frames can pass.
 * A link in a bridge or in Open vSwitch's database is fit: it can leave. A device above the link in a namespace that is
 * not read is not found.
 */
export function unfitFor(bridge: string, link: RawLink, view: NodeView): Unfit | undefined {
  const state = nodeNamespace(view)?.get(ipProbe);
  if (!state) return undefined;
  const { ifname } = link;
  if (link.flags.includes('LOOPBACK')) return { why: 'is the loopback device', hint: 'name a NIC instead' };
  if (isBridge(link)) return bridgeItself(link, state);
  if (isSwitchDevice(link, view.get(ovsProbe))) {
    return {
      why: 'is a device that Open vSwitch created',
      hint: 'name the NIC that is in that bridge (`ovs-vsctl show` lists it) instead',
    };
  }
  const kind = link.linkinfo?.info_kind ?? '';
  if (link.link_type !== undefined && link.link_type !== 'ether') {
    return { why: `is no Ethernet device (link/${link.link_type})`, hint: 'name an Ethernet NIC instead' };
  }
  if (NEVER_PORTS.has(kind)) {
    return { why: `is a device of type ${kind}, which is never a port`, hint: 'name the NIC below it instead' };
  }
  if (link.address === '00:00:00:00:00:00') {
    return {
      why: 'has no MAC',
      hint: `give it one (${typedLine('ip', 'link', 'set', 'dev', ifname, 'address', 'MAC')})`,
    };
  }
  if (isAbove(link, bridge, state)) {
    return { why: `is above ${bridge} itself`, hint: 'name the NIC below instead' };
  }
  return stationOf(link, view) ?? bondOf(link, view) ?? masterOf(link, state, view) ?? receiverOn(link, view);
}

function bridgeItself({ ifname }: RawLink, { links }: IpState): Unfit {
  const port = links.find(({ master }) => master === ifname)?.ifname;
  const own =
    port === undefined
      ? 'name a NIC instead'
      : `take its port out (${withoutMaster(port)}) and name ${port} under nics instead`;
  const peer = 'netloom-in';
  return {
    why: `is a bridge itself${port === undefined ? '' : ` (${port} is one of its ports)`}`,
    hint:
      `${own}, or join both by a veth pair and name its end netloom-up: ip link add netloom-up type veth peer name ` +
      `${peer} && ${typedLine('ip', 'link', 'set', 'dev', peer, 'master', ifname, 'up')} && ` +
      'ip link set dev netloom-up up',
  };
}

/** Returns the command that takes a link out of its bridge or bond. */
function withoutMaster(link: string): string {
  return typedLine('ip', 'link', 'set', 'dev', link, 'nomaster');
}

/** True if the link is a VLAN, or another device, on the bridge. */
function isAbove(link: RawLink, bridge: string, state: IpState): boolean {
  const passed = new Set<string>();
  for (let below = link.link; below !== undefined && !passed.has(below); below = linkOf(state, below)?.link) {
    if (below === bridge) return true;
    passed.add(below);
  }
  return false;
}

/** A station of a Wi-Fi network sends and receives frames of its own MAC alone, unless they have four addresses. */
function stationOf({ ifname }: RawLink, view: NodeView): Unfit | undefined {
  const mode = view.get(wirelessProbe)?.get(ifname);
  if (mode === undefined || !STATIONS.has(mode.type) || mode.hasFourAddresses) return undefined;
  return {
    why: `is a Wi-Fi station (type ${mode.type}), which carries frames of its own MAC alone`,
    hint:
      'name a wired NIC, or set four addresses if its access point supports them ' +
      `(${typedLine('iw', 'dev', ifname, 'set', '4addr', 'on')})`,
  };
}

/** A link that Open vSwitch bonds with others. */
function bondOf({ ifname }: RawLink, view: NodeView): Unfit | undefined {
  const port = portOf(view.get(ovsProbe), ifname);
  if (port === undefined || port.name === ifname) return undefined;
  return {
    why: `is in the bond ${port.name} of Open vSwitch's bridge ${port.bridge}`,
    hint: `name another NIC, or delete the bond (${typedLine('ovs-vsctl', 'del-port', port.bridge, port.name)})`,
  };
}

/** A link has one master: a bond, a team or a VRF keeps it. */
function masterOf(link: RawLink, state: IpState, view: NodeView): Unfit | undefined {
  const { master, ifname } = link;
  if (master === undefined) return undefined;
  const kind = linkOf(state, master)?.linkinfo?.info_kind ?? link.linkinfo?.info_slave_kind ?? '';
  if (kind === 'bridge') return undefined;
  if (kind === 'openvswitch') {
    if (portOf(view.get(ovsProbe), ifname)) return undefined;
    return {
      why: `is a port of the datapath ${master} that the database of Open vSwitch does not list`,
      hint: `take it out (${typedLine('ovs-dpctl', 'del-if', master, ifname)})`,
    };
  }
  const instead = ['bond', 'team', 'hsr'].includes(kind) ? `name ${master} instead, or take it out` : 'take it out';
  return {
    why: `is a port of ${master}${kind === '' ? '' : `, a ${kind}`}`,
    hint: `${instead} (${withoutMaster(ifname)})`,
  };
}

/** Returns the device that receives the link's frames, in the node's own namespace or in another that is read. */
function receiverOn(link: RawLink, view: NodeView): Unfit | undefined {
  for (const { netns, get } of view.namespaces) {
    for (const upper of get(ipProbe)?.links ?? []) {
      const kind = upper.linkinfo?.info_kind ?? '';
      // Of a link in another namespace, `ip` prints the number instead of the name.
      const isOn =
        netns === null
          ? upper.link === link.ifname && upper.link_netnsid === undefined
          : upper.link_index === link.ifindex && upper.link_netnsid !== undefined;
      if (!isOn || !RECEIVERS.has(kind)) continue;
      const at = netns === null ? '' : ` in the namespace ${netns}`;
      const exec = netns === null || netns.startsWith('/') ? [] : ['ip', 'netns', 'exec', netns];
      const deletion = typedLine(...exec, 'ip', 'link', 'del', 'dev', upper.ifname);
      return {
        why: `has the ${kind} ${upper.ifname}${at} on it, which receives all its frames`,
        hint: `delete ${upper.ifname} (${deletion}), or name another NIC`,
      };
    }
  }
  return undefined;
}
