import type { RawLink } from '../probes/ip.ts';

/** True for one end of a veth pair. */
export function isVeth(link: RawLink): boolean {
  return link.linkinfo?.info_kind === 'veth';
}

/** True for the two ends of one veth pair in the same namespace: each names the other. */
export function isVethPair(one: RawLink, other: RawLink): boolean {
  return one.link === other.ifname && other.link === one.ifname;
}
