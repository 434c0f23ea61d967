import { readdirSync, readFileSync } from 'node:fs';

/**
 * Reads a file of the package, such as package.json. The argument is always `new URL('../…', import.meta.url)`, in
 * these words: the bundle has the text in place of the call (scripts/lib/bundle.mjs), and so needs no file.
 */
export function packagedText(file: URL): string {
  return readFileSync(file, 'utf8');
}

/**
 * Reads the files of a folder of the package whose names end with the suffix, by their names without it. The arguments
 * are always `new URL('../…/', import.meta.url)` and a literal, as for {@link packagedText}.
 */
export function packagedTexts(folder: URL, suffix: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return Object.fromEntries(
    names.sort().map((name) => [name.slice(0, -suffix.length), readFileSync(new URL(name, folder), 'utf8')]),
  );
}
