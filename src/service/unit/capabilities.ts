/**
 * What netloom and the daemons that it starts may do; a test applies a network with exactly these. dnsmasq and HAProxy
 * inherit the set, change their user (SETUID, SETGID), and HAProxy its root (SYS_CHROOT).
 */
export const CAPABILITIES: readonly string[] = [
  // Links, addresses, routes, rules, and everything of netfilter.
  'CAP_NET_ADMIN',
  // Namespaces and their mounts below /run/netns.
  'CAP_SYS_ADMIN',
  // DHCP and ping.
  'CAP_NET_RAW',
  // Ports 53, 67 and 80.
  'CAP_NET_BIND_SERVICE',
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_SYS_CHROOT',
  // Files of daemons that have another user.
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  // Daemons that have another user are stopped, and their namespaces found.
  'CAP_KILL',
  'CAP_SYS_PTRACE',
];
