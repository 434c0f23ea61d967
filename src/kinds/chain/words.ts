import type { Shown } from '../../model/shown.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

/** What others put into a built-in chain is observed under a name of its own. */
const OTHERS = '#foreign';

export function shown({ name, spec: { rules } }: { readonly name: string; readonly spec: ChainSpec }): Shown {
  return { rules: { ...parseChainName(name.replace(OTHERS, '')), rules } };
}
