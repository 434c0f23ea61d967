import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeSlots } from '../../src/hosts/slots.ts';

describe('nodes that are worked on at once', () => {
  it('a node enters when another one has ended, and more work of a node at once', async () => {
    const slots = nodeSlots(1);
    const entered: string[] = [];
    const first = await slots.enter('a');
    const second = await slots.enter('a');
    const other = slots.enter('b').then((leave) => {
      entered.push('b');
      return leave;
    });
    first();
    first();
    await Promise.resolve();
    expect(entered).toEqual([]);
    second();
    (await other)();
    expect(entered).toEqual(['b']);
    (await slots.enter('a'))();
  });

  it('never more than allowed, and everything gets its turn', async () => {
    const work = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), work, async (most, nodes) => {
        const slots = nodeSlots(most);
        const running: string[] = [];
        let highest = 0;
        await Promise.all(
          nodes.map(async (node) => {
            const leave = await slots.enter(node);
            running.push(node);
            highest = Math.max(highest, new Set(running).size);
            await new Promise((resolve) => setImmediate(resolve));
            running.splice(running.indexOf(node), 1);
            leave();
          }),
        );
        expect(highest).toBe(Math.min(most, new Set(nodes).size));
      }),
      { numRuns: 30 },
    );
  });
});
