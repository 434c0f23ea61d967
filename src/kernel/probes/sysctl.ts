import type { NamespaceProbe } from '../../model/probe.ts';
import type { BRIDGE_NF } from '../netfilter/bridge-nf.ts';

/**
 * Every kernel parameter that netloom can set, by path below /proc/sys; `*` stands for a device, `all` or `default`.
 */
const MANAGED = [
  'net/ipv4/ip_forward',
  'net/ipv4/ip_nonlocal_bind',
  'net/ipv4/conf/*/arp_announce',
  'net/ipv4/conf/*/arp_ignore',
  'net/ipv4/conf/*/arp_notify',
  'net/ipv4/conf/*/promote_secondaries',
  'net/ipv6/conf/*/accept_ra',
  'net/ipv6/conf/*/disable_ipv6',
  'net/ipv6/conf/*/forwarding',
] as const;

type Named<Path> = Path extends `${infer Before}/*/${infer After}` ? `${Before}/${string}/${After}` : Path;

/**
 * The path of a kernel parameter that netloom reads and can therefore keep. `bridgeNfProbe` reads those of
 * br_netfilter.
 */
export type SysctlPath = Named<(typeof MANAGED)[number]> | (typeof BRIDGE_NF)[keyof typeof BRIDGE_NF];

/** The values of kernel parameters by path below /proc/sys, for every device. */
export const sysctlProbe: NamespaceProbe<ReadonlyMap<string, string>> = {
  id: 'sysctl',
  scope: 'marked',
  read: { files: MANAGED.map((path) => `/proc/sys/${path}`) },
  parse(text) {
    const values = parametersIn(text);
    // Every network namespace has it.
    if (!values.has('net/ipv4/ip_forward')) throw new Error('net/ipv4/ip_forward is not in it');
    return values;
  },
};

/** Returns values by path below /proc/sys, from lines `PATH:VALUE`. */
export function parametersIn(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (line.startsWith('/proc/sys/') && colon > 0)
      values.set(line.slice('/proc/sys/'.length, colon), line.slice(colon + 1));
  }
  return values;
}
