import type { HeldLock, HungProcess, Shell } from '../model/host.ts';
import { programText } from '../programs/text.ts';
import { parseHolder } from './holder.ts';
import { shellLine } from './quote.ts';

const PARTS = [
  programText(new URL('./processes.pl', import.meta.url)),
  programText(new URL('./holders.pl', import.meta.url)),
];

/**
 * Returns the processes that hold the lock of a node; none if it is free. Those of `end`, which was returned before,
 * are ended first, with the jobs of the holder: what is returned then of the same session cannot be killed. A holder of
 * another session is never ended. The lock's file is not touched.
 */
export async function lockHolders(shell: Shell, end?: HeldLock): Promise<HeldLock> {
  const program = PARTS.flatMap((part) => ['-e', part]);
  const output = await shell.read(shellLine(['perl', ...program, '--', ...(end ? [end.session] : [])]));
  const [text = '', list = ''] = output.split('\n@holders\n');
  const lines = list.split('\n');
  const session = /^session=(.*)$/.exec(lines[0] ?? '')?.[1] ?? '';
  return { holder: parseHolder(text), session, processes: lines.flatMap(parseProcess) };
}

function parseProcess(line: string): HungProcess[] {
  const [, pid, state = '', command = ''] = /^pid=(\d+) (\S) (.*)$/.exec(line) ?? [];
  return pid === undefined ? [] : [{ pid: Number(pid), state, command }];
}
