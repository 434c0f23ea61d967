import { Command, CommanderError } from 'commander';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import { NAMES_OF, namesFor } from './completion/names.ts';
import type { SessionEvent } from '../model/event.ts';
import type { Act, Context, World } from './context.ts';
import { clientText } from './client.ts';
import { createSession, type SessionOptions } from '../session/session.ts';
import { commandExcept } from './except.ts';
import { eventPrinter } from './events.ts';
import { EXIT, Interrupted } from './exit.ts';
import { limitsOf } from './limits.ts';
import { createProgram } from './program.ts';
import { printNotices, reportFailure } from './report.ts';
import { ownVersion } from './version.ts';

/** Flags of several commands that set something of the session. */
interface Flags {
  readonly json?: boolean;
  readonly timeout?: unknown;
  readonly lockTimeout?: unknown;
  readonly parallelism?: unknown;
  readonly cache?: boolean;
}

/** The time that an interrupted command has to end what runs on the nodes. */
const STOP_GRACE_MS = 900;

/**
 * Runs one command line and returns its exit code. Never throws. Shows a stack trace only if NETLOOM_DEBUG is set.
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  if (argv[0] === NAMES_OF) {
    for (const name of await namesFor(argv.slice(1), world)) world.output.out.line(name);
    return EXIT.ok;
  }
  let exitCode: number = EXIT.ok;
  const except = (nodes: readonly string[]): string | undefined => commandExcept(argv, world.env, nodes);
  let context = freshContext(world);
  const act: Act =
    (handler) =>
    async (...args) => {
      const command = args.at(-1);
      const flags = command instanceof Command ? command.opts<Flags>() : {};
      context = freshContext(world, flags.json === true, {
        limits: limitsOf(flags),
        noCache: flags.cache === false,
        client: clientText(argv),
        commandExcept: except,
      });
      try {
        exitCode = await handler(context, ...args);
      } finally {
        await printNotices(context);
      }
      const stopped = context.session.interrupts.release();
      if (stopped) throw stopped;
    };
  try {
    const work = createProgram(world, act).parseAsync(argv, { from: 'user' });
    await Promise.race([work, stopped(world.signal, work)]);
    return exitCode;
  } catch (error) {
    return fail(context, error);
  }
}

function freshContext(
  world: World,
  json = false,
  more: Pick<SessionOptions, 'limits' | 'client' | 'commandExcept' | 'noCache'> = {},
): Context {
  const { engine, signal, interrupts, clock, state, memory } = world;
  const print = eventPrinter(world.output, json);
  const listeners: ((event: SessionEvent) => void)[] = [];
  const onEvent = (event: SessionEvent): void => {
    print(event);
    for (const listener of listeners) listener(event);
  };
  const archive = state === undefined ? undefined : { folder: state, version: ownVersion() };
  const waits = { ...(interrupts && { interrupts }), ...(clock && { clock }) };
  const session = createSession({ engine, signal, onEvent, archive, memory, ...more, ...waits });
  return {
    ...world,
    json,
    session,
    stdout: { form: 'document' },
    listen(listener) {
      listeners.push(listener);
    },
  };
}

/** Rejects after an interrupt, when the command has ended or its time to clean up is over. */
async function stopped(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  await new Promise<void>((settle) => {
    if (signal.aborted) settle();
    signal.addEventListener(
      'abort',
      () => {
        settle();
      },
      { once: true },
    );
  });
  await new Promise<void>((settle) => {
    const timer = setTimeout(settle, STOP_GRACE_MS);
    timer.unref();
    void work.catch(() => undefined).finally(settle);
  });
  throw signal.reason;
}

/** Prints the error that ended a command, as text or JSON. Returns the exit code. */
export async function fail(world: World | Context, error: unknown): Promise<number> {
  const context = { ...freshContext(world), ...world };
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof Interrupted) {
    context.output.err.line(context.output.err.colours.yellow(`\nnetloom: ${error.message}`));
    return error.exitCode;
  }
  const diagnostics = error instanceof DiagnosticError ? error.diagnostics : [internalError(error, context.env)];
  await reportFailure(context, diagnostics);
  return EXIT.failed;
}

/** Returns the diagnostic of a bug in netloom. */
export function internalError(error: unknown, env: NodeJS.ProcessEnv): Diagnostic {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const debug = env['NETLOOM_DEBUG'] === '1';
  return {
    code: 'NLX00',
    severity: 'error',
    summary: `internal error: ${message}`,
    hint: debug
      ? 'please report it with the lines above'
      : 'please report it with the file and the command; NETLOOM_DEBUG=1 prints where it happened',
    ...(debug && stack !== undefined && { detail: stack }),
  };
}
