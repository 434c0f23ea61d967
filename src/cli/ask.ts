import type { World } from './context.ts';

/** Asks at the terminal, on stderr so that stdout stays what the command says. */
export function askAt(streams: Pick<NodeJS.Process, 'stdin' | 'stderr'>): World['ask'] {
  return async (question) => {
    const { isCancel, text } = await import('@clack/prompts');
    const answer = await text({ message: question, input: streams.stdin, output: streams.stderr });
    return isCancel(answer) ? undefined : answer;
  };
}
