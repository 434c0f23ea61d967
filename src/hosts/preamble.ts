import { programText } from '../programs/text.ts';
import { BIRTH_PARTS } from './birth.ts';
import { shellLine } from './quote.ts';

/** The most bytes that a script reports: the end of a job's output, or of a read's stderr. */
const OUTPUT_LIMIT = 3000;

const PREAMBLE = programText(new URL('./preamble.sh', import.meta.url));

/** The supervisor's parts, in their order. */
const PARTS = [
  ...BIRTH_PARTS,
  programText(new URL('./processes.pl', import.meta.url)),
  programText(new URL('./jobs.pl', import.meta.url)),
  programText(new URL('./lock.pl', import.meta.url)),
  programText(new URL('./login.pl', import.meta.url)),
  programText(new URL('./supervisor.pl', import.meta.url)),
];

/** Returns the lines that every shell reads first: they start the supervisor, which greets with the nonce. */
export function preamble(nonce: string): string {
  const program = PARTS.flatMap((part) => ['-e', part]);
  return `${PREAMBLE}${shellLine(['supervise', nonce, ...program, '--', nonce, String(OUTPUT_LIMIT)])}\n`;
}
