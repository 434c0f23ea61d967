import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';

/** What a mark on the text says: a code and where it applies, as offsets. */
export interface Finding {
  readonly code: 'NL012' | 'NL019';
  readonly start: number;
  readonly end: number;
}

/**
 * Collections inside collections that are read. The deepest value of a topology is eight levels down; the composer
 * after us recurses, and a stack that is nearly full kills the whole process (a regular expression compiled there ends
 * V8).
 */
export const DEEPEST = 100;

const PLAIN_SCALAR_FOLLOWS = '\x1f';
const ODD_SPACE = /[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/**
 * The tokens of a text, and what is wrong with it before its structure is even known. Reading stops where the nesting
 * is too deep: there are no tokens then.
 */
export function scan(
  text: string,
  onNewLine: (offset: number) => void,
): { tokens: readonly CST.Token[]; findings: readonly Finding[] } {
  const parser = new Parser(onNewLine);
  const tokens: CST.Token[] = [];
  const findings: Finding[] = [];
  onNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (parser.stack.length > DEEPEST) {
      return { tokens: [], findings: [...findings, { code: 'NL019', start: parser.offset, end: parser.offset + 1 }] };
    }
    const odd = isProse(lexeme) ? undefined : ODD_SPACE.exec(lexeme);
    if (odd != null && lexeme !== '\ufeff') {
      const start = parser.offset + odd.index;
      findings.push({ code: 'NL012', start, end: start + 1 });
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, findings };
}

/** Comments and quoted text, where any character is what its writer meant. */
function isProse(lexeme: string): boolean {
  return lexeme === PLAIN_SCALAR_FOLLOWS || lexeme.startsWith('#') || lexeme.startsWith('"') || lexeme.startsWith("'");
}
