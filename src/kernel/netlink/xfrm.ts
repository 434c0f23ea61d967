import { attributesOf, ipOf } from './attributes.ts';

/** An IPsec policy. */
export interface RawXfrmPolicy {
  readonly direction: 'in' | 'out' | 'fwd';
  /** The number by which the kernel knows it. */
  readonly index: number;
  readonly action: 'allow' | 'block';
  readonly source: string;
  readonly destination: string;
  /** The number by which its states are found; 0 if none was given, absent if it transforms no packet. */
  readonly reqid?: number;
}

/** An IPsec state (security association). */
export interface RawXfrmState {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** In hexadecimal. */
  readonly spi: string;
  /** 0 if none was given. */
  readonly reqid: number;
}

const DIRECTIONS = ['in', 'out', 'fwd'] as const;
/** Type of an attribute of linux/xfrm.h (XFRMA_…): a list of struct xfrm_user_tmpl. */
const TEMPLATES = 5;

function block(message: Buffer, at: number, family: number, length: number): string {
  return `${ipOf(message.subarray(at, at + (family === 10 ? 16 : 4)))}/${String(length)}`;
}

/** Decodes struct xfrm_userpolicy_info (linux/xfrm.h), which begins with a selector. */
export function policyOf(message: Buffer): RawXfrmPolicy {
  const family = message.readUInt16LE(40);
  const index = message.readUInt32LE(156);
  const template = attributesOf(message, 168).get(TEMPLATES);
  return {
    direction: DIRECTIONS[index & 3] ?? 'fwd',
    index,
    action: message[161] === 0 ? 'allow' : 'block',
    source: block(message, 16, family, message[43] ?? 0),
    destination: block(message, 0, family, message[42] ?? 0),
    ...(template !== undefined && template.length >= 48 && { reqid: template.readUInt32LE(44) }),
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
    reqid: message.readUInt32LE(208),
  };
}
