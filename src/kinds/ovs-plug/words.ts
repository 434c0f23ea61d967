import type { Shown } from '../../model/shown.ts';
import { portAsText } from '../words.ts';
import type { OvsPlugSpec } from './spec.ts';

/** Describes where it is plugged in. */
export function describe(spec: OvsPlugSpec): string {
  return portAsText(spec);
}

export function shown({ name, spec: { bridge } }: { readonly name: string; readonly spec: OvsPlugSpec }): Shown {
  return { plug: true, ports: [{ name, bridge }] };
}
