/** A bracket that is not closed, or a variable of a template. */
export interface BracketFault {
  readonly kind: 'unclosed' | 'template';
  /** The offsets of the opening bracket, or of the variable's beginning. */
  readonly start: number;
  readonly end: number;
  /** The offset at which the parser noticed that the bracket is not closed. */
  readonly noticedAt?: number;
}

const FLOW_ENDS = '\x18';
const CLOSES: Readonly<Record<string, string>> = { ']': '[', '}': '{' };

/** Follows the flow brackets of a text, lexeme by lexeme. */
export class Brackets {
  readonly #open: { readonly bracket: string; readonly at: number }[] = [];
  #before = '';
  #plain = false;

  /** Takes the next lexeme, at this offset. `plain`: it is the text of a scalar. Returns what is wrong there. */
  next(lexeme: string, at: number, plain: boolean): BracketFault | undefined {
    const [before, wasPlain] = [this.#before, this.#plain];
    [this.#before, this.#plain] = [lexeme, plain];
    if (plain) return undefined;
    if (lexeme === '[' || lexeme === '{') {
      // `${HOST}` and `{{ host }}` are read as mappings.
      const dollar = wasPlain && before.endsWith('$');
      if (lexeme === '{' && (dollar || (before === '{' && !wasPlain))) {
        return { kind: 'template', start: at - 1, end: at + 1 };
      }
      this.#open.push({ bracket: lexeme, at });
      return undefined;
    }
    const innermost = this.#open.at(-1);
    const closes = CLOSES[lexeme];
    if (innermost === undefined || (closes === undefined && lexeme !== FLOW_ENDS)) return undefined;
    if (closes === innermost.bracket) {
      this.#open.pop();
      return undefined;
    }
    return { kind: 'unclosed', start: innermost.at, end: innermost.at + 1, noticedAt: at };
  }
}
