import { KERNEL_NUMBERS } from '../kernel/netlink/numbers.ts';
import { programText } from '../programs/text.ts';

/** The parts of a Perl program that creates a namespace. */
export const BIRTH_PARTS: readonly string[] = [KERNEL_NUMBERS, programText(new URL('./birth.pl', import.meta.url))];

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };

/** Returns words as a line that `words_of` of birth.pl reads. */
export function wordsLine(words: readonly string[]): string {
  return words.map((word) => word.replace(/[\\\n\t]/g, (character) => ESCAPES[character] ?? character)).join('\t');
}
