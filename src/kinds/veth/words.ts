import type { Netns } from '../../model/resource.ts';
import type { Shown } from '../../model/shown.ts';
import { asText, joinParts } from '../words.ts';
import type { VethSpec } from './spec.ts';

/** Describes the link-layer address and MTU of its device, and where its tap is. */
export function describe({ mac, mtu, tap }: VethSpec): string {
  const inBridge = tap.bridge === '' ? '' : ` in ${tap.bridge}`;
  return joinParts([`mac ${asText(mac)}`, `mtu ${String(mtu)}`, `tap ${asText(tap.name)}${inBridge}`]);
}

/** Half a pair in the node's own namespace has its device elsewhere. */
export function shown({ netns, spec }: { readonly netns: Netns; readonly spec: VethSpec }): Shown {
  return { ...(netns !== null && { device: { mac: spec.mac } }), ports: [spec.tap] };
}
