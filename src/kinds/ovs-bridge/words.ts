import type { Shown } from '../../model/shown.ts';
import type { OvsBridgeSpec } from './spec.ts';

export function shown({ spec: { up } }: { readonly spec: OvsBridgeSpec }): Shown {
  return { bridge: { up } };
}
