import type { Topology } from '../../../src/topology/types.gen.ts';
import { docOf } from './topology.ts';

const TEXT = `
name: borrowed
physical_networks: { wire: {} }
nodes:
  node1: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
  node2: { reach: { via: lab }, nics: { eth1: { physical_network: wire, addresses: [10.50.0.20/24] } } }
networks:
  net:
    id: aaaaaaaa-bb00-4000-8000-000000000001
    physical_network: wire
    port_security_enabled: false
    dhcp: { node: node1 }
    subnets: { subnet: { cidr: 10.60.0.0/24 } }
instances:
  guest1: { node: node1, ports: { eth0: { network: net } } }
  guest2: { node: node2, ports: { eth0: { network: net } } }
hosts:
  peer: { nics: { eth0: { physical_network: wire, addresses: [10.50.0.9/24] } } }
`;

/** Returns a topology of two nodes whose NICs are borrowed. The tests add other state to the NICs. */
export function borrowed(name: string): Topology {
  return { ...docOf(TEXT), name };
}
