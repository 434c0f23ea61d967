/** The build puts a hash of all its sources in this place (scripts/lib/bundle.mjs). */
declare const NETLOOM_BUILD: string | undefined;

/** Identifies the code of netloom; `undefined` where it is not built. */
export const BUILD = typeof NETLOOM_BUILD === 'string' ? NETLOOM_BUILD : undefined;
