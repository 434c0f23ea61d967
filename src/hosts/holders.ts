import type { HeldLock, HungProcess, Shell } from '../model/host.ts';
import { programText } from '../programs/text.ts';
import { parseHolder } from './holder.ts';
import { shellLine } from './quote.ts';

const PARTS = [
  programText(new URL('./processes.pl', import.meta.url)),
  programText(new URL('./holders.pl', import.meta.url)),
];

/**
 * Returns the processes that hold the lock of a node; none if it is free. With `end` they are ended first, with the
 * jobs of the holder: what is returned then cannot be killed. The lock's file is not touched.
 */
export async function lockHolders(shell: Shell, { end }: { readonly end: boolean }): Promise<HeldLock> {
  const program = PARTS.flatMap((part) => ['-e', part]);
  const output = await shell.read(shellLine(['perl', ...program, '--', end ? 'end' : 'list']));
  const [text = '', lines = ''] = output.split('\n@holders\n');
  return { holder: parseHolder(text), processes: lines.split('\n').flatMap(parseProcess) };
}

function parseProcess(line: string): HungProcess[] {
  const [, pid, state = '', command = ''] = /^pid=(\d+) (\S) (.*)$/.exec(line) ?? [];
  return pid === undefined ? [] : [{ pid: Number(pid), state, command }];
}
