import { expect, test } from 'vitest';
import { batchScript } from '../../../src/apply/script.ts';
import type { Command } from '../../../src/model/command.ts';
import type { Batch, Plan, Step } from '../../../src/model/plan.ts';
import { kindWord } from '../../../src/model/resource.ts';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import { planNetwork, type PlanResult } from '../../../src/session/plan.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { testNodes } from '../../support/node.ts';
import type { Snapshot } from '../../support/snapshot.ts';
import { refused } from '../refused.ts';
import { sampled } from './sample.ts';
import { SEEDS, stagesOf, type Stage } from './seed.ts';
import { Stand } from './stand.ts';
import { lockedPlan, withJob } from './ways.ts';

const nodes = testNodes('ip', 'iptables', 'nft', 'dnsmasq', 'conntrack');
const mechanism = testedMechanism();

/** A command of a plan, the first of its kind, program and batch. */
interface Place {
  readonly batch: Batch;
  readonly at: number;
  readonly kind: string;
  readonly tool: Command['tool'];
}

/** Returns a place for every kind of object and every program that its commands are for. */
function placesOf({ batches, changes }: Plan): readonly Place[] {
  const kinds = new Map(changes.map(({ address, kind }) => [address, kindWord(kind)]));
  const found = new Map<string, Place>();
  for (const batch of batches) {
    for (const [at, { address, command }] of batch.steps.entries()) {
      const kind = kinds.get(address) ?? 'the effects';
      const key = `${kind} by ${command.tool}`;
      if (!found.has(key)) found.set(key, { batch, at, kind, tool: command.tool });
    }
  }
  return [...found.values()];
}

/** Returns a batch in which the step at a place fails; those before it are carried out. */
function refusing({ batch, at }: Place): Batch {
  const steps = batch.steps.flatMap((step, index): Step[] =>
    index === at ? [{ ...step, command: refused(step.command) }, step] : [step],
  );
  return { ...batch, steps };
}

interface Failure {
  readonly code: string;
  /** Returns the shells and the plan of an apply that fails in this way at a place. */
  readonly inject: (stand: Stand, first: PlanResult, place: Place) => Pick<Parameters<typeof applyNetwork>, 1 | 2>;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  'is refused': {
    code: 'NLA01',
    inject: ({ shells }, first, place) => {
      const batches = first.plan.batches.with(place.batch.id, refusing(place));
      return { 1: shells, 2: { ...first, plan: { ...first.plan, batches } } };
    },
  },
  hangs: {
    code: 'NLA06',
    inject: ({ shells }, first, { batch, at }) => {
      const shell = shells.get(batch.node);
      if (!shell) throw new Error(`no shell for ${batch.node}`);
      const { text } = batchScript(batch, shell);
      const before = { ...batch, steps: batch.lane === 'birth' ? [] : batch.steps.slice(0, at) };
      const hangs = before.steps.length === 0 ? '' : `(${batchScript(before, shell).text}\n)\n`;
      let isOver = false;
      const hanging = withJob(shell, (script, mayBegin) => {
        const now = !isOver && script === text;
        isOver ||= now;
        return shell.job(now ? `${hangs}sleep 4001002` : script, mayBegin);
      });
      return { 1: new Map([...shells, [batch.node, hanging]]), 2: first };
    },
  },
};

/** Lets an apply fail at a place. Returns what is wrong with its report, and with the nodes. */
async function failed(
  stand: Stand,
  { graph }: Stage,
  { code, inject }: Failure,
  what: Pick<Place, 'kind' | 'tool'>,
  before: ReadonlyMap<string, Snapshot>,
): Promise<readonly string[]> {
  const whole = await lockedPlan(graph, stand.shells);
  // A rollback starts daemons again, so the commands of each plan are its own.
  const place = placesOf(whole.plan).find(({ kind, tool }) => kind === what.kind && tool === what.tool);
  if (!place) return ['it is planned no more'];
  const { 1: shells, 2: first } = inject(stand, whole, place);
  const options = { allow: ALLOW_ALL_DELETIONS, rollback: true, onEvent: () => undefined };
  const { ok, diagnostics, rollback } = await applyNetwork(graph, shells, first, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const told = [...errors, ...(rollback?.diagnostics ?? [])].map(
    (one) => `${one.code} ${one.summary} ${one.detail ?? ''}`,
  );
  const isTold = errors.some((one) => one.code === code && one.place?.node === place.batch.node && one.hint);
  return [
    ...(ok ? ['it succeeded'] : []),
    ...(isTold ? [] : [`not told: ${told.join('; ')}`]),
    ...(rollback?.complete === true ? [] : [`not rolled back: ${told.join('; ')}`]),
    ...(await stand.differs(before)),
  ];
}

test.each(SEEDS[mechanism])(
  'a command of any kind and program that fails or hangs in an apply of $file is told, and all is rolled back',
  { timeout: 3_600_000 },
  async (seed) => {
    const stages = stagesOf(seed, mechanism);
    const stand = await Stand.open(nodes, stages, { ovs: mechanism === 'openvswitch', limitMs: 2000 });
    const wrong: Record<string, readonly string[]> = {};
    const tried = new Set<string>();
    for (const [index, from] of stages.entries()) {
      const to = stages[(index + 1) % stages.length] ?? from;
      const before = await stand.state();
      const places = placesOf((await planNetwork(to.graph, stand.shells)).plan);
      for (const [what, failure] of Object.entries(FAILURES)) {
        const title = `${seed.file}, ${from.name} → ${to.name}, a command ${what}`;
        for (const place of sampled(title, places)) {
          const which = `${place.kind} by ${place.tool} ${what}`;
          tried.add(which);
          const found = await failed(stand, to, failure, place, before);
          if (found.length === 0) continue;
          wrong[`${title}: ${which}`] = found;
          process.stdout.write(`${title}: ${which}\n  ${found.join('\n  ')}\n`);
          await stand.reach(from.graph);
        }
      }
      await stand.reach(to.graph);
    }
    process.stdout.write(`${seed.file} over ${mechanism}: ${[...tried].sort().join(', ')}\n`);
    expect(wrong).toEqual({});
  },
);
