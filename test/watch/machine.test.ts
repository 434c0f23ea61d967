import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../src/watch/backoff.ts';
import { firstState, step, wakeAt, type Effect, type Ended, type Input, type State } from '../../src/watch/machine.ts';

const SETTINGS = { saveMs: 150, resyncMs: 30_000, random: () => 0.5 };

type Untimed = Input extends infer I ? (I extends { readonly at: number } ? Omit<I, 'at'> : never) : never;

/** A machine with a clock that is set by hand. */
class Machine {
  state: State = firstState(0);
  effects: Effect[] = [];
  at = 0;

  take(input: Untimed): this {
    const { state, effects } = step(this.state, { ...input, at: this.at }, SETTINGS);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** Lets the time pass until then, with a tick whenever the machine wants one. */
  until(at: number): this {
    while (wakeAt(this.state) <= at) {
      this.at = Math.max(this.at, wakeAt(this.state));
      this.take({ type: 'tick' });
    }
    this.at = at;
    return this;
  }

  end(ended: Ended): this {
    return this.take({ type: 'ended', ended });
  }

  /** The looks and the events since the last call. */
  said(): string[] {
    const said = this.effects.map((effect) => {
      if (effect.type === 'prepare') return 'prepare';
      if (effect.type === 'tell') return effect.event.type;
      const { file, everything, nodes } = effect.look;
      const where = [...nodes].map(([node, namespaces]) => `${node}:${[...namespaces.keys()].join('+')}`);
      const words = ['look', file, everything && 'everything', ...where, ...effect.without.map((node) => `-${node}`)];
      return words.filter(Boolean).join(' ');
    });
    this.effects = [];
    return said;
  }
}

const heard = (netns: string | null, node = 'n1'): Untimed => ({
  type: 'heard',
  node,
  netns,
  reason: 'kernel',
  time: 1,
});

/** A machine that is idle after its first run, which ended at 100. */
function idle(): Machine {
  const machine = new Machine().until(100).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['look forced']);
  return machine;
}

test('reports of a burst are one look, at the namespaces that spoke', () => {
  const machine = idle().take(heard('qrouter-1'));
  machine.at += 3;
  machine.take(heard('qrouter-2')).take(heard('qrouter-1')).take(heard(null, 'n2')).until(200);
  expect(machine.said()).toEqual(['look n1:qrouter-1+qrouter-2 n2:']);
  expect(machine.state.phase).toBe('checking');
});

test('what is heard during an apply is looked at after it', () => {
  const machine = idle().take(heard('a')).until(150).take({ type: 'differs' });
  expect(machine.state.phase).toBe('applying');
  machine.take(heard('b')).until(400);
  expect(machine.said()).toEqual(['look n1:a']);
  machine.end({ outcome: 'good', found: true }).until(500);
  expect(machine.said()).toEqual(['look n1:b']);
});

test('a save settles before it is run, and is prepared once', () => {
  const machine = idle().take({ type: 'saved' }).until(200).take({ type: 'saved' }).until(340);
  expect(machine.said()).toEqual(['prepare']);
  machine.until(350);
  expect(machine.said()).toEqual(['look saved']);
});

test('a bad file blocks; the network is kept meanwhile; a good one ends that', () => {
  const machine = idle()
    .take({ type: 'saved' })
    .until(1000)
    .end({ outcome: 'blocked', codes: ['NL109'] });
  expect(machine.said()).toEqual(['prepare', 'look saved', 'blocked']);
  machine.take(heard('a')).until(2000).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['look n1:a']);
  expect(machine.state.blocked).toBe(true);
  machine.take({ type: 'saved' }).until(3000).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['prepare', 'look saved', 'unblocked']);
});

test('a look without a node does not say that it is well again, however long the look takes', () => {
  const machine = idle().take(heard('a')).until(200);
  machine.end({ outcome: 'failed', failed: new Map([['n1', 'lost']]) });
  machine.take(heard('c', 'n2')).until(300);
  expect(machine.said()).toEqual(['look n1:a', 'backing-off', 'look n2:c -n1']);
  // It is due to be retried since 1300.
  machine.until(1500).end({ outcome: 'good' });
  expect(machine.said()).toEqual([]);
  machine.until(1501).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['look everything', 'recovered']);
});

