/**
 * Returns the text of an example topology. It is valid and can be applied in the lab, where all its expectations hold.
 * @param name the topology's name
 * @param file the file as it is written on a command line
 * @param schema the path or URL of the JSON Schema, without white space, where editors cut it
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

# netloom marks everything that it creates with this name. Each topology on a node needs its own.
name: ${name}

# The wires that NICs are connected to. Networks run on them.
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

# Instances are in the group \`default\`. Its members reach each other; these rules allow everyone else.
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

# A host outside the cloud. It exists in the lab only.
hosts:
  outside:
    nics:
      eth0: { physical_network: public, addresses: [203.0.113.200/24] }

# The connections that \`netloom verify\` tests.
expect:
  - { from: client, to: web, protocol: tcp, port: 80 }
  - { from: client, to: outside, protocol: ping }
  - { from: outside, to: 203.0.113.10, protocol: tcp, port: 80 }
`;
}
