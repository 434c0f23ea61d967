/**
 * Output of the scripts. Coloured on a TTY unless NO_COLOR is set, and everywhere if FORCE_COLOR is set.
 */

export const colour =
  process.env['NO_COLOR'] === undefined || process.env['NO_COLOR'] === ''
    ? process.stdout.isTTY || ![undefined, '', '0'].includes(process.env['FORCE_COLOR'])
    : false;

/** @param {number} code */
function paint(code) {
  /** @param {string} text */
  return (text) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
}

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

/** @param {string} [line] */
export function say(line = '') {
  process.stdout.write(line + '\n');
}

// The reader closed the pipe (`npm run demo | head`): exit silently, with the code of SIGPIPE.
process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(141);
});

/**
 * Prints the elapsed seconds during a long task, on a terminal only.
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function ticking(work) {
  if (!process.stdout.isTTY) return work;
  const started = performance.now();
  const timer = setInterval(() => {
    process.stdout.write(`\r${dim(`  ${Math.round((performance.now() - started) / 1000)} s …`)}`);
  }, 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (performance.now() - started >= 1000) process.stdout.write('\r\u001B[K');
  }
}

/** An expected failure. Its message is complete, so no stack trace is printed. */
export class Stop extends Error {}

/**
 * Runs the body of a script: its result is the exit code, and an error is one message, never a stack trace.
 * @param {() => number | Promise<number>} body
 */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${red('error:')} ${message}\n`);
    if (!(error instanceof Stop) && process.env['DEBUG'] && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = 1;
  }
}

/**
 * Returns a duration as text, in seconds or minutes.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
