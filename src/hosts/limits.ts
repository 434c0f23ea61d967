/** The default of `--timeout`, in milliseconds: nothing that netloom runs pauses for so long on a node that works. */
export const LIMIT_MS = 60_000;

/** After so many milliseconds of silence, client and node give each other up. */
export const SILENCE_MS = 30_000;

/** How often client and node are heard of within that time. */
export const BEATS = 6;
