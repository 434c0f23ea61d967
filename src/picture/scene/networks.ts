import { addressOfCidr, cidrContains } from '../../net/block.ts';
import { count } from '../../render/columns.ts';
import type { ResolvedNetwork, ResolvedRouter, ResolvedTopology, RouterPort } from '../../resolve/resolved.ts';
import type { Topology } from '../../topology/types.gen.ts';
import { joinMarks, type Marks } from '../live/mark.ts';
import { addressesOf, guestsOf, membersOf, whereText, portsOf, type Guest } from './guests.ts';
import { ranksOf, type Ranks } from './ranks.ts';
import type { Cell, Link, Scene, Thing } from './scene.ts';
import { translatedOf, withTranslated, type Translated } from './translated.ts';

/** The file, and what follows from it. */
export interface Drawn {
  readonly doc: Topology;
  readonly resolved: ResolvedTopology;
  /** The health of what is drawn, if the nodes were read. */
  readonly marks?: Marks;
  /** Up to so many things all instances are drawn singly. */
  readonly most: number;
}

/** Returns what the topology names: networks, routers, instances, floating IPs, and the hosts outside. */
export function networksScene({ doc, resolved, marks, most }: Drawn): Scene {
  const known: Marks = marks ?? new Map();
  const pen = new Pen(resolved, known);
  const hosts = Object.entries(doc.hosts ?? {});
  const others = resolved.networks.size + resolved.routers.size + hosts.length;
  const guests = guestsOf([...resolved.instances.values()], 'networks', { most, others }, known);
  for (const [name, host] of hosts) pen.host(name, host);
  for (const network of resolved.networks.values()) pen.network(network);
  for (const router of resolved.routers.values()) pen.router(router);
  for (const guest of guests) pen.guest(guest);
  return {
    title: resolved.name,
    about: aboutOf(resolved, marks && pen.things),
    level: 'networks',
    isLive: marks !== undefined,
    containers: [],
    things: pen.things,
    links: pen.links,
  };
}

/** Returns what a topology has, in numbers, and how many of the things that were read are not as in the file. */
export function aboutOf(resolved: ResolvedTopology, read: readonly Pick<Thing, 'mark'>[] | undefined): string {
  if (read === undefined) return summaryOf(resolved);
  const unwell = read.filter(({ mark }) => mark !== undefined && mark.health !== 'ok').length;
  const health = unwell === 0 ? 'all as in the file' : `${String(unwell)} not as in the file`;
  return `${summaryOf(resolved)} · ${health}`;
}

function summaryOf({ nodes, networks, routers, instances, floatingIps, forwardedIps }: ResolvedTopology): string {
  const present = [...nodes.values()].filter((node) => node.present);
  const numbers = [
    count(present.length, 'node'),
    count(networks.size, 'network'),
    count(routers.size, 'router'),
    count(instances.size, 'instance'),
    count(floatingIps.length + forwardedIps.length, 'floating IP'),
  ];
  return numbers.filter((text) => !text.startsWith('0 ')).join(' · ');
}

/** Returns the index of the colour of each network: its place in the file. */
export function coloursOf({ networks }: ResolvedTopology): ReadonlyMap<string, number> {
  return new Map([...networks.keys()].map((name, index) => [name, index]));
}

/** Returns how a network's frames are told apart on its physical network: `VLAN 101 on datacentre`. */
export function segmentWords({ vlan, physicalNetwork }: ResolvedNetwork): string {
  return `${vlan === null ? 'flat' : `VLAN ${String(vlan)}`} on ${physicalNetwork}`;
}

/** Returns the networks on a physical network. */
export function networksOfWire({ networks }: ResolvedTopology, wire: string): readonly ResolvedNetwork[] {
  return [...networks.values()].filter(({ physicalNetwork }) => physicalNetwork === wire);
}

/** Collects things and links. */
class Pen {
  readonly things: Thing[] = [];
  readonly links: Link[] = [];
  readonly #resolved: ResolvedTopology;
  readonly #marks: Marks;
  readonly #ranks: Ranks;
  readonly #colours: ReadonlyMap<string, number>;
  readonly #translated: readonly Translated[];

