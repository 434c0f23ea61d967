import type { Compiled } from '../compile/compile.ts';
import type { Survey } from '../gc/found.ts';
import type { SshReach } from '../hosts/ssh.ts';
import type {
  CaptureOptions,
  CapturePoint,
  CaptureResult,
  LabInventory,
  LabRunResult,
  LabStatus,
  LabSummary,
  LabTarget,
} from '../lab/index.ts';
import type { Sides } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LabEvent } from '../model/event.ts';
import type { HeldLock, ShellOptions } from '../model/host.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { State } from '../model/state.ts';
import type { Recorded } from '../snapshot/encode.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { Formatted } from '../topology/format/format.ts';
import type { Loaded } from '../topology/load.ts';
import type { Outline } from '../topology/outline.ts';
import type { Source } from '../topology/read.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { ApplyOptions, ApplyResult } from './apply.ts';
import type { CompiledHeld, Fresh } from './compile-held.ts';
import type { Compared, SidesDifference } from './difference.ts';
import type { LockOptions } from './lock.ts';
import type { Shells } from './nodes.ts';
import type { pinFields } from './pin-fields.ts';
import type { Basis } from '../diff/part.ts';
import type { PlanResult } from './plan.ts';
import type { PartOfNodes, Views } from './read.ts';

export type { ApplyResult, PlanResult, Shells, Views };

/** The lab as a session uses it. */
export interface LabEngine {
  /** Returns true if something was changed. */
  up(
    topology: ValidTopology,
    resolved: ResolvedTopology,
    onEvent: (event: LabEvent) => void,
    shell: ShellOptions,
  ): Promise<boolean>;
  /** Returns true if the lab was up. */
  down(name: string): Promise<boolean>;
  /** The labs of this user that run. */
  list(): Promise<readonly LabSummary[]>;
  /** The names of all labs of this user that have anything left. */
  names(): Promise<readonly string[]>;
  status(topology: ValidTopology, shell: ShellOptions): Promise<LabStatus>;
  /** `targets` are the routers and DHCP servers. */
  inspect(topology: ValidTopology, targets: readonly LabTarget[], shell: ShellOptions): Promise<LabInventory>;
  capture(topology: ValidTopology, point: CapturePoint, options: CaptureOptions): Promise<CaptureResult>;
  run(
    topology: ValidTopology,
    member: string,
    argv: readonly string[],
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<LabRunResult>;
}

/**
 * The steps that a session is made of. The real one loads each module when it is first needed: a command that only
 * prints help should not wait for a YAML parser.
 */
export interface Engine {
  /** Loads the modules that `compile` and `plan` need. */
  preload(): Promise<void>;
  /** Reads a file. */
  source(file: string): Promise<Source>;
  /** Returns the name and nodes that a text seems to have. */
  outline(source: Source): Promise<Outline | undefined>;
  load(source: Source): Promise<Loaded>;
  /** Formats the text of a file. */
  format(source: Source): Promise<Formatted>;
  /** Returns the derived values, and the files with them. `texts`: of all files, by name. */
  pin(
    desired: Pick<Fresh, 'topology' | 'resolved'>,
    texts: ReadonlyMap<string, string>,
  ): Promise<ReturnType<typeof pinFields>>;
  compile(topology: ValidTopology): Promise<Compiled>;
  /** Returns whether the file leaves out anything that the nodes may hold. */
  derives(resolved: ResolvedTopology): Promise<boolean>;
  /** Compiles a file again with what the nodes hold, if that makes a difference. */
  compileHeld(fresh: Fresh, views: Views, lab: boolean): Promise<CompiledHeld>;
  /** Opens the nodes, or only these. */
  open(
    topology: Outline,
    options: { readonly lab: boolean; readonly nodes?: readonly string[] },
    shell: ShellOptions,
  ): Promise<Shells>;
  /** Opens machines without a topology: this one if none is named. */
  openMachines(reaches: ReadonlyMap<string, SshReach>, shell: ShellOptions): Promise<Shells>;
  close(shells: Shells): Promise<void>;
  /** Takes the nodes' locks; returns an error for each that cannot be taken. */
  lock(shells: Shells, options: LockOptions): Promise<readonly Diagnostic[]>;
  unlock(shells: Shells): Promise<void>;
  /** Returns the processes that hold the lock of a node; those of `end` are ended first. */
  lockHolders(shells: Shells, node: string, end?: HeldLock): Promise<HeldLock>;
  /** Starts reading the nodes, or a part of them. */
  read(topology: string, shells: Shells, part?: PartOfNodes): Promise<Views>;
  /** Reads the nodes, unless each gives the answer that has its digest: `same`. */
  readUnless(topology: string, shells: Shells, digests: ReadonlyMap<string, string>): Promise<Views | 'same'>;
  /** Finds all objects that name a topology. */
  survey(shells: Shells): Promise<Survey>;
  plan(graph: DesiredGraph, shells: Shells, reading?: Promise<Views>, basis?: Basis): Promise<PlanResult>;
  /** Returns the state that a file holds; `undefined` if it is none. Rejects with NLX29 if it is unusable. */
  state(source: Source): Promise<State | undefined>;
  /** Compares two sides without a node. */
  difference(from: Compared, to: Compared, sides: Sides): Promise<SidesDifference>;
  /** Returns what the nodes have, as the text of a file. */
  snapshot(graph: DesiredGraph, shells: Shells, views: Views, recorded: Recorded): Promise<string>;
  /** Asks the guard, and applies a plan. */
  apply(graph: DesiredGraph, shells: Shells, first: PlanResult, options: ApplyOptions): Promise<ApplyResult>;
  readonly lab: LabEngine;
}
