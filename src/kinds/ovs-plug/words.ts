import type { Shown } from '../../model/shown.ts';
import { portInWords } from '../words.ts';
import type { OvsPlugSpec } from './spec.ts';

/** Where it is plugged in. */
export function describe(spec: OvsPlugSpec): string {
  return portInWords(spec);
}

export function shown({ name, spec: { bridge } }: { readonly name: string; readonly spec: OvsPlugSpec }): Shown {
  return { plug: true, ports: [{ name, bridge }] };
}
