import pc from 'picocolors';

/** Colour functions; without colour they return their text unchanged. */
export type Paint = ReturnType<typeof pc.createColors>;

/** The colour functions for a stream. */
export function paint(enabled: boolean): Paint {
  return pc.createColors(enabled);
}

/**
 * Whether a stream gets colour: `--no-color` and NO_COLOR say no, FORCE_COLOR says yes (0 and false: no), else a terminal
 * does (no-color.org, force-color.org). The flag is stronger than either variable; NO_COLOR is stronger than FORCE_COLOR.
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
