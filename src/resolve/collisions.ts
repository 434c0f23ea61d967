import type { Diagnostic } from '../model/diagnostic.ts';
import type { Netns, Origin } from '../model/resource.ts';
import { diagnose } from './diagnose.ts';
import type { ResolvedPort, ResolvedTopology } from './resolved.ts';

interface Claim {
  readonly node: string;
  readonly netns: Netns;
  readonly name: string;
  readonly nic: boolean;
  readonly origin: Origin;
}

/** Finds devices that would have the same name in one namespace. Neutron keeps 11 characters of an id in a name. */
export function findCollisions(resolved: ResolvedTopology): readonly Diagnostic[] {
  const first = new Map<string, Claim>();
  const diagnostics: Diagnostic[] = [];
  for (const claim of claims(resolved)) {
    const key = `${claim.node}/${claim.netns ?? '-'}/${claim.name}`;
    const rival = first.get(key);
    if (rival) diagnostics.push(collision(claim, rival));
    else first.set(key, claim);
  }
  return diagnostics;
}

/** Every device of the topology. NICs come first, so the error is located at our device. */
function* claims(resolved: ResolvedTopology): Generator<Claim> {
  for (const { nics, present } of resolved.nodes.values()) {
    if (!present) continue;
    for (const { node, name, origin } of nics) yield { node, netns: null, name, nic: true, origin };
  }
  for (const { node, name, origin } of resolved.bridges) yield { node, netns: null, name, nic: false, origin };
  for (const port of everyPort(resolved)) {
    const { node, netns, tap, device, origin } = port;
    yield { node, netns: null, name: tap, nic: false, origin };
    if (netns !== null) yield { node, netns, name: device, nic: false, origin };
  }
}

/** Finds networks that would share a VLAN in one bridge of Open vSwitch, and so exchange frames. */
export function findVlanCollisions(resolved: ResolvedTopology): readonly Diagnostic[] {
  const first = new Map<string, ResolvedPort>();
  const diagnostics: Diagnostic[] = [];
  for (const port of everyPort(resolved)) {
    if (port.tag === null) continue;
    const key = `${port.node}/${port.bridge}/${String(port.tag)}`;
    const rival = first.get(key);
    if (rival === undefined) first.set(key, port);
    else if (rival.network !== port.network) diagnostics.push(vlanCollision(port, rival));
  }
  return diagnostics;
}

function vlanCollision({ node, bridge, tag, network, origin }: ResolvedPort, rival: ResolvedPort): Diagnostic {
  return diagnose(
    'NLC07',
    `${network} and ${rival.network} would both be VLAN ${String(tag)} of ${bridge} on ${node}`,
    {
      origin,
      other: { message: 'a port of the other is here', origin: rival.origin },
      place: { node },
      hint: 'a VLAN is derived from the id of its network: place one of the two on another node, or give it another id',
    },
  );
}

/** Every port. */
export function* everyPort(
  resolved: Pick<ResolvedTopology, 'networks' | 'routers' | 'instances'>,
): Generator<ResolvedPort> {
  for (const { dhcp } of resolved.networks.values()) if (dhcp) yield dhcp;
  for (const { interfaces, gateway } of resolved.routers.values()) {
    yield* interfaces;
    if (gateway) yield gateway;
  }
  for (const { ports } of resolved.instances.values()) yield* ports;
}

function collision({ name, node, netns, origin }: Claim, rival: Claim): Diagnostic {
  const where = netns === null ? `on ${node}` : `in ${netns} on ${node}`;
  return diagnose(
    rival.nic ? 'NLC03' : 'NLC02',
    `${origin.path} and ${rival.origin.path} would both be the device ${name} ${where}`,
    {
      origin,
      other: { message: 'the other is here', origin: rival.origin },
      place: netns === null ? { node } : { node, netns },
      hint: 'Neutron keeps 11 characters of an id in a device name; give one of the two another id',
    },
  );
}
