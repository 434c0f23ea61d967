/** The topology's name. */
const NAME = 'large';

/** Instances of one network: the addresses of its subnet, without those of the network, broadcast and gateway. */
const PER_NETWORK = 60_000;

/**
 * Returns a topology of instances that filter their traffic: one port each, whose address and MAC are derived, all in
 * the group `default`, which admits its own members. An instance is about eight objects and a node about fifty.
 * @param {number} instances
 * @param {number} nodes
 * @returns {string} YAML text, with a line for each instance: the largest of these files are near the limit of 8 MiB
 */
export function largeTopology(instances, nodes) {
  const networks = Math.ceil(instances / PER_NETWORK);
  const each = (/** @type {(n: number) => string} */ text) => Array.from({ length: networks }, (_, n) => text(n));
  const nics = each((n) => `eth${n}: {physical_network: lan${n}}`).join(', ');
  const lines = [`name: ${NAME}`, `physical_networks: {${each((n) => `lan${n}: {}`).join(', ')}}`, 'nodes:'];
  for (let n = 0; n < nodes; n += 1) lines.push(`  n${n}: {reach: {via: lab}, nics: {${nics}}}`);
  lines.push('networks:');
  for (let n = 0; n < networks; n += 1) {
    const subnet = `{cidr: 10.${n}.0.0/16, enable_dhcp: false}`;
    lines.push(`  net${n}: {network_type: flat, physical_network: lan${n}, subnets: {sub${n}: ${subnet}}}`);
  }
  lines.push(
    'security_groups:',
    '  default: {rules: [{direction: ingress, protocol: tcp, port_range_min: 443, port_range_max: 443}]}',
    'instances:',
  );
  for (let i = 0; i < instances; i += 1) {
    const network = `net${Math.floor(i / PER_NETWORK)}`;
    lines.push(`  i${i}: {node: n${i % nodes}, attach: tap, ports: {eth0: {network: ${network}}}}`);
  }
  return `${lines.join('\n')}\n`;
}
