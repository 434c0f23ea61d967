import type { InstancePort, ResolvedPort, ResolvedTopology } from '../../resolve/resolved.ts';
import { formatPorts } from '../../net/ports.ts';

/** A floating IP that is translated to an address of a port. */
interface FloatingIp {
  readonly name: string;
  readonly address: string;
  readonly fixed_address: string;
}

/** Ports of a floating IP that are forwarded to an address of a port. */
interface Forwarding extends FloatingIp {
  readonly protocol: 'tcp' | 'udp';
  /** A port, or the first and the last, such as `5000:5010`. */
  readonly external_ports: string;
  readonly internal_ports: string;
}

/** A port of a topology with everything that netloom derives for it. `--json` prints it as it is. */
export interface ListedPort {
  readonly type: 'instance' | 'router' | 'dhcp';
  /** The instance, the router, or the network of a DHCP server. */
  readonly name: string;
  /** The device in the guest or in the namespace. */
  readonly port: string;
  readonly id: string;
  readonly mac_address: string;
  readonly fixed_ips: readonly string[];
  readonly network: string;
  readonly mtu: number;
  readonly node: string;
  /** The tap or veth end on the node. */
  readonly device: string;
  /** False: no frame passes between the device and the network. */
  readonly admin_state_up: boolean;
  /** Whether a hypervisor runs the guest; `null` where there is no guest. */
  readonly attach: 'lab' | 'tap' | null;
  /** `null`: the port is not filtered. */
  readonly security_groups: readonly string[] | null;
  readonly floating_ips: readonly FloatingIp[];
  readonly port_forwardings: readonly Forwarding[];
}

/** Which ports are listed. */
export interface PortFilter {
  readonly node?: string | undefined;
  readonly instance?: string | undefined;
  /** Also the ports of routers and DHCP servers. */
  readonly all: boolean;
}

/**
 * Returns the ports in the order of the file: those of instances, of routers, of DHCP servers. Nothing is read from a
 * node.
 */
export function listPorts(topology: ResolvedTopology, filter: PortFilter): readonly ListedPort[] {
  const ports = [...ofInstances(topology), ...(filter.all ? [...ofRouters(topology), ...ofDhcp(topology)] : [])];
  return ports.filter(
    ({ type, name, node }) =>
      (filter.node === undefined || node === filter.node) &&
      (filter.instance === undefined || (type === 'instance' && name === filter.instance)),
  );
}

function ofInstances(topology: ResolvedTopology): ListedPort[] {
  return [...topology.instances.values()].flatMap(({ name, attach, ports }) =>
    ports.map((port) => ({
      type: 'instance' as const,
      name,
      ...common(port),
      attach,
      security_groups: port.security?.groups ?? null,
      ...translations(topology, name, port),
    })),
  );
}

function ofRouters({ routers }: ResolvedTopology): ListedPort[] {
  return [...routers.values()].flatMap(({ name, gateway, interfaces }) =>
    [...(gateway === undefined ? [] : [gateway]), ...interfaces].map((port) => served('router', name, port)),
  );
}

function ofDhcp({ networks }: ResolvedTopology): ListedPort[] {
  return [...networks.values()].flatMap(({ name, dhcp }) => (dhcp === undefined ? [] : [served('dhcp', name, dhcp)]));
}

function served(type: 'router' | 'dhcp', name: string, port: ResolvedPort): ListedPort {
  return { type, name, ...common(port), attach: null, security_groups: null, floating_ips: [], port_forwardings: [] };
}

function common(port: ResolvedPort) {
  return {
    port: port.device,
    id: port.id,
    mac_address: port.mac,
    fixed_ips: port.fixedIps.map(({ address }) => address),
    network: port.network,
    mtu: port.mtu,
    node: port.node,
    device: port.tap,
    admin_state_up: port.adminStateUp,
  };
}

/** Returns the floating IPs and port forwardings of an instance that lead to an address of this port. */
function translations(
  { floatingIps, forwardedIps }: ResolvedTopology,
  instance: string,
  { fixedIps }: InstancePort,
): Pick<ListedPort, 'floating_ips' | 'port_forwardings'> {
  const leadsHere = (to: { readonly instance?: string; readonly fixedAddress: string }) =>
    to.instance === instance && fixedIps.some(({ address }) => address === to.fixedAddress);
  return {
    floating_ips: floatingIps
      .filter(leadsHere)
      .map(({ name, address, fixedAddress }) => ({ name, address, fixed_address: fixedAddress })),
    port_forwardings: forwardedIps.flatMap(({ name, address, forwardings }) =>
      forwardings.filter(leadsHere).map(({ protocol, external, internal, fixedAddress }) => ({
        name,
        address,
        fixed_address: fixedAddress,
        protocol,
        external_ports: formatPorts(external),
        internal_ports: formatPorts(internal),
      })),
    ),
  };
}
