import type { Shown } from '../../model/shown.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

export function shown({ name, spec: { rules } }: { readonly name: string; readonly spec: ChainSpec }): Shown {
  return { rules: { ...parseChainName(name), rules } };
}
