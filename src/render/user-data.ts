const KEY = /(?:^|[\s{,])(["']?)user_data(?:_base64)?\1\s*:(?=\s|$)/;

/**
 * Returns the lines of a topology with user data replaced by asterisks, as many as there are characters. It goes by the
 * text and not by YAML, so that it also holds for a file that does not parse.
 */
export function hideUserData(lines: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let hides: ((line: string) => boolean) | undefined;
  for (const line of lines) {
    if (hides?.(line) === true) {
      shown.push(starred(line));
      continue;
    }
    const key = KEY.exec(line);
    const at = key === null ? line.length : key.index + key[0].length;
    const value = line.slice(at);
    hides = key === null ? undefined : continuation(line, value);
    shown.push(line.slice(0, at) + hidden(value));
  }
  return shown;
}

/** Returns a test of the lines after that of the key: true as long as they belong to its value. */
function continuation(line: string, value: string): (next: string) => boolean {
  let quote = /^\s*(["'])(?!.*\1)/.exec(value)?.[1];
  return (next) => {
    if (quote === undefined) return next.trim() === '' || indentOf(next) > indentOf(line);
    if (next.includes(quote)) quote = undefined;
    return true;
  };
}

/** The header of a block scalar tells nothing. */
function hidden(value: string): string {
  return /^\s*[|>][-+1-9]*\s*$/.test(value) ? value : starred(value);
}

function starred(text: string): string {
  return text.slice(0, indentOf(text)) + '*'.repeat(text.length - indentOf(text));
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
