import type { Get, NamespaceProbe } from '../../model/probe.ts';
import { parametersIn, sysctlProbe } from './sysctl.ts';

/**
 * Kernel parameters that no feature sets, since every new namespace and device has a value that works, and without
 * which a namespace neither forwards, nor answers ARP or ND, nor can be reached.
 */
const READ = [
  'net/ipv4/conf/*/forwarding',
  'net/ipv4/conf/*/proxy_arp_pvlan',
  'net/ipv4/neigh/*/mcast_solicit',
  'net/ipv6/neigh/*/mcast_solicit',
  'net/ipv4/icmp_echo_ignore_all',
  'net/ipv4/ip_default_ttl',
] as const;

/** The values of these parameters in a namespace of ours, by path below /proc/sys. */
export const serviceParametersProbe: NamespaceProbe<ReadonlyMap<string, string>> = {
  id: 'service-parameters',
  scope: 'ours',
  read: { files: READ.map((path) => `/proc/sys/${path}`) },
  parse: parametersIn,
};

/** A parameter with a value that breaks a service, and the value to set. */
export interface WrongParameter {
  readonly path: string;
  readonly value: string;
  readonly expected: string;
}

interface Rule {
  readonly path: RegExp;
  readonly works: (value: number) => boolean;
  readonly expected: string;
}

/** Parameters with one default everywhere. What only weakens a protection, or an operator's policy, is left alone. */
const RULES: readonly Rule[] = [
  // 2 and more: an address of length 32, as a floating IP has, is not answered for.
  { path: /^net\/ipv4\/conf\/[^/]+\/arp_ignore$/, works: (value) => value < 2, expected: '1' },
  // The namespace would answer ARP for the addresses of all other ports.
  { path: /^net\/ipv4\/conf\/[^/]+\/proxy_arp_pvlan$/, works: (value) => value === 0, expected: '0' },
  // No address would be looked up.
  { path: /^net\/ipv[46]\/neigh\/[^/]+\/mcast_solicit$/, works: (value) => value > 0, expected: '3' },
  { path: /^net\/ipv4\/icmp_echo_ignore_all$/, works: (value) => value === 0, expected: '0' },
  // Less does not cross the internet.
  { path: /^net\/ipv4\/ip_default_ttl$/, works: (value) => value >= 32, expected: '64' },
];

/** Returns the parameters of a namespace that break its service, in order of path. */
export function wrongParameters(get: Get): readonly WrongParameter[] {
  const managed = get(sysctlProbe);
  const others = get(serviceParametersProbe);
  if (managed === undefined || others === undefined) return [];
  // Setting a namespace's parameter sets that of all devices: one that differs was changed later.
  const forwards4 = managed.get('net/ipv4/ip_forward') === '1';
  const forwards6 = managed.get('net/ipv6/conf/all/forwarding') === '1';
  const wrong: WrongParameter[] = [];
  for (const [path, value] of [...managed, ...others]) {
    const forwards = path.startsWith('net/ipv4/') ? forwards4 : forwards6;
    const rule = RULES.find((each) => each.path.test(path));
    // Where router advertisements are accepted although it forwards, a feature sets both parameters.
    if (managed.get(path.replace(/forwarding$/, 'accept_ra')) === '2') continue;
    if (forwards && value === '0' && path.endsWith('/forwarding')) wrong.push({ path, value, expected: '1' });
    else if (rule && !rule.works(Number(value))) wrong.push({ path, value, expected: rule.expected });
  }
  return wrong.sort((a, b) => (a.path < b.path ? -1 : 1));
}
