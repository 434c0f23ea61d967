import type { Shown } from '../../model/shown.ts';
import { asText, portAsText } from '../words.ts';
import type { OvsPatchSpec } from './spec.ts';

/** Describes where its two ends are. */
export function describe(spec: OvsPatchSpec): string {
  return `${portAsText(spec)}, to ${asText(spec.peer.name)} ${portAsText(spec.peer)}`;
}

export function shown({ name, spec }: { readonly name: string; readonly spec: OvsPatchSpec }): Shown {
  const { bridge, peer } = spec;
  return { joins: [bridge, peer.bridge], ports: [{ name, bridge }, peer] };
}
