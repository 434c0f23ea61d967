import { count } from '../../render/columns.ts';
import type {
  ResolvedBridge,
  ResolvedNic,
  ResolvedNode,
  ResolvedPort,
  ResolvedTopology,
} from '../../resolve/resolved.ts';
import type { Mark, Marks } from '../live/mark.ts';
import { addressesOf, guestsOf, membersOf, portsOf, type Guest } from './guests.ts';
import { coloursOf, networksOfWire, aboutOf, type Drawn } from './networks.ts';
import type { Cell, Container, Link, Scene, Thing } from './scene.ts';

/**
 * Returns the devices of the nodes by their names: NICs, bridges with the taps and patch ports in them, and the
 * namespaces with the devices in those; and the physical networks and hosts that the NICs lead to.
 */
export function devicesScene({ doc, resolved, marks, most }: Drawn): Scene {
  const known: Marks = marks ?? new Map();
  const nodes = [...resolved.nodes.values()].filter((node) => node.present);
  const pen = new Pen(resolved, known);
  const wires = Object.keys(doc.physical_networks ?? {});
  const hosts = Object.entries(doc.hosts ?? {});
  const servers = [...resolved.networks.values()].filter(({ dhcp }) => dhcp !== undefined).length;
  const nics = nodes.reduce((sum, node) => sum + node.nics.length, 0);
  const others = wires.length + hosts.length + servers + nics + resolved.bridges.length + resolved.routers.size;
  for (const [name, { nics: own = {} }] of hosts) {
    const ends = Object.entries(own).map(([nic, { physical_network: wire, addresses = [] }]) => ({
      port: `host ${name} ${nic}`,
      wire,
      text: [nic, ...addresses].join(' '),
    }));
    pen.host(name, ends);
  }
  for (const wire of wires) pen.wire(wire);
  const guests = guestsOf([...resolved.instances.values()], 'devices', { most, others }, known);
  for (const node of nodes) pen.node(node, guests);
  const things = pen.things();
  const containers = nodes.map((node) => containerOf(node, doc.nodes?.[node.name]?.roles ?? [], known));
  return {
    title: resolved.name,
    about: aboutOf(resolved, marks && [...containers, ...things]),
    level: 'devices',
    isLive: marks !== undefined,
    containers,
    things,
    links: pen.links,
  };
}

function containerOf({ name, nics, origin }: ResolvedNode, roles: readonly string[], marks: Marks): Container {
  const mark = marks.get(origin.path);
  const mechanism = nics[0]?.mechanism;
  const words = [...roles, ...(mechanism === undefined ? [] : [mechanism])];
  return { id: `node ${name}`, name, about: words.join(', '), ...(mark && { mark }) };
}

/** A bridge, while devices are plugged in. */
interface Plugged {
  readonly thing: Omit<Thing, 'west' | 'east'>;
  readonly west: Cell[];
  readonly east: Cell[];
}

/** Collects things and links. */
class Pen {
  readonly links: Link[] = [];
  readonly #things: Plugged[] = [];
  readonly #bridges = new Map<string, Plugged>();
  readonly #resolved: ResolvedTopology;
  readonly #marks: Marks;
  readonly #colours: ReadonlyMap<string, number>;

  constructor(resolved: ResolvedTopology, marks: Marks) {
    this.#resolved = resolved;
    this.#marks = marks;
    this.#colours = coloursOf(resolved);
  }

  things(): readonly Thing[] {
    return this.#things.map(({ thing, west, east }) => ({ ...thing, west, east }));
  }

  host(name: string, ends: readonly { readonly port: string; readonly wire: string; readonly text: string }[]): void {
    const id = `host ${name}`;
    const added = this.#add({ id, kind: 'host', name, about: ['outside host'], details: ['in the lab only'] });
    for (const { port, wire, text } of ends) {
      added.east.push({ text, port });
      this.links.push({ from: { thing: id, port }, to: { thing: `wire ${wire}` } });
    }
  }

