import { programText } from '../programs/text.ts';
import { shellLine } from './quote.ts';

/** What a job may report at most: with its frame it stays below PIPE_BUF, so one write is never torn by another's. */
const JOB_OUTPUT_LIMIT = 3000;

const PREAMBLE = programText(new URL('./preamble.sh', import.meta.url));

/** The first lines every shell of ours reads: the functions that we call there, and the call of the one that greets. */
export function preamble(nonce: string): string {
  return `${PREAMBLE}${shellLine(['_nl_hello', nonce, String(JOB_OUTPUT_LIMIT)])}\n`;
}
