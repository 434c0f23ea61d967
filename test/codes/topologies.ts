import { compileTopology } from '../../src/compile/compile.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { validTopology } from '../support/compiled.ts';

/** The name of the topology file in the output. */
export const FILE = 'topology.yaml';

/** The graph of a text, which must compile. */
export function graphOf(text: string): DesiredGraph {
  const { graph } = compileTopology(validTopology(text, FILE));
  if (!graph) throw new Error('the topology does not compile');
  return graph;
}

/** A topology with an instance that is not filtered, on Linux bridges. */
export const PLAIN = `name: example
physical_networks:
  wire: {}
nodes:
  n1: { nics: { eth0: { physical_network: wire } } }
networks:
  lan:
    physical_network: wire
    port_security_enabled: false
    subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } }
instances:
  vm1: { node: n1, ports: { eth0: { network: lan } } }
`;

/** The same, with a DHCP server. */
export const WITH_DHCP = PLAIN.replace(', enable_dhcp: false', '').replace(
  '    subnets:',
  '    dhcp: { fixed_ip_address: 10.0.0.3 }\n    subnets:',
);

/** The same on Open vSwitch. */
export const SWITCHED = PLAIN.replace('n1: { nics', 'n1: { mechanism: openvswitch, nics');

/** With an instance whose ports are filtered. */
export const FILTERED = PLAIN.replace('    port_security_enabled: false\n', '');

/** A security group that allows its own members, which needs a set. */
export const WITH_SET = FILTERED.replace(
  'instances:',
  'security_groups:\n  web: { rules: [{ direction: ingress, remote_group: web }] }\ninstances:',
).replace('{ network: lan }', '{ network: lan, security_groups: [web] }');

/** Only a node. */
export const EMPTY = `name: example
nodes:
  n1: {}
`;

/** A router in the node's own namespace. */
export const NODE_ROUTER = `name: example
physical_networks:
  inner: {}
  outer: {}
nodes:
  n1:
    mechanism: openvswitch
    use_namespaces: false
    nics: { eth0: { physical_network: inner }, eth1: { physical_network: outer } }
networks:
  lan: { physical_network: inner, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  ext: { physical_network: outer, external: true, subnets: { ext: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: ext }, interfaces: { lan: {} } }
`;

/** An instance with metadata, as the last section of a topology. */
export const METADATA = `instances:
  vm1: { node: n1, ports: { eth0: { network: lan, port_security_enabled: false } }, metadata: { hostname: vm1 } }
`;
