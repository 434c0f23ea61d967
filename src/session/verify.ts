import { commandLine, fileWord } from '../model/command-line.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Outcome } from '../verify/probe.ts';
import { untilAborted } from './abort.ts';
import { checkChoice, chosenNodes, type NodeChoice } from './choice.ts';
import { staleLeases } from './renew.ts';
import { allInLab } from './lab-only.ts';
import { tryProbes } from './expectations.ts';
import { openShells } from './network.ts';
import { probeServices, type ServiceOutcome } from './services.ts';
import { withHeld } from './held.ts';
import { heldInNodes } from './held-in-nodes.ts';
import type { Session } from './session.ts';
import { loadDesired, type Desired } from './desired.ts';

/** Where probes are sent from, and the callbacks of a client. */
export interface VerifyOptions {
  readonly lab: boolean;
  readonly choice?: NodeChoice;
  /** Called with all warnings, `untried` included, before the first probe; after the last with those about leases. */
  readonly onWarnings: (warnings: readonly Diagnostic[]) => Promise<void>;
}

/** The results of a file's expectations, or, if it has none, of requests to all services. */
export interface Verified {
  readonly topology: string;
  /** In the order of the file. */
  readonly outcomes: readonly Outcome[];
  /** `undefined`: the file has expectations. */
  readonly services: readonly ServiceOutcome[] | undefined;
  /** A warning for each expectation that could not be tried. */
  readonly untried: readonly Diagnostic[];
  /** The warnings about the file itself, and about leases that differ from it. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Tries a file's expectations, from the instances and outside hosts of its lab. Without any, asks every service, from
 * namespaces of ours: that needs no lab.
 */
export async function verifyFile(session: Session, file: string, options: VerifyOptions): Promise<Verified> {
  const desired = await loadDesired(session, file);
  const expects = (desired.topology.doc.expect ?? []).length > 0;
  return expects ? tryExpectations(session, desired, options) : askServices(session, desired, options);
}

async function tryExpectations(
  session: Session,
  desired: Desired,
  { lab, choice = {}, onWarnings }: VerifyOptions,
): Promise<Verified> {
  const { signal } = session;
  const { topology, warnings } = desired;
  await checkChoice(topology, choice);
  const all = Object.keys(topology.doc.nodes ?? {});
  const chosen = chosenNodes(topology, choice) ?? all;
  const leftOut = all.filter((node) => !chosen.includes(node));
  if (!allInLab(topology, chosen, lab)) throw new DiagnosticError([labOnly(topology.file)]);
  const { resolved } = await heldInNodes(session, desired, { lab, choice });
  const { probesOf } = await import('../verify/probes.ts');
  const { probes, warnings: untried } = probesOf(topology, resolved, leftOut);
  await onWarnings([...warnings, ...untried]);
  const outcomes = await tryProbes(session, topology, probes);
  const stale = await untilAborted(signal, staleLeases(session, topology, resolved));
  if (stale.length > 0) await onWarnings(stale);
  return { topology: resolved.name, outcomes, services: undefined, untried, warnings: [...warnings, ...stale] };
}

/** After an apply, guests first need an address: what fails is asked again for some seconds. */
const PATIENCE = { retries: 8, pauseMs: 500 };

async function askServices(
  session: Session,
  desired: Desired,
  { lab, choice = {}, onWarnings }: VerifyOptions,
): Promise<Verified> {
  const { topology, warnings } = desired;
  await onWarnings(warnings);
  const shells = await openShells(session, topology, { lab, choice });
  try {
    const { resolved } = await withHeld(session, desired, () => session.engine.read(topology.doc.name, shells), lab);
    const services = await untilAborted(session.signal, probeServices(resolved, shells, PATIENCE));
    return { topology: resolved.name, outcomes: [], services, untried: [], warnings };
  } finally {
    await session.engine.close(shells);
  }
}

function labOnly(file: string): Diagnostic {
  const word = fileWord(file);
  const [up, apply, verify] = [
    ['lab', 'up'],
    ['apply', '--lab'],
    ['verify', '--lab'],
  ].map((words) => `\`${commandLine(...words, word)}\``);
  return {
    code: 'NLX21',
    severity: 'error',
    summary: 'verify needs every node of the file to be in the lab',
    hint: `run ${String(up)}, ${String(apply)}, then ${String(verify)}`,
  };
}
