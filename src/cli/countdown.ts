import type { Decision, OpenWindow } from '../session/window/window.ts';
import type { Context } from './context.ts';

/** Counts down in place on a terminal, elsewhere on one line, until the user or another client decides. */
export async function countDown(
  context: Context,
  window: OpenWindow,
  seconds: number,
  file: string,
): Promise<Decision | 'ended'> {
  const { err } = context.output;
  const atTerminal = context.interactive();
  const text = (left: number): string => `Changes will revert in ${String(left)} seconds`;
  if (!atTerminal) err.line(`${text(seconds)}; netloom confirm ${file} or SIGUSR1 keeps them`);
  const answer = await context.decide({
    seconds,
    ended: window.ended,
    onSecond(left) {
      if (atTerminal)
        err.write(`\r\u001b[K${err.colours.bold(text(left))}: ENTER keeps them, Ctrl-C reverts them now `);
    },
  });
  if (atTerminal) err.write('\n');
  return answer;
}