  constructor(resolved: ResolvedTopology, marks: Marks) {
    this.#resolved = resolved;
    this.#marks = marks;
    this.#ranks = ranksOf(resolved);
    this.#colours = coloursOf(resolved);
    this.#translated = translatedOf(resolved);
  }

  network(network: ResolvedNetwork): void {
    const { name, subnets, external, dhcp, mtu, origin } = network;
    const bridges = this.#resolved.bridges.filter((bridge) => bridge.networks.includes(name));
    const marks = bridges.map((bridge) => {
      const own = this.#marks.get(`bridge ${bridge.node} ${bridge.name}`);
      return (
        own && {
          ...own,
          lines: own.lines.map(
            (line) => `${line === 'missing' ? `bridge ${bridge.name} missing` : line} on ${bridge.node}`,
          ),
        }
      );
    });
    const mark = joinMarks([this.#marks.get(origin.path), ...marks]);
    const servers = dhcp === undefined ? [] : [`DHCP ${dhcp.fixedIps.map(({ address }) => address).join(' ')}`];
    this.things.push({
      id: `network ${name}`,
      kind: 'network',
      name,
      about: [...subnets.map(({ cidr }) => cidr), segmentWords(network), ...servers],
      west: [],
      east: [],
      colour: this.#colours.get(name) ?? 0,
      details: [
        external ? 'external network' : 'network',
        ...subnets.map((subnet) => `subnet ${subnet.name} ${subnet.cidr}, gateway ${subnet.gatewayIp ?? 'none'}`),
        segmentWords(network),
        `MTU ${String(mtu)}`,
        ...(dhcp === undefined ? [] : [`${servers.join('')} on ${dhcp.node}, in ${dhcp.netns}`]),
      ],
      ...(mark && { mark }),
    });
  }

  router(router: ResolvedRouter): void {
    const { name, node, netns, gateway, interfaces, routes, origin } = router;
    const id = `router ${name}`;
    const rank = this.#ranks.routers.get(name) ?? 0;
    const west: Cell[] = [];
    const east: Cell[] = [];
    const plug = (port: RouterPort): void => {
      const text = port.fixedIps.map(({ address }) => address).join(' ');
      const own = `port ${port.id}`;
      const isNear = (this.#ranks.networks.get(port.network) ?? 0) < rank;
      (isNear ? west : east).push({ text, port: own });
      this.#link(id, own, port.network, isNear ? 'in' : 'out');
    };
    if (gateway) plug(gateway);
    for (const each of interfaces) plug(each);
    const elsewhere = this.#translated.filter((each) => each.router === name && each.instance === undefined);
    for (const { text, target } of elsewhere) {
      east.push({ text: `${text} → ${target}`, chip: this.#colours.get(gateway?.network ?? '') ?? 0 });
    }
    const mark = withTranslated(this.#marks.get(origin.path), elsewhere, this.#marks);
    this.things.push({
      id,
      kind: 'router',
      name,
      about: [`on ${node}`],
      west,
      east,
      details: [
        `router on ${node}, ${netns === null ? 'in the namespace of the node' : `in ${netns}`}`,
        ...(gateway
          ? [`gateway ${cidrs(gateway)} on ${gateway.network}, ${gateway.enableSnat ? '' : 'no '}source NAT`]
          : []),
        ...interfaces.map((port) => `interface ${cidrs(port)} on ${port.network}`),
        ...routes.map(({ destination, nexthops }) => {
          return `route ${destination} via ${nexthops.map((hop) => hop.gateway).join(', ')}`;
        }),
      ],
      ...(mark && { mark }),
    });
  }

  guest(guest: Guest): void {
    const west: Cell[] = [];
    const east: Cell[] = [];
    const names = new Set(guest.members.map(({ name }) => name));
    const own = this.#translated.filter(({ instance }) => instance !== undefined && names.has(instance));
    for (const ports of portsOf(guest)) {
      const [first] = ports;
      if (first === undefined) continue;
      west.push({ text: addressesOf(ports), port: `port ${first.id}` });
      this.#link(guest.id, `port ${first.id}`, first.network, 'in');
      const addresses = new Set(ports.flatMap(({ fixedIps }) => fixedIps.map(({ address }) => address)));
      const chips = own.filter(({ target }) => addresses.has(target));
      if (guest.kind === 'instances' && chips.length > 0) {
        const ips = new Set(chips.map(({ path }) => path)).size;
        east.push({ text: count(ips, 'floating IP'), chip: this.#colourOf(chips[0]) });
      } else {
        for (const chip of chips) east.push({ text: chip.text, chip: this.#colourOf(chip) });
      }
      // The next port is in a row of its own, with its floating IPs beside it.
      while (west.length < east.length) west.push({ text: '' });
      while (east.length < west.length) east.push({ text: '' });
    }
    const mark = withTranslated(guest.mark, own, this.#marks);
    this.things.push({
      id: guest.id,
      kind: guest.kind,
      name: guest.name,
      about: [whereText(guest)],
      ...membersOf(guest),
      west,
      east,
      details: [
        ...guestDetails(guest),
        ...own.slice(0, 20).map(({ text, target }) => `floating IP ${text} → ${target}`),
      ],
      ...(mark && { mark }),
    });
  }

  host(name: string, { nics = {} }: NonNullable<Topology['hosts']>[string]): void {
    const id = `host ${name}`;
    const east: Cell[] = [];
    for (const [nic, { physical_network: wire, addresses = [] }] of Object.entries(nics)) {
      const text = addresses.map(addressOfCidr).join(' ') || nic;
      const port = `host ${name} ${nic}`;
      const networks = this.#networksOn(wire, addresses.map(addressOfCidr));
      east.push({ text, ...(networks[0] !== undefined && { port }) });
      if (networks[0] !== undefined) this.#link(id, port, networks[0], 'out');
    }
    const details = Object.entries(nics).map(
      ([nic, { physical_network: wire, addresses = [] }]) => `${nic} ${addresses.join(' ')} on ${wire}`,
    );
    this.things.push({
      id,
      kind: 'host',
      name,
      about: ['outside host'],
      west: [],
      east,
      details: ['host outside the cloud, in the lab only', ...details],
    });
  }

  /** Returns the networks whose frames a host of the physical network sees: the one with its address comes first. */
  #networksOn(wire: string, addresses: readonly string[]): readonly string[] {
    const flat = networksOfWire(this.#resolved, wire).filter(({ vlan }) => vlan === null);
    const has = ({ subnets }: ResolvedNetwork): boolean =>
      subnets.some(({ cidr }) => addresses.some((address) => cidrContains(cidr, address)));
    return [...flat.filter(has), ...flat.filter((network) => !has(network))].map(({ name }) => name);
  }

  #colourOf(translated: Translated | undefined): number {
    const gateway = this.#resolved.routers.get(translated?.router ?? '')?.gateway;
    return this.#colours.get(gateway?.network ?? '') ?? 0;
  }

  /** Links a port with its network, on the network's east (`in`: the port is west of its thing) or on its west. */
  #link(thing: string, port: string, network: string, way: 'in' | 'out'): void {
    const [own, other] = [{ thing, port }, { thing: `network ${network}` }];
    const colour = this.#colours.get(network) ?? 0;
    this.links.push(way === 'in' ? { from: other, to: own, colour } : { from: own, to: other, colour });
  }
}

function cidrs({ fixedIps }: RouterPort): string {
  return fixedIps.map(({ address, subnet }) => `${address}/${String(subnet.prefixLength)}`).join(' ');
}

/** The most names of a folded group that are listed. */
const LISTED = 40;

function guestDetails(guest: Guest): readonly string[] {
  const [only] = guest.members;
  if (guest.kind === 'instance' && only) {
    return [
      `instance ${whereText(guest)}`,
      ...only.ports.map(({ device, mac, network, tap, fixedIps }) => {
        const addresses = fixedIps.map(({ address }) => address).join(' ');
        return `${device} ${addresses} ${mac} on ${network}, plugged in at ${tap}`;
      }),
    ];
  }
  const names = guest.members.slice(0, LISTED).map(({ name }) => name);
  const more = guest.members.length - names.length;
  return [
    `${guest.name} on ${guest.nodes.join(', ')}`,
    `${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`,
  ];
}
