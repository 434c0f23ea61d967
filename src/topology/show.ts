const LONGEST = 64;

/** A value as messages quote it: JSON with control characters escaped, clipped. */
export function show(value: unknown): string {
  if (typeof value === 'string') return escapeControls(JSON.stringify(clip(value)));
  // JSON has no notation for NaN and infinity.
  if (typeof value === 'number') return String(value);
  return escapeControls(clip(JSON.stringify(value)));
}

/** Text with control characters, and characters that reverse or hide text on a terminal, as `\uXXXX` escapes. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A path as messages show it: `routers.r1.routes[0].nexthop`. */
export function showPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${String(part)}]`;
    else text += (text === '' ? '' : '.') + (/^[\w.-]{1,64}$/.test(part) ? part : show(part));
  }
  return text === '' ? 'the topology' : text;
}

function clip(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
