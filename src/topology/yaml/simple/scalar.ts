/** A text that begins otherwise is a string. */
const SPECIAL = /^[-+.~0-9nNtTfF]/;

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/;
const EXPONENT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/;
const UNUSUAL = /^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/;
const BOOLEAN = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const NULL = /^(?:~|[Nn]ull|NULL)$/;

/**
 * Returns the value of a plain scalar by YAML 1.2's core schema (section 10.3.2); `undefined` for infinity and what is
 * no number, which no field takes.
 */
export function plainValue(text: string): string | number | boolean | null | undefined {
  if (!SPECIAL.test(text)) return text;
  if (INTEGER.test(text)) return Number.parseInt(text, 10);
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return text.startsWith('t') || text.startsWith('T');
  if (OCTAL.test(text)) return Number.parseInt(text.slice(2), 8);
  if (HEXADECIMAL.test(text)) return Number.parseInt(text.slice(2), 16);
  if (FLOAT.test(text) || EXPONENT.test(text)) return Number.parseFloat(text);
  return UNUSUAL.test(text) ? undefined : text;
}
