import type { Locate, Part, Path } from '../../valid.ts';
import { shownOf, type Span, type ToRange } from '../places.ts';
import type { Places } from './places.ts';
import type { Simple } from './read.ts';

/** The `locate` of a simple text. */
export function simpleLocator({ places, span }: Simple, toRange: ToRange): Locate {
  return (path: Path, what: Part = 'value') => {
    let inner: Places | undefined = places;
    let [key, value]: readonly [Span | undefined, Span] = [undefined, span];
    for (const part of path) {
      const index: number | undefined = inner?.indexOf(part);
      if (inner === undefined || index === undefined) return undefined;
      [key, value] = [inner.keyAt(index), inner.valueAt(index)];
      inner = inner.innerAt(index);
    }
    return toRange(shownOf(what, key, value));
  };
}
