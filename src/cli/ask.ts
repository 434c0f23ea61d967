import { createInterface } from 'node:readline';
import type { World } from './context.ts';

/**
 * Returns a function that asks at the terminal. It writes to stderr, because stdout has only the command's output. The
 * question is a plain line without a prompt library, so that it is readable at any width, also at an unknown one.
 */
export function askAt(process: Pick<NodeJS.Process, 'stdin' | 'stderr' | 'kill' | 'pid'>): World['ask'] {
  return (question) =>
    new Promise((settle) => {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      prompt.once('SIGINT', () => {
        // The signal ends the command; the promise stays pending.
        prompt.removeAllListeners('close');
        prompt.close();
        process.kill(process.pid, 'SIGINT');
      });
      prompt.once('close', () => {
        process.stderr.write('\n');
        settle(undefined);
      });
      prompt.question(`${question}\n  Enter a value: `, (answer) => {
        settle(answer);
        prompt.removeAllListeners('close');
        prompt.close();
      });
    });
}
