import { clean } from '../../render/clean.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Returns a value from outside as text of XML: without control characters, and with all that has a meaning escaped. */
export function escape(value: string): string {
  return value
    .split('\n')
    .map((line) =>
      clean(line)
        .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
        .replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd'),
    )
    .join('\n');
}
