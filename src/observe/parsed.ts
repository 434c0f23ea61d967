import type { Probe } from '../model/probe.ts';

/** Parsed values by the id of the probe and the text. */
type Values = Map<string, Map<string, unknown>>;

/** What was parsed of each node's last reading. */
const LAST = new Map<string, Values>();

/**
 * Returns a parser for one reading of a node. A text that the same probe printed in the reading before, anywhere on the
 * node, has the same value: a watch, and an apply, read a node again of which little has changed. The reading of a part
 * of the node adds to the reading before.
 */
export function parserFor(node: string, isPart = false): <T>(probe: Probe<T>, text: string) => T {
  const before = LAST.get(node);
  const now: Values = (isPart ? before : undefined) ?? new Map<string, Map<string, unknown>>();
  LAST.set(node, now);
  return <T>(probe: Probe<T>, text: string): T => {
    const texts = now.get(probe.id) ?? new Map<string, unknown>();
    now.set(probe.id, texts);
    if (!texts.has(text)) {
      const known = before?.get(probe.id);
      texts.set(text, known?.has(text) === true ? known.get(text) : probe.parse(text));
    }
    return texts.get(text) as T;
  };
}
