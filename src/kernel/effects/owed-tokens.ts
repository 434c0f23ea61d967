import type { OwedToken } from '../../model/kind.ts';
import { formatIp, hexOf, ipOfHex, parseIp } from '../../net/ip.ts';
import { formatPorts } from '../../net/ports.ts';
import type { PortRange } from '../../net/ports.ts';

/** The token for announcing a device's addresses. */
export function announceToken(device: string): OwedToken {
  return `arp=${device}`;
}

/** Connections whose translation changed: all of one IPv4 address, or those to some of its ports. */
export interface NatConnections {
  readonly ip: string;
  readonly ports?: NatPorts;
}

export interface NatPorts extends PortRange {
  readonly protocol: 'tcp' | 'udp';
}

/** The token for forgetting them: `ct=0b0b0b0b`, `ct=0b0b0b0b:tcp:2222`, `ct=0b0b0b0b:udp:5000-5010`. */
export function natToken({ ip, ports }: NatConnections): OwedToken {
  const address = `ct=${hexOf(parseIp(ip))}`;
  return ports === undefined ? address : `${address}:${ports.protocol}:${formatPorts(ports, '-')}`;
}

/** What such a token says behind `ct=`; `undefined` when that is something else. */
export function readNatConnections(text: string): NatConnections | undefined {
  const [, hex = '', protocol, first, last = first] =
    /^([0-9a-f]{8})(?::(tcp|udp):(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text) ?? [];
  const address = ipOfHex(hex);
  if (address === undefined) return undefined;
  const ip = formatIp(address);
  if (protocol !== 'tcp' && protocol !== 'udp') return { ip };
  return { ip, ports: { protocol, first: Number(first), last: Number(last) } };
}

/** The part of such a text that says the address: more is forgotten than has to be. */
export function addressPart(text: string): string {
  return text.split(':', 1)[0] ?? text;
}
