import type { Shown } from '../../model/shown.ts';
import { joinParts } from '../words.ts';
import type { TapSpec } from './spec.ts';

/** Describes its MTU, and the bridge it is in. */
export function describe({ mtu, bridge }: TapSpec): string {
  return joinParts([`mtu ${String(mtu)}`, bridge !== '' && `in ${bridge}`]);
}

export function shown({ name, spec: { bridge } }: { readonly name: string; readonly spec: TapSpec }): Shown {
  return { plug: true, ports: [{ name, bridge }] };
}
