import { compileTopology, type Compiled } from '../compile/compile.ts';
import { changesByHeld, learnHeld } from '../compile/learn-held.ts';
import { withTaken } from '../compile/taken.ts';
import { renamedWarnings } from '../compile/renamed.ts';
import { missingEntries } from '../compile/missing.ts';
import { removedSubjects } from '../compile/removed.ts';
import { heldWarnings, renumbered } from '../compile/renumbered.ts';
import { commandLine, fileWord } from '../model/command-line.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Held } from '../model/held.ts';
import type { Observed } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { observedOn } from './observed.ts';
import type { Views } from './read.ts';

/** A file, and what it is compiled to without what the nodes hold. */
export interface Fresh {
  readonly topology: ValidTopology;
  readonly resolved: ResolvedTopology;
  readonly graph: DesiredGraph;
}

/** What a file is compiled to with what the nodes hold. */
export interface CompiledHeld {
  /** `undefined`: what the nodes hold changes nothing. */
  readonly compiled: Compiled | undefined;
  /** Warnings about what the nodes hold. */
  readonly diagnostics: readonly Diagnostic[];
  /** A warning for each address that changes although it was derived. */
  readonly renumbered: readonly Diagnostic[];
  /** What the nodes have and the file no longer. */
  readonly removed: readonly Subject[];
}

/** Compiles a file again, with what the nodes hold, if that makes a difference. */
export function compileHeld(fresh: Fresh, views: Views, lab: boolean): CompiledHeld {
  const nodes = [...views.values()].map((view) => observedOn(view, fresh.graph));
  const objects = nodes.flatMap((node) => node.objects);
  const avoiding = (held: Held): Held =>
    withTaken(
      held,
      fresh.graph,
      nodes.map(({ view }) => view),
    );
  return compileWith(fresh, objects, avoiding, lab ? ['--lab'] : []);
}

/** Compiles a file again, with what nodes hold that have these objects and nothing else. */
export function compileAfter(fresh: Fresh, objects: readonly Observed[]): CompiledHeld {
  return compileWith(fresh, objects, (held) => held, []);
}

/**
 * @param avoiding adds what others have on the wire
 * @param pinFlags the flags of `pin` that write these values
 */
function compileWith(
  { topology, resolved }: Fresh,
  objects: readonly Observed[],
  avoiding: (held: Held) => Held,
  pinFlags: readonly string[],
): CompiledHeld {
  const learnt = learnHeld(topology, resolved, objects);
  const held = avoiding(learnt.held);
  const compiled = changesByHeld(resolved, held) ? compileTopology(topology, held) : undefined;
  const now = compiled?.resolved;
  const missing = missingEntries(now ?? resolved, learnt.entries);
  const removed = removedSubjects(missing, learnt.ports);
  const diagnostics = [...learnt.diagnostics, ...renamedWarnings(now ?? resolved, learnt.entries, missing)];
  if (compiled === undefined || now === undefined) return { compiled, diagnostics, renumbered: [], removed };
  const pin = commandLine('pin', ...pinFlags, fileWord(topology.file));
  return {
    compiled,
    diagnostics: [...diagnostics, ...heldWarnings(resolved, now, pin)],
    renumbered: renumbered(compiled.moved),
    removed,
  };
}
