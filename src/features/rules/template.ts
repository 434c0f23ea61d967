/** A text with variables (`$name`), taken apart once and filled in for each floating IP. */
export interface Template {
  readonly text: string;
  /** What stands around the variables: one piece more than there are names. */
  readonly pieces: readonly string[];
  readonly names: readonly string[];
}

/** Finds the variables of a text. */
export function readTemplate(text: string): Template {
  // Split by a group, the names stand between the pieces.
  const parts = text.split(/\$([a-z]+)/);
  return { text, pieces: parts.filter((_, at) => at % 2 === 0), names: parts.filter((_, at) => at % 2 === 1) };
}

/** The text with every variable filled in; one without a value is a mistake of a feature, and thrown. */
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
