import { DiagnosticError } from '../model/diagnostic.ts';
import { addressOf, type Observed } from '../model/resource.ts';
import { checksumOf } from '../snapshot/checksum.ts';
import { documentBody, isDocument, readObject, UnusableState, type Recording } from '../snapshot/decode.ts';
import { documentText, recordedObject } from '../snapshot/encode.ts';
import { escapeControls } from '../topology/show.ts';
import type { Source } from '../topology/read.ts';
import type { NodeChoice } from './choice.ts';
import type { MachineIds } from './machine-ids.ts';
import type { RecordedSource } from './recorded-source.ts';

/** The version of the document: readers of another first number refuse it. */
const PLAN_FILE_VERSION = '1.1';

/** How a plan was made, and is carried out. */
export interface PlanOptions extends NodeChoice {
  readonly lab?: boolean;
  readonly allowMoves?: boolean;
  readonly healForeign?: boolean;
}

/** A plan to be carried out later. */
export interface SavedPlan {
  /** The version of netloom that made it. */
  readonly netloom: string;
  readonly time: string;
  readonly topology: string;
  readonly options: PlanOptions;
  readonly source: RecordedSource;
  /** The machines that it was made for. */
  readonly machines: MachineIds;
  /** The observed objects that the plan reads or writes, in order of address, without facts and secrets. */
  readonly read: readonly Observed[];
  /** The plan as `plan --json` prints it, for its readers. */
  readonly plan: object;
  /** `planChecksum` of the plan, with its secrets. */
  readonly planChecksum: string;
}

/** Returns true if a text claims to be a saved plan. */
export function isPlanFile(text: string): boolean {
  return isDocument(text, 'plan');
}

/** Returns a saved plan as the text of a file (schemas/saved-plan.schema.json). */
export function encodePlan({
  netloom,
  time,
  topology,
  options,
  source,
  machines,
  read,
  plan,
  planChecksum,
}: SavedPlan): string {
  const { lab = false, node = null, except = [], allowMoves = false, healForeign = false } = options;
  return documentText({
    type: 'plan',
    format_version: PLAN_FILE_VERSION,
    netloom,
    topology,
    time,
    options: { lab, node, except, allow_moves: allowMoves, heal_foreign: healForeign },
    source,
    machines: Object.fromEntries(machines),
    read: read.map((object) => {
      const recorded = recordedObject(object);
      return { address: addressOf(object), node: object.node, ...recorded, fingerprint: checksumOf(recorded) };
    }),
    plan,
    plan_checksum: planChecksum,
  });
}

/** The document but for its checksum, which proves that netloom wrote the rest. */
interface PlanDocument extends Pick<SavedPlan, 'netloom' | 'time' | 'topology' | 'source' | 'plan'> {
  readonly options: {
    readonly lab: boolean;
    readonly node: readonly string[] | null;
    readonly except: readonly string[];
    readonly allow_moves: boolean;
    readonly heal_foreign: boolean;
  };
  /** Absent: it was written by netloom 0.2 or before. */
  readonly machines?: Readonly<Record<string, string>>;
  readonly read: readonly (Recording & {
    readonly node: string;
    readonly address: string;
    readonly fingerprint: string;
  })[];
  readonly plan_checksum: string;
}

/**
 * Returns the plan that a file holds.
 * @throws DiagnosticError NLX37 if it was cut off, edited or written by a netloom that this one does not understand
 */
export function decodePlan({ file, text }: Source): SavedPlan {
  try {
    // Its own checksum is right, so netloom has written it.
    const document = documentBody(text, PLAN_FILE_VERSION) as unknown as PlanDocument;
    const { options, machines = {}, read, plan_checksum: planChecksum, ...rest } = document;
    if (!isComplete(rest)) throw new UnusableState('it is no plan');
    const { lab, node, except, allow_moves: allowMoves, heal_foreign: healForeign } = options;
    return {
      ...rest,
      options: { lab, ...(node && { node }), except, allowMoves, healForeign },
      machines: new Map(Object.entries(machines)),
      read: read.map(({ address: _, fingerprint: __, node: its, ...object }) => readObject(its, object)),
      planChecksum,
    };
  } catch (error) {
    // A part of it is missing, or is something else.
    const why =
      error instanceof UnusableState ? error.message : error instanceof TypeError ? 'it is no plan' : undefined;
    if (why === undefined) throw error;
    throw new DiagnosticError([
      {
        code: 'NLX37',
        severity: 'error',
        summary: `${escapeControls(file)} is a saved plan that cannot be used: ${escapeControls(why)}`,
        hint: 'plan again with --out: a part of it cannot be trusted',
      },
    ]);
  }
}

function isComplete({ source, plan }: Partial<Pick<PlanDocument, 'source' | 'plan'>>): boolean {
  return typeof source?.content === 'string' && typeof plan === 'object';
}
