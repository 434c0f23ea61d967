import type { CapturePoint, LabTarget } from '../../lab/index.ts';
import type {
  ResolvedInstance,
  ResolvedNetwork,
  ResolvedPort,
  ResolvedRouter,
  ResolvedTopology,
} from '../../resolve/resolved.ts';
import type { Topology } from '../../topology/types.gen.ts';
import { targetInNode } from '../lab.ts';

/** A place at which packets can be captured, with all names that it may be called by. */
export interface Place {
  readonly point: CapturePoint;
  /** Its unambiguous name is not among them; another place may have the same. */
  readonly names: readonly string[];
}

/** All devices of a namespace. */
export const ALL_DEVICES = 'any';

/**
 * Returns every place of a lab at which packets can be captured: each namespace (all of its devices), each port,
 * bridge, NIC and tap, and each floating IP (its packets on the router's gateway).
 */
export function capturePlaces(doc: Topology, resolved: ResolvedTopology): Place[] {
  return [
    ...[...resolved.nodes.keys()].flatMap((node) => nodePlaces(node, resolved)),
    ...[...resolved.routers.values()].flatMap(routerPlaces),
    ...[...resolved.networks.values()].flatMap(dhcpPlaces),
    ...[...resolved.instances.values()].flatMap(instancePlaces),
    ...[...resolved.floatingIps, ...resolved.forwardedIps].map(
      ({ name, address, router, node, netns, device }): Place => ({
        point: {
          name: `floating-ip/${name}`,
          target: targetInNode('router', router, node, netns),
          device,
          host: address,
        },
        names: [name, address],
      }),
    ),
    ...Object.entries(doc.hosts ?? {}).flatMap(([name, { nics }]) =>
      Object.keys(nics ?? {}).map((device) => place(member('host', name), device, [name])),
    ),
  ];
}

function nodePlaces(node: string, { nodes, bridges, networks }: ResolvedTopology): Place[] {
  const target = member('node', node);
  const ofNode = bridges.filter((bridge) => bridge.node === node);
  return [
    place(target, ALL_DEVICES, [node]),
    ...(nodes.get(node)?.nics ?? []).map(({ name }) => place(target, name)),
    ...ofNode.map(({ name, mechanism, networks: carried }) =>
      // The device of a bridge of Open vSwitch sees only what is sent to the node itself.
      place(target, name, mechanism === 'openvswitch' ? [] : carried.filter((each) => networks.has(each))),
    ),
  ];
}

function routerPlaces({ name, node, netns, gateway, interfaces }: ResolvedRouter): Place[] {
  const target = targetInNode('router', name, node, netns);
  const ports = gateway === undefined ? interfaces : [gateway, ...interfaces];
  return [
    // Without a namespace the router is in that of its node.
    ...(netns === null ? [] : [place(target, ALL_DEVICES, [name])]),
    ...ports.flatMap((port) => portPlaces(target, port, [`${name}/${port.network}`])),
  ];
}

function dhcpPlaces({ name, dhcp }: ResolvedNetwork): Place[] {
  if (dhcp === undefined) return [];
  const target = targetInNode('dhcp', name, dhcp.node, dhcp.netns);
  return [place(target, ALL_DEVICES), ...portPlaces(target, dhcp, [])];
}

function instancePlaces({ name, attach, ports }: ResolvedInstance): Place[] {
  return ports.flatMap((port) => {
    const names = [name, `${name}/${port.device}`, ...addressesOf(port)];
    const tap = place(member('node', port.node), port.tap, attach === 'tap' ? names : []);
    return attach === 'tap' ? [tap] : [place(member('instance', name), port.device, names), tap];
  });
}

/** Returns a port as it is in its namespace, and as its tap on the node. */
function portPlaces(target: LabTarget, port: ResolvedPort, names: readonly string[]): Place[] {
  // On Open vSwitch the port itself has been moved into its namespace.
  const onVeth = port.mechanism !== 'openvswitch' && port.netns !== null;
  return [
    place(target, port.device, [...names, ...addressesOf(port), ...overSwitch(port)]),
    ...(onVeth ? [place(member('node', port.node), port.tap)] : []),
  ];
}

/** A network of Open vSwitch has no device that sees its frames but those of its ports. */
function overSwitch({ mechanism, network }: ResolvedPort): readonly string[] {
  return mechanism === 'openvswitch' ? [network] : [];
}

function addressesOf({ fixedIps }: ResolvedPort): string[] {
  return fixedIps.map(({ address }) => address);
}

function member(kind: 'node' | 'instance' | 'host', name: string): LabTarget {
  return { kind, name, member: { kind, name }, netns: null };
}

/** A device is also called by its own name, and with that of its owner: `eth1`, `compute1/eth1`. */
function place(target: LabTarget, device: string, names: readonly string[] = []): Place {
  const owner = `${target.kind}/${target.name}`;
  if (device === ALL_DEVICES) return { point: { name: owner, target, device }, names };
  return {
    point: { name: `${owner}/${device}`, target, device },
    names: [...names, device, `${target.name}/${device}`],
  };
}
