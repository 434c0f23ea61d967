import pc from 'picocolors';

/** Colour functions; without colour they return their text unchanged. */
export type Paint = ReturnType<typeof pc.createColors>;

/** Returns the colour functions for a stream. */
export function paint(enabled: boolean): Paint {
  return pc.createColors(enabled);
}

/**
 * Returns true if a stream gets colour: never with `--no-color` or NO_COLOR, always with FORCE_COLOR (0 and false:
 * never), otherwise if it is a terminal (no-color.org, force-color.org). The flag overrides both variables, NO_COLOR
 * overrides FORCE_COLOR.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  stream: { readonly isTTY: boolean },
  flag?: boolean,
): boolean {
  if (flag === false) return false;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}
