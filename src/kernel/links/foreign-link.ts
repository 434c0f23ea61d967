import { parseMark } from '../../model/mark.ts';
import type { OvsState } from '../openvswitch/database.ts';
import type { RawLink } from '../probes/ip.ts';

/** Devices that the kernel gives each namespace once a tunnel's module is loaded. */
const FALLBACK = /^(?:tunl|gre|gretap|erspan|sit|ip6tnl|ip6gre|ip6gretap|ip_vti|ip6_vti|lo)\d*$/;

/**
 * True for a link of a namespace of ours that is neither ours nor the kernel's. A veth that lost its marks can be ours;
 * an internal port of Open vSwitch is told by its row.
 */
export function isForeignLink({ ifname, ifalias, linkinfo }: RawLink, topology: string, ovs?: OvsState): boolean {
  const type = linkinfo?.info_kind ?? '';
  const isPort = ovs?.interfaces.get(ifname)?.type === 'internal' || type === 'openvswitch';
  return !FALLBACK.test(ifname) && type !== 'veth' && !isPort && parseMark(ifalias)?.topology !== topology;
}
