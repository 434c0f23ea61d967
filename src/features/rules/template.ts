/** A text with variables (`$name`), parsed once and filled in for each use. */
export interface Template {
  readonly text: string;
  /** The pieces between the variables: one more than there are names. */
  readonly pieces: readonly string[];
  readonly names: readonly string[];
}

/** Parses the variables of a text. */
export function readTemplate(text: string): Template {
  // Splitting by a group keeps the names between the pieces.
  const parts = text.split(/\$([a-z]+)/);
  return { text, pieces: parts.filter((_, at) => at % 2 === 0), names: parts.filter((_, at) => at % 2 === 1) };
}

/** Returns the text with every variable filled in. Throws if a variable has no value. */
export function fillTemplate(
  { text, pieces, names }: Template,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  let filled = pieces[0] ?? '';
  names.forEach((name, at) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`no value for $${name} in: ${text}`);
    filled += value + (pieces[at + 1] ?? '');
  });
  return filled;
}
