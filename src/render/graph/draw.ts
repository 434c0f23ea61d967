import type { ResolvedNode, ResolvedPort, ResolvedTopology } from '../../resolve/resolved.ts';
import { formatPorts } from '../../net/ports.ts';
import type { Topology } from '../../topology/types.gen.ts';
import type { Cluster, Edge, Item, Picture, Shape } from './picture.ts';

/**
 * Returns the picture of a network: wires, NICs, bridges, taps, routers, DHCP servers, instances, outside hosts,
 * floating IPs.
 */
export function draw(doc: Topology, resolved: ResolvedTopology): Picture {
  const pen = new Pen();
  const nodes = [...resolved.nodes.values()].filter((node) => node.present);
  const clusters = nodes.map((node) => drawNode(pen, node, resolved));
  const wires = Object.keys(doc.physical_networks ?? {}).map((name) => pen.item('wire', `wire ${name}`, [name]));
  const hosts = Object.entries(doc.hosts ?? {}).map(([name, { nics = {} }]) => {
    const addresses = Object.values(nics).flatMap((nic) => nic.addresses ?? []);
    for (const { physical_network: wire } of Object.values(nics)) pen.edge(`wire ${wire}`, `host ${name}`);
    return pen.item('host', `host ${name}`, [name, ...addresses]);
  });
  return {
    title: resolved.name,
    clusters,
    items: [...wires, ...hosts, ...drawFloatingIps(pen, resolved), ...drawForwardedIps(pen, resolved)],
    edges: pen.edges(),
  };
}

function drawNode(pen: Pen, node: ResolvedNode, resolved: ResolvedTopology): Cluster {
  const at = (thing: string) => `node ${node.name} ${thing}`;
  const items: Item[] = [];
  for (const nic of node.nics) {
    items.push(pen.item('nic', at(`nic ${nic.name}`), [nic.name, ...(nic.bridge === null ? nic.addresses : [])]));
    pen.edge(`wire ${nic.physicalNetwork}`, at(`nic ${nic.name}`));
  }
  for (const bridge of resolved.bridges.filter((b) => b.node === node.name)) {
    const addresses = node.nics.find((nic) => nic.name === bridge.nic)?.addresses ?? [];
    items.push(pen.item('bridge', at(`bridge ${bridge.name}`), [bridge.name, ...bridge.networks, ...addresses]));
    if (bridge.nic !== null) pen.edge(at(`nic ${bridge.nic}`), at(`bridge ${bridge.name}`));
  }
  for (const { ends, network } of resolved.patches.filter((p) => p.node === node.name)) {
    pen.edge(at(`bridge ${ends[0].bridge}`), at(`bridge ${ends[1].bridge}`), network);
  }
  const plug = (port: ResolvedPort, owner: string) => {
    const label = [port.device, ...port.fixedIps.map((ip) => ip.address)].join(' ');
    items.push(pen.item('tap', at(`tap ${port.tap}`), [port.tap]));
    pen.edge(at(`bridge ${port.bridge}`), at(`tap ${port.tap}`));
    pen.edge(at(`tap ${port.tap}`), owner, label);
  };
  const add = (shape: Shape, id: string, label: readonly string[], ports: readonly ResolvedPort[]) => {
    for (const port of ports) plug(port, id);
    items.push(pen.item(shape, id, label));
  };
  for (const { name, netns, gateway, interfaces } of on(node, resolved.routers.values())) {
    add('router', `router ${name}`, [name, netns ?? 'no namespace'], gateway ? [...interfaces, gateway] : interfaces);
  }
  for (const { name, dhcp } of resolved.networks.values()) {
    if (dhcp?.node === node.name) add('dhcp', `dhcp ${name}`, [`DHCP ${name}`, dhcp.netns], [dhcp]);
  }
  for (const { name, ports } of on(node, resolved.instances.values())) {
    add('instance', `instance ${name}`, [name], ports);
  }
  return { id: pen.id(at('')), label: node.name, items };
}

function drawFloatingIps(pen: Pen, resolved: ResolvedTopology): readonly Item[] {
  return resolved.floatingIps.map((ip) => {
    const id = `floating-ip ${ip.name}`;
    pen.edge(`router ${ip.router}`, id, undefined, true);
    if (ip.instance !== undefined) pen.edge(id, `instance ${ip.instance}`, ip.fixedAddress, true);
    return pen.item('floating-ip', id, [ip.address, ip.name]);
  });
}

function drawForwardedIps(pen: Pen, resolved: ResolvedTopology): readonly Item[] {
  return resolved.forwardedIps.map((ip) => {
    const id = `floating-ip ${ip.name}`;
    pen.edge(`router ${ip.router}`, id, undefined, true);
    for (const { instance, protocol, external, internal, fixedAddress } of ip.forwardings) {
      if (instance === undefined) continue;
      const ports = `${protocol} ${formatPorts(external)} → ${fixedAddress}:${formatPorts(internal, '-')}`;
      pen.edge(id, `instance ${instance}`, ports, true);
    }
    return pen.item('floating-ip', id, [ip.address, ip.name]);
  });
}

function on<T extends { readonly node: string }>(node: ResolvedNode, things: Iterable<T>): readonly T[] {
  return [...things].filter((thing) => thing.node === node.name);
}

/** Gives all items short ids that are valid in every format, and drops edges with an end that was not drawn. */
class Pen {
  readonly #ids = new Map<string, string>();
  readonly #drawn = new Set<string>();
  readonly #edges: Edge[] = [];

  id(name: string): string {
    const id = this.#ids.get(name) ?? `n${String(this.#ids.size + 1)}`;
    this.#ids.set(name, id);
    return id;
  }

  item(shape: Shape, name: string, label: readonly string[]): Item {
    const id = this.id(name);
    this.#drawn.add(id);
    return { id, shape, label };
  }

  edge(from: string, to: string, label?: string, dashed = false): void {
    this.#edges.push({ from: this.id(from), to: this.id(to), dashed, ...(label !== undefined && { label }) });
  }

  edges(): readonly Edge[] {
    return this.#edges.filter((edge) => this.#drawn.has(edge.from) && this.#drawn.has(edge.to));
  }
}
