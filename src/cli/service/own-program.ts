import { resolve } from 'node:path';

/** Returns the words that start this program: the single executable, or Node.js and the script. */
export async function ownProgram(process: NodeJS.Process): Promise<readonly string[]> {
  const { isSea } = await import('node:sea');
  const [, script = ''] = process.argv;
  return isSea() ? [process.execPath] : [process.execPath, resolve(script)];
}
