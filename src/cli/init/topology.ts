/**
 * Returns the text of a topology to start from. It is valid, can be applied in the lab, and all of its expectations
 * hold there.
 * @param name the topology's name
 * @param file the file as it is written on a command line
 * @param schema path or URL of the JSON Schema, without white space: editors read up to the next
 */
export function startingTopology(name: string, file: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# A router between two networks, two instances, and a floating IP. All of it runs in a lab on this machine:
#
#   netloom lab up ${file}
#   netloom apply --lab ${file}
#   netloom verify --lab ${file}
#   netloom lab down ${file}

# The mark on everything that netloom creates: no two topologies on a node may have the same.
name: ${name}

# What NICs are plugged into. Networks run on it.
physical_networks:
  public: {}
  private: {}

# \`via: lab\` is a namespace of this machine. For real hosts: \`{ via: ssh, host: NAME }\`, or \`{ via: local }\`.
nodes:
  node1:
    reach: { via: lab }
    nics:
      eth0: { physical_network: public }
      eth1: { physical_network: private }

networks:
  public:
    physical_network: public
    external: true
    subnets:
      public-subnet: { cidr: 203.0.113.0/24, enable_dhcp: false }
  private:
    physical_network: private
    subnets:
      private-subnet: { cidr: 10.0.0.0/24 }

routers:
  router1:
    node: node1
    external_gateway: { network: public }
    interfaces:
      private-subnet: {}

# Instances are in the group \`default\`. Its members reach each other; these rules let everyone else in.
security_groups:
  default:
    rules:
      - { direction: ingress, protocol: icmp }
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }

instances:
  web:
    node: node1
    listen: [80]
    ports:
      eth0: { network: private }
  client:
    node: node1
    ports:
      eth0: { network: private }

floating_ips:
  web-public:
    floating_network: public
    floating_ip_address: 203.0.113.10
    instance: web

# A machine outside. Only the lab has it.
hosts:
  outside:
    nics:
      eth0: { physical_network: public, addresses: [203.0.113.200/24] }

# What \`netloom verify\` tries.
expect:
  - { from: client, to: web, protocol: tcp, port: 80 }
  - { from: client, to: outside, protocol: ping }
  - { from: outside, to: 203.0.113.10, protocol: tcp, port: 80 }
`;
}
