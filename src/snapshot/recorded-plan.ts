import { batchWithoutSecrets, changeWithoutSecrets } from '../kinds/sensitive.ts';
import type { Change } from '../model/change.ts';
import type { Plan } from '../model/plan.ts';
import type { Observed, Origin, Ref, Resource } from '../model/resource.ts';

/** An object of a change: what the change says of it too is left out, and origins are numbers. */
type Part<Whole> = Omit<Whole, keyof Ref | 'origin' | 'lineOrigins'> & {
  readonly origin?: number;
  readonly lineOrigins?: readonly number[];
};

interface RecordedChange extends Omit<Change, 'desired' | 'observed' | 'origin'> {
  readonly origin?: number;
  readonly desired?: Part<Resource>;
  readonly observed?: Part<Observed>;
}

/**
 * A plan as it is archived. It says nothing twice: each origin is written once, as the hundreds of rules of a router
 * share a few. That makes it half as long (measured: 500 floating IPs).
 */
export interface RecordedPlan extends Omit<Plan, 'changes'> {
  readonly origins: readonly Origin[];
  readonly changes: readonly RecordedChange[];
}

/** Returns a plan to be archived, without the secrets in its changes and commands. */
export function recordedPlan(plan: Plan): RecordedPlan {
  const numbers = new Map<Origin, number>();
  const numberOf = (origin: Origin): number => {
    const number = numbers.get(origin) ?? numbers.size;
    numbers.set(origin, number);
    return number;
  };
  const changes = plan.changes.map(changeWithoutSecrets).map((change): RecordedChange => {
    const { desired, observed, origin, ...rest } = change;
    return {
      ...rest,
      ...(origin && { origin: numberOf(origin) }),
      ...(desired && { desired: desiredPart(desired, numberOf) }),
      ...(observed && { observed: observedPart(observed) }),
    };
  });
  return { ...plan, batches: plan.batches.map(batchWithoutSecrets), changes, origins: [...numbers.keys()] };
}

function desiredPart(desired: Resource, numberOf: (origin: Origin) => number): Part<Resource> {
  const { node: _, netns: __, kind: ___, name: ____, origin, lineOrigins, ...rest } = desired;
  return { ...rest, origin: numberOf(origin), ...(lineOrigins && { lineOrigins: lineOrigins.map(numberOf) }) };
}

function observedPart(observed: Observed): Part<Observed> {
  const { node: _, netns: __, kind: ___, name: ____, ...rest } = observed;
  return rest;
}

/** Returns the plan that was archived. */
export function planOfRecorded({ origins, changes, ...rest }: RecordedPlan): Plan {
  const originOf = (number: number): Origin => {
    const origin = origins[number];
    if (!origin) throw new Error(`no origin ${String(number)}`);
    return origin;
  };
  return {
    ...rest,
    changes: changes.map(({ origin, desired, observed, ...change }): Change => {
      const { node, netns, kind, name } = change;
      const ref = { node, netns, kind, name };
      return {
        ...change,
        ...(origin !== undefined && { origin: originOf(origin) }),
        ...(desired && { desired: { ...ref, ...wholeDesired(desired, originOf) } }),
        ...(observed && { observed: { ...ref, ...(observed as Omit<Observed, keyof Ref>) } }),
      };
    }),
  };
}

function wholeDesired(
  { origin, lineOrigins, ...rest }: Part<Resource>,
  originOf: (number: number) => Origin,
): Omit<Resource, keyof Ref> {
  return {
    ...rest,
    origin: originOf(origin ?? -1),
    ...(lineOrigins && { lineOrigins: lineOrigins.map(originOf) }),
  };
}
