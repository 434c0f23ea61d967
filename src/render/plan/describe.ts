import { kindOf } from '../../kinds/registry.ts';
import { specAsText } from '../../kinds/words.ts';
import type { KindName } from '../../model/resource.ts';
import { clean } from '../clean.ts';

/** One line about an object, as its kind puts it; empty when its name says it all. */
export function describe(kind: KindName, spec: unknown): string {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return '';
  return clean(kindOf(kind).describe?.(spec) ?? specAsText(spec));
}
