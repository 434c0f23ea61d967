import type { World } from './context.ts';

type Signals = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGUSR1';

/** What was typed before the countdown begins is read at once. */
const TYPED_AHEAD_MS = 300;

/**
 * Returns a function that lets the user decide about an apply: ENTER or SIGUSR1 keeps it, Ctrl-C, SIGTERM and a lost
 * terminal revert it. Meanwhile these signals do not end the command.
 */
export function decideAt(process: NodeJS.Process): World['decide'] {
  return async ({ seconds, onSecond, ended }) => {
    const keyboard = process.stdin.isTTY && process.stderr.isTTY;
    const until = performance.now() + seconds * 1000;
    // Without a handler SIGHUP is ignored (nohup), and stays so.
    const former = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      .map((signal) => [signal, process.listeners(signal)] as const)
      .filter(([signal, listeners]) => signal !== 'SIGHUP' || listeners.length > 0);
    for (const [signal] of former) process.removeAllListeners(signal);
    const undo: (() => void)[] = [];
    const decision = new Promise<'keep' | 'revert'>((settle) => {
      const on = (signal: Signals, what: 'keep' | 'revert'): void => {
        const listener = (): void => {
          settle(what);
        };
        process.on(signal, listener);
        undo.push(() => process.off(signal, listener));
      };
      on('SIGUSR1', 'keep');
      for (const [signal] of former) on(signal, 'revert');
      if (!keyboard) return;
      const asked = performance.now();
      const onData = (bytes: Buffer): void => {
        // What was typed before the question is no answer to it.
        if (performance.now() - asked < TYPED_AHEAD_MS) return;
        if (/[\r\n]/.test(bytes.toString('latin1'))) settle('keep');
      };
      const onEnd = (): void => {
        settle('revert');
      };
      process.stdin.on('data', onData).once('end', onEnd).once('error', onEnd).resume();
      undo.push(() => process.stdin.off('data', onData).off('end', onEnd).off('error', onEnd).pause());
    });
    const tick = (): void => {
      onSecond(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    };
    tick();
    const timer = setInterval(tick, 1000);
    try {
      return await Promise.race([decision, ended().then(() => 'ended' as const)]);
    } finally {
      clearInterval(timer);
      for (const each of undo) each();
      for (const [signal, listeners] of former) for (const listener of listeners) process.on(signal, listener);
    }
  };
}
