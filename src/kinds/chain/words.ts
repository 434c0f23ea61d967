import type { Shown } from '../../model/shown.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

/** Foreign rules of a built-in chain are observed under a name of their own. */
const OTHERS = '#foreign';

export function shown({ name, spec: { rules } }: { readonly name: string; readonly spec: ChainSpec }): Shown {
  return { rules: { ...parseChainName(name.replace(OTHERS, '')), rules } };
}
