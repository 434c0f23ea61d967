import type { Diagnostic } from '../../model/diagnostic.ts';
import { eachEntry } from '../entries.ts';
import { subnetsByName } from '../subnets.ts';
import type { CheckContext } from './context.ts';
import { nics } from './facts/nics.ts';

/** A given MAC address, and where it is used. */
interface MacUse {
  readonly mac: string;
  readonly path: readonly string[];
  /** The network of a port; `undefined` for a NIC. */
  readonly network: string | undefined;
  readonly physicalNetwork: string | undefined;
  /** The node or host of a NIC. */
  readonly owner: string | undefined;
}

/**
 * Checks that MAC addresses are unique where frames meet: among the ports of a network, as in Neutron, among the NICs
 * of a physical network or of one host, and between the NICs of a physical network and the ports of its networks.
 */
export function checkMacs(t: CheckContext): Diagnostic[] {
  const earlier = new Map<string, MacUse[]>();
  return macUses(t).flatMap((use) => {
    const others = earlier.get(use.mac) ?? [];
    earlier.set(use.mac, [...others, use]);
    const other = others.find((before) => meet(before, use));
    if (other === undefined) return [];
    const related = [{ message: 'first used here', at: { path: other.path } }];
    const where = use.network === undefined || other.network === undefined ? '' : ` in network ${use.network}`;
    return [t.report('NL501', { path: use.path }, `the MAC address ${use.mac} is used twice${where}`, { related })];
  });
}

function meet(a: MacUse, b: MacUse): boolean {
  if (a.network !== undefined && b.network !== undefined) return a.network === b.network;
  if (a.owner !== undefined && a.owner === b.owner) return true;
  // A malformed network can be on any physical network.
  return a.physicalNetwork !== undefined && a.physicalNetwork === b.physicalNetwork;
}

/** The given MAC addresses of NICs and ports. Those of address pairs may be shared (VRRP). */
function macUses({ doc }: CheckContext): readonly MacUse[] {
  const found: MacUse[] = [];
  const subnets = subnetsByName(doc);
  const port = (network: string | undefined, mac: string | undefined, ...path: string[]): void => {
    if (mac === undefined || network === undefined) return;
    const physicalNetwork = doc.networks?.[network]?.physical_network;
    found.push({ mac, network, physicalNetwork, owner: undefined, path: [...path, 'mac_address'] });
  };
  for (const { nic, path } of nics(doc)) {
    const { mac_address: mac, physical_network: physicalNetwork } = nic;
    const owner = path.slice(0, 2).join('/');
    if (mac !== undefined)
      found.push({ mac, network: undefined, physicalNetwork, owner, path: [...path, 'mac_address'] });
  }
  eachEntry(doc.networks, (name, { dhcp }) => {
    port(name, dhcp?.mac_address, 'networks', name, 'dhcp');
  });
  eachEntry(doc.routers, (name, { external_gateway: gateway, interfaces }) => {
    port(gateway?.network, gateway?.mac_address, 'routers', name, 'external_gateway');
    eachEntry(interfaces, (subnet, { mac_address: mac }) => {
      port(subnets.get(subnet)?.networkName, mac, 'routers', name, 'interfaces', subnet);
    });
  });
  eachEntry(doc.instances, (name, { ports }) => {
    eachEntry(ports, (device, { network, mac_address: mac }) => {
      port(network, mac, 'instances', name, 'ports', device);
    });
  });
  return found;
}