  wire(name: string): void {
    const networks = networksOfWire(this.#resolved, name);
    const about = networks.map(({ name: network, vlan }) =>
      vlan === null ? network : `${network} VLAN ${String(vlan)}`,
    );
    this.#add({ id: `wire ${name}`, kind: 'physical-network', name, about, details: ['physical network', ...about] });
  }

  node(node: ResolvedNode, guests: readonly Guest[]): void {
    for (const nic of node.nics) this.#nic(nic);
    for (const bridge of this.#resolved.bridges.filter((each) => each.node === node.name)) this.#bridge(bridge, node);
    for (const { ends, network } of this.#resolved.patches.filter((each) => each.node === node.name)) {
      const [inner, outer] = ends.map(({ name, bridge, tag }) => ({ text: tagged(name, tag), bridge }));
      if (inner && outer) this.#join(node.name, outer, inner, this.#colours.get(network));
    }
    const { routers, networks } = this.#resolved;
    for (const { name, netns, node: own, gateway, interfaces, origin } of routers.values()) {
      if (own !== node.name) continue;
      const about = netns ?? 'in the namespace of the node';
      const mark = this.#marks.get(origin.path);
      this.#service({ id: `router ${name}`, kind: 'router', name, about, mark }, [
        ...(gateway ? [gateway] : []),
        ...interfaces,
      ]);
    }
    for (const { name, dhcp, origin } of networks.values()) {
      if (dhcp?.node !== node.name) continue;
      const mark = this.#marks.get(`dhcp ${origin.path}`);
      this.#service({ id: `dhcp ${name}`, kind: 'dhcp', name: `DHCP ${name}`, about: dhcp.netns, mark }, [dhcp]);
    }
    for (const guest of guests) if (guest.nodes.includes(node.name)) this.#guest(guest, node.name);
  }

