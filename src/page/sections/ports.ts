import type { Desired } from '../../session/desired.ts';
import { clean } from '../../render/clean.ts';
import { listPorts } from '../../render/port/ports.ts';
import type { PortRow } from '../wire/services.ts';

/** Returns every port with what netloom derives for it, as `port list --all` prints it. */
export function portRows({ resolved }: Pick<Desired, 'resolved'>): readonly PortRow[] {
  return listPorts(resolved, { all: true }).map((port) => ({
    key: `${port.type}\u0000${port.id}`,
    type: port.type,
    owner: clean(port.name),
    port: clean(port.port),
    mac: port.mac_address,
    addresses: port.fixed_ips,
    network: clean(port.network),
    node: clean(port.node),
    device: clean(port.device),
    groups: port.security_groups?.map(clean) ?? null,
    floatingIps: [
      ...port.floating_ips.map(({ address }) => address),
      ...port.port_forwardings.map(
        ({ address, protocol, external_ports: external }) => `${address} ${protocol} ${external}`,
      ),
    ],
  }));
}
