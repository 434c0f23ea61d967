import type { Shown } from '../../model/shown.ts';
import { factsInWords, sentence } from '../words.ts';
import type { BridgeSpec } from './spec.ts';

/** Its link-layer address, or whose it takes, and its attributes. */
export function describe({ mac, macOf, attributes }: BridgeSpec): string {
  return sentence([
    mac !== undefined && `mac ${mac}`,
    macOf !== undefined && `mac of ${macOf}`,
    factsInWords(attributes),
  ]);
}

export function shown({ spec: { up } }: { readonly spec: BridgeSpec }): Shown {
  return { bridge: { up } };
}
