import type { Shown } from '../../model/shown.ts';
import { inWords, portInWords } from '../words.ts';
import type { OvsPatchSpec } from './spec.ts';

/** Where its two ends are. */
export function describe(spec: OvsPatchSpec): string {
  return `${portInWords(spec)}, to ${inWords(spec.peer.name)} ${portInWords(spec.peer)}`;
}

export function shown({ name, spec }: { readonly name: string; readonly spec: OvsPatchSpec }): Shown {
  const { bridge, peer } = spec;
  return { joins: [bridge, peer.bridge], ports: [{ name, bridge }, peer] };
}