test('a node that fails is left out, and retried after twice as long each time; the others go on', () => {
  const machine = idle().take(heard('a')).until(200);
  machine.end({ outcome: 'failed', failed: new Map([['n1', 'lost']]) });
  expect(machine.said()).toEqual(['look n1:a', 'backing-off']);
  machine.take(heard('b')).take(heard('c', 'n2')).until(300).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['look n2:c -n1']);
  machine.until(1300);
  expect(machine.said()).toEqual(['look everything']);
  machine.end({ outcome: 'failed', failed: new Map([['n1', 'lost']]) }).until(3299);
  expect(machine.said()).toEqual(['backing-off']);
  machine.until(3300).end({ outcome: 'good' });
  expect(machine.said()).toEqual(['look everything', 'recovered']);
});

test('a file that could not be applied everywhere is applied when the node is retried', () => {
  const machine = idle().take({ type: 'saved' }).until(300);
  machine.end({ outcome: 'good', failed: new Map([['n2', 'lost']]) }).until(2000);
  expect(machine.said()).toEqual(['prepare', 'look saved', 'backing-off', 'look forced everything']);
});

test('after a revert nothing is done until people want it', () => {
  const machine = idle().take({ type: 'saved' }).until(300).end({ outcome: 'reverted' });
  expect(machine.said()).toEqual(['prepare', 'look saved', 'standing-still']);
  machine.take(heard('a')).until(1_000_000);
  expect(machine.said()).toEqual([]);
  machine.take({ type: 'told' }).until(1_000_001);
  expect(machine.said()).toEqual(['look forced everything']);
});

test('everything is read at each resync', () => {
  const machine = idle().until(30_099);
  expect(machine.said()).toEqual([]);
  machine.until(30_100);
  expect(machine.said()).toEqual(['look everything']);
});

test('a node that speaks all the time without a difference is looked at ever more seldom', () => {
  const machine = idle();
  let looks = 0;
  for (let at = 101; at < 20_101; at += 1) {
    machine.until(at).take(heard(null));
    if (machine.state.phase !== 'checking') continue;
    looks += 1;
    machine.at += 40;
    machine.end({ outcome: 'good' });
  }
  expect(looks).toBeLessThan(80);
});

test('the waits double from a second to five minutes, give or take a tenth', () => {
  expect([1, 2, 3, 9, 10, 99].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
  expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([900, 1100]);
});

describe('whatever happens', () => {
  const input = fc.oneof(
    fc.constant<Untimed>({ type: 'saved' }),
    fc.constant<Untimed>({ type: 'told' }),
    fc.constantFrom('a', 'b', null).map((netns) => heard(netns)),
    fc.constant<Untimed>({ type: 'differs' }),
    fc
      .record({
        outcome: fc.constantFrom<Ended['outcome']>('good', 'blocked', 'refused', 'failed', 'reverted', 'nothing'),
        found: fc.boolean(),
        failed: fc.constantFrom<ReadonlyMap<string, string>>(new Map(), new Map([['n1', 'lost']])),
      })
      .map((ended): Untimed => ({ type: 'ended', ended })),
  );
  const inputs = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 2000 }), input }), { maxLength: 60 });

  test('at most one look is under way, and what was heard is looked at, or its node retried, within a second', () => {
    fc.assert(
      fc.property(inputs, (steps) => {
        const machine = new Machine();
        let busy = false;
        for (const { wait, input } of steps) {
          machine.until(machine.at + wait);
          const before = machine.said().filter((word) => word.startsWith('look')).length;
          expect(before).toBeLessThanOrEqual(busy ? 0 : 1);
          busy ||= before > 0;
          expect(['checking', 'applying'].includes(machine.state.phase)).toBe(busy);
          // Only a look that is under way can end, or find something.
          if ((input.type === 'ended' || input.type === 'differs') && !busy) continue;
          machine.take(input);
          if (input.type === 'ended') busy = false;
        }
        if (busy) machine.end({ outcome: 'good' });
        if (machine.state.phase === 'standing-still') return;
        machine.said();
        machine.take(heard('z')).until(machine.at + 1000);
        const seen = machine.said().some((word) => word.startsWith('look'));
        expect(seen || machine.state.failed.has('n1') || machine.state.look !== undefined).toBe(true);
      }),
    );
  });
});
