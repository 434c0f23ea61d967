import { programText } from '../programs/text.ts';
import { shellLine } from './quote.ts';

/** The most bytes that a job reports: with its frame they stay below PIPE_BUF, so concurrent writes are not mixed. */
const JOB_OUTPUT_LIMIT = 3000;

const PREAMBLE = programText(new URL('./preamble.sh', import.meta.url));

/** Returns the first lines that every shell reads: the functions that netloom calls, and the call of the greeting. */
export function preamble(nonce: string): string {
  return `${PREAMBLE}${shellLine(['_nl_hello', nonce, String(JOB_OUTPUT_LIMIT)])}\n`;
}
