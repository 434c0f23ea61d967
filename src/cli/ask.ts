import { createInterface } from 'node:readline';
import type { World } from './context.ts';

/**
 * Asks at the terminal, on stderr so that stdout stays what the command says. A plain line, and no prompt library: one
 * question is asked, and it has to be readable in a terminal of any width, also one that says it has none.
 */
export function askAt(process: Pick<NodeJS.Process, 'stdin' | 'stderr' | 'kill' | 'pid'>): World['ask'] {
  return (question) =>
    new Promise((settle) => {
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      prompt.once('SIGINT', () => {
        // The signal ends the command; the question has no answer.
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
