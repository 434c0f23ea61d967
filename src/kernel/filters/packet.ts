import { withHostLength } from '../../net/address-text.ts';
import type { Family } from '../../model/command.ts';
import { isCidr, overlaps, parseBlock, type Block } from '../../net/block.ts';

/** Whether a rule matches the packets of a class: all of them, none, or it depends on the packet (or is not known). */
export type Truth = 'yes' | 'no' | 'maybe';

/** The names that a device of the packet can have; empty: it has no such device; `undefined`: any name. */
type Names = readonly string[] | undefined;

/** A class of packets as netfilter meets them. A field that is `undefined` can have any value. */
export interface Packet {
  readonly family: Family;
  /** The devices by which it comes in and goes out; for a bridged packet, in the IP families, its bridge. */
  readonly from: Names;
  readonly to: Names;
  /** The bridge ports by which it comes in and goes out. */
  readonly portFrom?: Names;
  readonly portTo?: Names;
  /** A bridge forwards it from one port to another. */
  readonly bridged: boolean;
  /** `new` opens a connection, `established` answers in one, `invalid` fits into none that conntrack knows. */
  readonly state: 'new' | 'established' | 'invalid';
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** It has one of these source addresses. */
  readonly sources?: readonly Block[];
  readonly destinations?: readonly Block[];
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** The destination is an address of the node itself. */
  readonly isLocal?: boolean;
}

/** Returns whether both hold. */
export function both(a: Truth, b: Truth): Truth {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' ? b : 'maybe';
}

/** Returns whether one of them holds. */
export function any(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes';
  return truths.includes('maybe') ? 'maybe' : 'no';
}

export function not(truth: Truth): Truth {
  return truth === 'maybe' ? 'maybe' : truth === 'yes' ? 'no' : 'yes';
}

/** Returns the truth of a plain condition. */
export function truthOf(holds: boolean): Truth {
  return holds ? 'yes' : 'no';
}

/** Returns whether each of the possible values passes a test, none does, or some do. */
function ofEach<T>(values: readonly T[], test: (value: T) => Truth): Truth {
  const truths = new Set(values.map(test));
  if (truths.size === 1) return [...truths][0] ?? 'maybe';
  return truths.size === 0 ? 'no' : 'maybe';
}

/** Returns whether a device's name equals this one; `wildcard` at its end stands for any rest. */
export function nameIs(names: Names, pattern: string, wildcard: '+' | '*'): Truth {
  if (names === undefined) return pattern === wildcard ? 'yes' : 'maybe';
  return ofEach(names, (name) =>
    truthOf(pattern.endsWith(wildcard) ? name.startsWith(pattern.slice(0, -1)) : name === pattern),
  );
}

/** Returns whether a port is in this range. */
export function portIn(port: number | undefined, first: number, last = first): Truth {
  if (first <= 0 && last >= 65535) return 'yes';
  return port === undefined ? 'maybe' : truthOf(port >= first && port <= last);
}

/** Returns whether an address is in a block: an address or CIDR as text. A text that is neither decides nothing. */
export function addressIn(addresses: readonly Block[] | undefined, text: string): Truth {
  const cidr = withHostLength(text);
  if (!isCidr(cidr)) return 'maybe';
  const block = parseBlock(cidr);
  if (block.prefixLength === 0) return 'yes';
  if (addresses === undefined) return 'maybe';
  return ofEach(addresses, (one) => {
    if (!overlaps(one, block)) return 'no';
    return one.prefixLength >= block.prefixLength ? 'yes' : 'maybe';
  });
}
