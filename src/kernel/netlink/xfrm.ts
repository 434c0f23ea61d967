import { ipOf } from './attributes.ts';

/** An IPsec policy. */
export interface RawXfrmPolicy {
  readonly direction: 'in' | 'out' | 'fwd';
  /** The number by which the kernel knows it. */
  readonly index: number;
  readonly action: 'allow' | 'block';
  readonly source: string;
  readonly destination: string;
}

/** An IPsec state (security association). */
export interface RawXfrmState {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** In hexadecimal. */
  readonly spi: string;
}

const DIRECTIONS = ['in', 'out', 'fwd'] as const;

function block(message: Buffer, at: number, family: number, length: number): string {
  return `${ipOf(message.subarray(at, at + (family === 10 ? 16 : 4)))}/${String(length)}`;
}

/** Decodes struct xfrm_userpolicy_info (linux/xfrm.h), which begins with a selector. */
export function policyOf(message: Buffer): RawXfrmPolicy {
  const family = message.readUInt16LE(40);
  const index = message.readUInt32LE(156);
  return {
    direction: DIRECTIONS[index & 3] ?? 'fwd',
    index,
    action: message[161] === 0 ? 'allow' : 'block',
    source: block(message, 16, family, message[43] ?? 0),
    destination: block(message, 0, family, message[42] ?? 0),
  };
}

/** Decodes struct xfrm_usersa_info. */
export function stateOf(message: Buffer): RawXfrmState {
  const length = message.readUInt16LE(212) === 10 ? 16 : 4;
  return {
    destination: ipOf(message.subarray(56, 56 + length)),
    source: ipOf(message.subarray(80, 80 + length)),
    protocol: message[76] ?? 0,
    spi: `0x${message.readUInt32BE(72).toString(16)}`,
  };
}
