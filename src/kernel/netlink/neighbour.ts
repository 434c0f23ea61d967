import { attributesOf, ipOf, numberOf } from './attributes.ts';

/** A permanent entry of the neighbour table, or a proxy entry. */
export interface RawNeighbour {
  readonly address: string;
  /** The number of its device. A proxy entry may have none. */
  readonly ifindex: number;
  readonly mac?: string;
  /** The namespace answers for this address. */
  readonly proxy: boolean;
  /** The number of the program's protocol (rtnetlink.h). */
  readonly protocol: number;
}

/** Decodes struct ndmsg and its attributes (linux/neighbour.h). */
export function neighbourOf(message: Buffer): RawNeighbour {
  const attributes = attributesOf(message, 12);
  const mac = attributes.get(2);
  return {
    address: ipOf(attributes.get(1) ?? Buffer.alloc(4)),
    ifindex: message.readInt32LE(4),
    ...(mac && { mac: [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join(':') }),
    proxy: ((message[10] ?? 0) & 8) !== 0,
    protocol: attributes.get(12)?.[0] ?? numberOf(attributes.get(12)) ?? 0,
  };
}
