import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { clean } from '../render/clean.ts';
import { planDocument } from '../render/plan/json.ts';
import type { PlanResult, Shells } from '../session/engine.ts';
import { machineIds } from '../session/machine-ids.ts';
import { decodePlan, isPlanFile, type PlanOptions } from '../session/plan-file.ts';
import { sourceOf } from '../session/recorded-source.ts';
import { checkSaved } from '../session/saved-plan.ts';
import type { Source } from '../topology/read.ts';
import type { Context } from './context.ts';
import { cliError } from './error.ts';

/** A saved plan that is to be carried out. */
interface SavedPlanFile {
  /** The topology of the plan, which is not read again. */
  readonly source: Source;
  readonly how: PlanOptions;
  /** Throws NLA21 if the plan that was made now is not the saved one, and NLX37 if the file shows another one. */
  check(graph: DesiredGraph, now: PlanResult, shells: Shells): Promise<void>;
}

/**
 * Returns the plan that a file holds; `undefined` if the file does not claim to be one.
 * @throws DiagnosticError NLX37 if it is unusable, NLX38 if a flag contradicts it
 */
export function savedPlan({ session }: Context, given: Source, flags: PlanOptions): SavedPlanFile | undefined {
  if (!isPlanFile(given.text)) return undefined;
  const saved = decodePlan(given);
  const wrong = contradictions(flags, saved.options);
  if (wrong.length > 0) {
    throw cliError('NLX38', `the plan ${clean(given.file)} was not made with ${wrong.join(' and ')}`, {
      hint: 'leave it out, since a saved plan has its own nodes and flags; or plan again with it',
    });
  }
  const source = sourceOf(saved.source);
  session.sources.set(source.file, source.text);
  return {
    source,
    how: saved.options,
    check: async (graph, now, shells) => {
      checkSaved(saved, given.file, graph, now, await machineIds(shells, saved.options.lab === true));
      if (isShown(saved.plan, now.plan)) return;
      throw cliError('NLX37', `${clean(given.file)} is a saved plan that cannot be used: it shows another plan`, {
        detail: 'Its changes and commands, as a reader sees them, are not those that it was made for.',
        hint: 'plan again with --out: it was changed after it was saved',
      });
    },
  };
}

/** Returns whether the readable part of a saved plan is that of a plan. */
function isShown(shown: object, plan: Plan): boolean {
  const parts = (document: object): string => {
    const { changes, groups, batches } = document as Readonly<Record<string, unknown>>;
    return JSON.stringify([changes, groups, batches]);
  };
  return parts(shown) === parts(planDocument(plan, []));
}

/** Returns the flags that ask for what the plan was not made for. */
function contradictions(flags: PlanOptions, made: PlanOptions): readonly string[] {
  const other = (given: readonly string[] | undefined, its: readonly string[] = []): boolean =>
    given !== undefined && given.join() !== its.join();
  return [
    ...(flags.lab === true && made.lab !== true ? ['--lab'] : []),
    ...(other(flags.node, made.node) ? ['--node'] : []),
    ...(other(flags.except, made.except) ? ['--except'] : []),
    ...(flags.allowMoves === true && made.allowMoves !== true ? ['--allow-moves'] : []),
    ...(flags.healForeign === true && made.healForeign !== true ? ['--heal-foreign'] : []),
  ];
}