  #nic({ name, node, physicalNetwork, bridge, addresses, mtu }: ResolvedNic): void {
    const id = `nic ${node} ${name}`;
    const own = bridge === null ? addresses : [];
    const details = [`NIC on ${physicalNetwork}`, ...(mtu === undefined ? [] : [`MTU ${String(mtu)}`]), ...addresses];
    const added = this.#add({ id, kind: 'nic', name, about: own, details, container: `node ${node}` });
    added.west.push({ text: '', port: `${id} out` });
    this.links.push({ from: { thing: `wire ${physicalNetwork}` }, to: { thing: id, port: `${id} out` } });
    if (bridge !== null) added.east.push({ text: '', port: `${id} in` });
  }

  #bridge({ name, networks, nic, mechanism }: ResolvedBridge, node: ResolvedNode): void {
    const id = `bridge ${node.name} ${name}`;
    const mark = this.#marks.get(id);
    const borrowed = node.nics.find((each) => each.name === nic)?.addresses ?? [];
    const [only, ...others] = networks;
    const colour = only !== undefined && others.length === 0 ? this.#colours.get(only) : undefined;
    const added = this.#add({
      ...{ id, kind: 'bridge', name, container: `node ${node.name}` },
      about: [networks.join(', '), ...borrowed],
      details: [mechanism === 'openvswitch' ? 'bridge of Open vSwitch' : 'Linux bridge', ...networks, ...borrowed],
      ...(mark && { mark }),
    });
    this.#bridges.set(id, added);
    if (nic === null) return;
    const port = `${id} nic`;
    added.west.push({ text: nic, port });
    const from = { thing: `nic ${node.name} ${nic}`, port: `nic ${node.name} ${nic} in` };
    this.links.push({ from, to: { thing: id, port }, ...(colour !== undefined && { colour }) });
  }

  #service(
    {
      id,
      kind,
      name,
      about,
      mark,
    }: Pick<Thing, 'id' | 'kind' | 'name'> & { readonly about: string; readonly mark: Mark | undefined },
    ports: readonly ResolvedPort[],
  ): void {
    const container = `node ${ports[0]?.node ?? ''}`;
    const details = [about, ...ports.map(({ device, mac, network }) => `${device} ${mac} on ${network}`)];
    const added = this.#add({
      id,
      kind,
      name,
      about: [about],
      details,
      ...(ports[0] && { container }),
      ...(mark && { mark }),
    });
    for (const port of ports) this.#plug(port, added, deviceText(port));
  }

  /** Draws the way from a port's bridge to its device: a tap, or the pairs and the bridge of Nova's hybrid plug. */
  #plug(port: ResolvedPort, owner: Plugged, text: string): void {
    const { id, node, network, bridge, tap, tag, hybrid, adminStateUp } = port;
    const colour = this.#colours.get(network);
    const device = { text: adminStateUp ? text : `${text} (down)`, port: `port ${id}` };
    if (hybrid === null) {
      this.#cable(node, bridge, tagged(tap, tag), owner, device, colour);
      return;
    }
    const own = `bridge ${node} ${hybrid.bridge}`;
    const about = ['hybrid plug'];
    const between = this.#add({
      id: own,
      kind: 'bridge',
      name: hybrid.bridge,
      about,
      details: about,
      container: `node ${node}`,
    });
    this.#bridges.set(own, between);
    this.#cable(
      node,
      bridge,
      tagged(hybrid.outside, tag),
      between,
      { text: hybrid.inside, port: `${own} inside` },
      colour,
    );
    this.#cable(node, hybrid.bridge, tap, owner, device, colour);
  }

  #guest(guest: Guest, node: string): void {
    const [only] = guest.members;
    const about =
      guest.kind === 'instances'
        ? 'on the same networks'
        : only?.attach === 'lab'
          ? 'namespace of the lab'
          : 'guest of a hypervisor';
    const names =
      guest.kind === 'instances'
        ? [
            guest.members
              .map(({ name }) => name)
              .slice(0, 40)
              .join(', '),
          ]
        : [];
    const details = [
      about,
      ...names,
      ...(only?.ports.map(({ device, mac, network }) => `${device} ${mac} on ${network}`) ?? []),
    ];
    const { id, kind, name, mark } = guest;
    const added = this.#add({
      id,
      kind,
      name,
      about: [about],
      ...membersOf(guest),
      details,
      container: `node ${node}`,
      ...(mark && { mark }),
    });
    for (const ports of portsOf(guest)) {
      const [first] = ports;
      if (first === undefined) continue;
      const text = `${first.device} ${addressesOf(ports)}`;
      if (ports.length === 1) this.#plug(first, added, text);
      else {
        const device = { text, port: `port ${first.id}` };
        this.#cable(node, first.bridge, count(ports.length, 'port'), added, device, this.#colours.get(first.network));
      }
    }
  }

  /** Draws a cable from a new port of a bridge to a new one on the west of a thing. */
  #cable(
    node: string,
    bridge: string,
    text: string,
    to: Plugged,
    device: Required<Pick<Cell, 'text' | 'port'>>,
    colour: number | undefined,
  ): void {
    const id = `bridge ${node} ${bridge}`;
    const port = `${id} to ${device.port}`;
    const at = this.#bridges.get(id);
    to.west.push(at === undefined ? { text: device.text } : device);
    if (at === undefined) return;
    at.east.push({ text, port });
    this.links.push({
      from: { thing: id, port },
      to: { thing: to.thing.id, port: device.port },
      ...(colour !== undefined && { colour }),
    });
  }

  /** Joins two bridges by a patch pair. */
  #join(node: string, outer: PatchText, inner: PatchText, colour: number | undefined): void {
    const to = this.#bridges.get(`bridge ${node} ${inner.bridge}`);
    if (to)
      this.#cable(
        node,
        outer.bridge,
        outer.text,
        to,
        { text: inner.text, port: `patch ${node} ${inner.text}` },
        colour,
      );
  }

  #add(thing: Omit<Thing, 'west' | 'east'>): Plugged {
    const added: Plugged = { thing, west: [], east: [] };
    this.#things.push(added);
    return added;
  }
}

interface PatchText {
  readonly text: string;
  readonly bridge: string;
}

function tagged(name: string, tag: number | null): string {
  return tag === null ? name : `${name} tag ${String(tag)}`;
}

function deviceText({ device, fixedIps }: ResolvedPort): string {
  return [device, ...fixedIps.map(({ address, subnet }) => `${address}/${String(subnet.prefixLength)}`)].join(' ');
}
