import { expect, test } from 'vitest';
import { Interrupts, type Stopping } from '../../src/session/interrupts.ts';

const named = (name: string) => (how: Stopping) => new Error(`${name} ${how}`);

test('before an apply the first interrupt ends everything', () => {
  const interrupts = new Interrupts();
  expect(interrupts.ask(named('first'))).toBe('ended');
  expect(interrupts.signal.reason).toEqual(new Error('first ended'));
});

test('during an apply the first one stops the apply alone; everything ends when its result was told', () => {
  const interrupts = new Interrupts();
  const stop = interrupts.hold();
  expect(interrupts.ask(named('first'))).toBe('begun');
  expect([stop.aborted, interrupts.signal.aborted]).toEqual([true, false]);
  expect(interrupts.release()).toEqual(new Error('first begun'));
  expect(interrupts.signal.reason).toEqual(new Error('first begun'));
});

test('the second one ends everything at once', () => {
  const interrupts = new Interrupts();
  interrupts.hold();
  interrupts.ask(named('first'));
  expect(interrupts.ask(named('second'))).toBe('now');
  expect(interrupts.signal.reason).toEqual(new Error('second now'));
});

test('a closed terminal lets an apply go on to its end, and does not count as the first one', () => {
  const interrupts = new Interrupts();
  const stop = interrupts.hold();
  expect(interrupts.ask(named('hangup'), 'finish')).toBe('later');
  expect(interrupts.ask(named('hangup again'), 'finish')).toBe('later');
  expect([stop.aborted, interrupts.signal.aborted]).toEqual([false, false]);
  expect(interrupts.ask(named('first'))).toBe('begun');
  expect(stop.aborted).toBe(true);
  expect(interrupts.ask(named('hangup'), 'finish')).toBe('later');
  expect(interrupts.release()).toEqual(new Error('hangup later'));
});

test('without an interrupt an apply leaves nothing behind, and the next interrupt ends everything', () => {
  const interrupts = new Interrupts();
  interrupts.hold();
  expect(interrupts.release()).toBeUndefined();
  expect(interrupts.signal.aborted).toBe(false);
  expect(interrupts.ask(named('later'))).toBe('ended');
});

test('an apply that allows it leaves what it did when it is asked so; the second interrupt ends everything', () => {
  const interrupts = new Interrupts();
  const stop = interrupts.hold({ leaves: true });
  expect(interrupts.leaves).toBe(false);
  expect(interrupts.ask(named('first'), 'leave')).toBe('leaves');
  expect([stop.aborted, interrupts.leaves, interrupts.signal.aborted]).toEqual([true, true, false]);
  expect(interrupts.ask(named('second'), 'leave')).toBe('now');
  expect(interrupts.signal.reason).toEqual(new Error('second now'));
});

test('an apply that does not allow it rolls back all the same, and so does one that is asked to', () => {
  const confirmed = new Interrupts();
  confirmed.hold({ reverts: true });
  expect([confirmed.ask(named('first'), 'leave'), confirmed.leaves]).toEqual(['begun', false]);
  const asked = new Interrupts();
  asked.hold({ leaves: true });
  expect([asked.ask(named('first')), asked.leaves]).toEqual(['begun', false]);
});
