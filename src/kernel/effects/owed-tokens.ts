import type { OwedToken } from '../../model/kind.ts';
import { formatIp, hexOf, ipOfHex, parseIp } from '../../net/ip.ts';
import { formatPorts } from '../../net/ports.ts';
import type { PortRange } from '../../net/ports.ts';

/** Returns the token for announcing a device's addresses. */
export function announceToken(device: string): OwedToken {
  return `arp=${device}`;
}

/** Connections whose translation (NAT) changed: all of one IPv4 address, or those to some of its ports. */
export interface NatConnections {
  readonly ip: string;
  readonly ports?: NatPorts;
}

export interface NatPorts extends PortRange {
  readonly protocol: 'tcp' | 'udp';
}

/** Returns the token for deleting them: `ct=0b0b0b0b`, `ct=0b0b0b0b:tcp:2222`, `ct=0b0b0b0b:udp:5000-5010`. */
export function natToken({ ip, ports }: NatConnections): OwedToken {
  const address = `ct=${hexOf(parseIp(ip))}`;
  return ports === undefined ? address : `${address}:${ports.protocol}:${formatPorts(ports, '-')}`;
}

/** Reads such a token's text after `ct=`; `undefined` for any other text. */
export function readNatConnections(text: string): NatConnections | undefined {
  const [, hex = '', protocol, first, last = first] =
    /^([0-9a-f]{8})(?::(tcp|udp):(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text) ?? [];
  const address = ipOfHex(hex);
  if (address === undefined) return undefined;
  const ip = formatIp(address);
  if (protocol !== 'tcp' && protocol !== 'udp') return { ip };
  return { ip, ports: { protocol, first: Number(first), last: Number(last) } };
}

/** Returns the address of such a text without the ports: it stands for more connections than have to be deleted. */
export function addressPart(text: string): string {
  return text.split(':', 1)[0] ?? text;
}
