/** How long the soak of `npm run test:all` takes from the lab to the table, in minutes: no more. */
export const TEST_MINUTES = 3;

/** What is kept of that for the lab and the checks at the end, in milliseconds. */
export const AROUND_MS = 30_000;

/** How long the watch may take to put something right, on a machine that does other things too. */
export const PATIENCE_MS = 60_000;

/** How often the watch reads everything: what has no event is healed within this time. */
export const RESYNC_S = 5;

/**
 * The netloom that is measured lives between these parts of the time; before and after, netloom itself is killed.
 * @param {number} part
 */
export const mayKill = (part) => part < 0.2 || part > 0.92;

/**
 * The most that the last third of the measured time may have more than the first: `share` of it, and `more`. The memory
 * of a JavaScript program swings by tens of megabytes until its garbage is collected; all else is counted exactly, but
 * a reader may be starting while it is counted.
 * @type {Readonly<Record<keyof import('./gauges.mjs').Gauges, { share: number, more: number }>>}
 */
export const MARGINS = {
  descriptors: { share: 0, more: 2 },
  readersDescriptors: { share: 0, more: 4 },
  megabytes: { share: 0.25, more: 30 },
  readersMegabytes: { share: 0.25, more: 10 },
  processes: { share: 0, more: 1 },
  unnamedNamespaces: { share: 0, more: 0 },
};
