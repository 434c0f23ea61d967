import type { Shown } from '../../model/shown.ts';
import { inWords, portInWords, sentence } from '../words.ts';
import type { OvsInternalSpec } from './spec.ts';

/** Its link-layer address and MTU, and where it is plugged in. */
export function describe(spec: OvsInternalSpec): string {
  return sentence([`mac ${inWords(spec.mac)}`, `mtu ${inWords(spec.mtu)}`, portInWords(spec)]);
}

export function shown({ name, spec }: { readonly name: string; readonly spec: OvsInternalSpec }): Shown {
  return { device: { mac: spec.mac }, ports: [{ name, bridge: spec.bridge }] };
}
