import type { Shown } from '../../model/shown.ts';
import { asText, portAsText, joinParts } from '../words.ts';
import type { OvsInternalSpec } from './spec.ts';

/** Describes its link-layer address and MTU, and where it is plugged in. */
export function describe(spec: OvsInternalSpec): string {
  return joinParts([`mac ${asText(spec.mac)}`, `mtu ${asText(spec.mtu)}`, portAsText(spec)]);
}

export function shown({ name, spec }: { readonly name: string; readonly spec: OvsInternalSpec }): Shown {
  return { device: { mac: spec.mac }, ports: [{ name, bridge: spec.bridge }] };
}
