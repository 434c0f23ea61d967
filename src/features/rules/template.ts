/** A text with variables (`$name`), parsed once and filled in for each use. */
export interface Template {
  readonly text: string;
  /** The pieces between the variables: one more than there are names. */
  readonly pieces: readonly string[];
  readonly names: readonly string[];
  /** The latest text with one variable: many in a row are filled in with the same value. */
  latest?: { readonly value: string; readonly filled: string };
}

/** Parses the variables of a text. */
export function readTemplate(text: string): Template {
  // Splitting by a group keeps the names between the pieces.
  const parts = text.split(/\$([a-z]+)/);
  return { text, pieces: parts.filter((_, at) => at % 2 === 0), names: parts.filter((_, at) => at % 2 === 1) };
}

/** The values of variables, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the text with every variable filled in. Throws if a variable has no value. */
export function fillTemplate(template: Template, variables: Variables): string {
  const { names, pieces } = template;
  const [only = ''] = names;
  if (names.length === 0) return pieces[0] ?? '';
  if (names.length > 1) return filledIn(template, variables);
  const value = variables[only];
  if (value === undefined || template.latest?.value !== value) {
    template.latest = { value: value ?? '', filled: filledIn(template, variables) };
  }
  return template.latest.filled;
}

function filledIn({ text, pieces, names }: Template, variables: Variables): string {
  let filled = pieces[0] ?? '';
  for (const [at, name] of names.entries()) {
    const value = variables[name];
    if (value === undefined) throw new Error(`no value for $${name} in: ${text}`);
    filled += value + (pieces[at + 1] ?? '');
  }
  return filled;
}
