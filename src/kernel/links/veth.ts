import type { RawLink } from '../probes/ip.ts';

/** Whether a link is one end of a veth pair. */
export function isVeth(link: RawLink): boolean {
  return link.linkinfo?.info_kind === 'veth';
}

/** Two ends in one namespace: they name each other. */
export function arePair(one: RawLink, other: RawLink): boolean {
  return one.link === other.ifname && other.link === one.ifname;
}
