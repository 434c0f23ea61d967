import { MARKS } from '../kinds/marks.ts';
import type { NodeView } from '../model/probe.ts';
import type { Trace } from '../model/trace.ts';

/** Returns all objects of a node that name a topology. Pure. */
export function tracesOf(view: NodeView): readonly Trace[] {
  return MARKS.flatMap((marks) => [...(marks.traces?.(view) ?? [])]);
}
