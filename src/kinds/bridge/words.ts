import type { Shown } from '../../model/shown.ts';
import { specAsText, joinParts } from '../words.ts';
import type { BridgeSpec } from './spec.ts';

/** Describes its link-layer address, or the NIC whose address it takes, and its attributes. */
export function describe({ mac, macOf, attributes }: BridgeSpec): string {
  return joinParts([
    mac !== undefined && `mac ${mac}`,
    macOf !== undefined && `mac of ${macOf}`,
    specAsText(attributes),
  ]);
}

export function shown({ spec: { up } }: { readonly spec: BridgeSpec }): Shown {
  return { bridge: { up } };
}
