import { run } from '../lib/run.mjs';
import { Stop } from '../lib/say.mjs';

/**
 * Runs a program that must succeed; returns what it wrote.
 * @param {readonly string[]} argv
 * @param {Parameters<typeof run>[1]} [options]
 */
export async function tool(argv, options) {
  const { code, output } = await run(argv, options);
  if (code !== 0) throw new Stop(`\`${argv.join(' ')}\` ended with exit code ${code}:\n${output.trim()}`);
  return output;
}
