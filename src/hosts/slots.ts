import type { NodeSlots } from '../model/host.ts';

/**
 * Lets `most` nodes be worked on at once. A node keeps its slot as long as something runs there, and what comes for it
 * meanwhile waits for no other node; the nodes that wait are let in in their order.
 */
export function nodeSlots(most: number): NodeSlots {
  const running = new Map<string, number>();
  const waiting: { readonly node: string; readonly go: () => void }[] = [];
  const begin = (node: string): (() => void) => {
    running.set(node, (running.get(node) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (running.get(node) ?? 1) - 1;
      if (left > 0) running.set(node, left);
      else running.delete(node);
      advance();
    };
  };
  const mayEnter = (node: string): boolean => running.has(node) || running.size < most;
  const advance = (): void => {
    for (let i = 0; i < waiting.length;) {
      const next = waiting[i];
      if (next === undefined || !mayEnter(next.node)) i += 1;
      else {
        waiting.splice(i, 1);
        next.go();
      }
    }
  };
  return {
    enter: (node) =>
      new Promise((resolve) => {
        waiting.push({
          node,
          go: () => {
            resolve(begin(node));
          },
        });
        advance();
      }),
  };
}
