import { kindOf } from '../../kinds/registry.ts';
import { specAsText } from '../../kinds/words.ts';
import type { KindName } from '../../model/resource.ts';
import { clean } from '../clean.ts';

/** Returns one line about an object from its kind; empty if its name is enough. */
export function describe(kind: KindName, spec: unknown): string {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return '';
  return clean(kindOf(kind).describe?.(spec) ?? specAsText(spec));
}
