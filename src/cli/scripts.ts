import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isNodeScript } from '../session/scripts.ts';
import type { Context } from './context.ts';
import { cliError } from './error.ts';
import { createFile } from './write-file.ts';

/**
 * Writes the script of each node into a folder, as NODE.sh: only you can read it, since it may hold secrets. An earlier
 * script is replaced; `-` prints that of the only node. @throws DiagnosticError NLX25, NLX26, NLX36
 */
export async function writeScripts(
  { output }: Context,
  folder: string,
  scripts: ReadonlyMap<string, string>,
): Promise<void> {
  if (folder === '-') {
    const [only, ...others] = scripts.values();
    if (others.length > 0) throw severalNodes([...scripts.keys()]);
    output.out.write(only ?? '');
    return;
  }
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  for (const [node, text] of scripts) {
    const file = join(folder, `${node}.sh`);
    await createFile(file, text, 0o700, isNodeScript);
    output.err.line(`Wrote ${file}`);
  }
}

function severalNodes(nodes: readonly string[]): Error {
  return cliError('NLX36', `there is a script for each of ${nodes.join(', ')}`, {
    hint: 'name a folder for them, or choose one with --node',
  });
}
