import type { UntimedEvent, SessionEvent } from '../model/event.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ShellOptions } from '../model/host.ts';
import type { ArchiveOptions } from '../model/run.ts';
import type { Sizes, Stats } from '../model/stats.ts';
import type { Engine } from './engine.ts';
import { nodeSlots } from '../hosts/slots.ts';
import type { Interrupts } from './interrupts.ts';
import type { LockOptions } from './lock.ts';
import { createMeter } from './stats.ts';

/** Where plans without changes are remembered, and what they depend on besides the file and the nodes. */
export interface MemoryOptions {
  readonly folder: string;
  /** Identifies the code of netloom. */
  readonly build: string;
}

/** How long a session waits, and how much it does at once. */
export interface Limits {
  /** For a command on a node that neither writes anything nor uses the processor; in milliseconds. */
  readonly timeoutMs: number;
  /** For the locks of the nodes; 0: not at all. */
  readonly lockTimeoutMs: number;
  /** How many nodes are worked on at once. Absent: all of them. */
  readonly parallelism?: number | undefined;
}

/** The limits that hold if nothing else is given. */
export const DEFAULT_LIMITS: Limits = { timeoutMs: 60_000, lockTimeoutMs: 30_000 };

/** The interrupts of an apply. */
type HeldBack = Pick<Interrupts, 'hold' | 'leaves' | 'release'>;

/** What a session needs. */
export interface SessionOptions {
  readonly engine: Engine;
  /** Aborted when the client stops the session; pending calls then reject with the signal's reason. */
  readonly signal: AbortSignal;
  /** Holds the abort back while an apply runs. Without it, an abort stops an apply at once. */
  readonly interrupts?: HeldBack;
  /** Called with every event, in order. */
  readonly onEvent: (event: SessionEvent) => void;
  /** The limits of the nodes' commands and locks; those of `DEFAULT_LIMITS` if it is absent. */
  readonly limits?: Limits;
  /** Reads ask every program on the nodes, and keep nothing. */
  readonly noCache?: boolean;
  /** What the lock's file of a node, and the archive, tell about the client. */
  readonly client?: string;
  /** Where runs are archived. Absent: nowhere. */
  readonly archive?: ArchiveOptions | undefined;
  /** Where plans without changes are remembered. Absent: nowhere. */
  readonly memory?: MemoryOptions | undefined;
  /** Returns the client's command line that leaves out these nodes as well; `undefined` if it has none. */
  readonly commandExcept?: (nodes: readonly string[]) => string | undefined;
  /** The time of an event, in milliseconds since 1970. It must never run back. */
  readonly clock?: () => number;
}

/** The context of all functions of this folder. A client creates one and passes it to them. */
export interface Session {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Holds the abort back while an apply runs. */
  readonly interrupts: HeldBack;
  /** What every shell is opened with. */
  readonly shell: ShellOptions;
  /** How locks are waited for. */
  readonly lock: LockOptions;
  /** Where runs are archived. Absent: nowhere. */
  readonly archive?: ArchiveOptions;
  /** Where plans without changes are remembered. Absent: nowhere. */
  readonly memory?: MemoryOptions;
  /** Returns the client's command line that leaves out these nodes as well; `undefined` if it has none. */
  readonly commandExcept: (nodes: readonly string[]) => string | undefined;
  /** The text of every file read so far, by the name it has in diagnostics: what source frames are cut from. */
  readonly sources: Map<string, string>;
  /** What clients tell whatever the command is: reverts on its nodes that nobody has seen. */
  readonly notices: Diagnostic[];
  /** Returns the time in milliseconds since 1970. It never runs back. */
  readonly now: () => number;
  /** Returns what the session took so far. */
  readonly stats: () => Stats;
  /** Notes that a plan was remembered, with the numbers of its objects. */
  readonly recalled: (sizes: Sizes) => void;
  /** Adds the time to an event and reports it to the client. */
  readonly tell: (happening: UntimedEvent) => void;
}

/** Creates a session over an engine. Nothing is opened, read or loaded yet. */
export function createSession({
  engine,
  signal,
  interrupts = { hold: () => signal, leaves: false, release: () => undefined },
  onEvent,
  limits = DEFAULT_LIMITS,
  client = '',
  noCache = false,
  archive,
  memory,
  commandExcept = () => undefined,
  clock = steadyClock,
}: SessionOptions): Session {
  const meter = createMeter();
  const tell = (happening: UntimedEvent): void => {
    onEvent({ ...happening, time: clock() });
  };
  return {
    ...(archive && { archive }),
    ...(memory && !noCache && { memory }),
    engine: meter.measured(engine),
    signal,
    interrupts,
    commandExcept,
    stats: () => meter.stats(),
    recalled: (sizes) => {
      meter.recalled(sizes);
    },
    shell: {
      signal,
      client,
      limitMs: limits.timeoutMs,
      tally: meter.tally,
      noCache,
      ...(limits.parallelism !== undefined && { slots: nodeSlots(limits.parallelism) }),
    },
    lock: {
      waitMs: limits.lockTimeoutMs,
      onBusy: (node, holder) => {
        tell({ type: 'lock-busy', node, holder });
      },
    },
    sources: new Map(),
    notices: [],
    now: clock,
    tell,
  };
}

/** Returns the time of day; corrections of the machine's clock do not turn it back. */
function steadyClock(): number {
  return performance.timeOrigin + performance.now();
}
