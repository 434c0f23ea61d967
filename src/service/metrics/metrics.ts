import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Change } from '../../model/change.ts';
import type { SessionEvent } from '../../model/event.ts';
import { kindWord, type Address } from '../../model/resource.ts';

/** The metrics of a watch, in the text format of Prometheus. */
export interface Metrics {
  onEvent(event: SessionEvent): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** The most nodes that have labels of their own: files with other nodes may come for months. */
const MOST_NODES = 512;

/** The label of those beyond. */
const OTHER = '(other)';

const SAMPLED = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'];

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/**
 * Returns the metrics of one watch, derived from its events. Labels are nodes, kinds, actions and results: nothing of
 * them is a secret, and their number is bounded.
 * @param reason why the network may not be as the file says; `undefined`: it is
 */
export function createMetrics(version: string, reason: () => string | undefined): Metrics {
  const register = new Registry();
  const registers = [register];
  // A sample of the event loop every 10 ms, as is the default, would wake an idle watch; of a second they mean nothing.
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 1000 });
  for (const part of SAMPLED) register.removeSingleMetric(`nodejs_eventloop_lag_${part}_seconds`);
  const named = (name: string, help: string) => ({ name: `netloom_${name}`, help, registers });
  new Gauge({ ...named('build_info', 'The version of netloom.'), labelNames: ['version', 'node_version'] }).set(
    { version, node_version: process.versions.node },
    1,
  );
  const runs = new Counter({ ...named('runs_total', 'Runs that have ended.'), labelNames: ['result'] });
  for (const result of ['ok', 'failed']) runs.inc({ result }, 0);
  const duration = new Histogram({
    ...named('run_duration_seconds', 'From the beginning of a run to its end.'),
    labelNames: ['result'],
    buckets: SECONDS,
  });
  const changes = new Counter({
    ...named('changes_total', 'Objects whose changes were begun, by kind.'),
    labelNames: ['kind', 'action'],
  });
  const failures = new Counter({ ...named('failed_batches_total', 'Batches that failed.'), labelNames: ['node'] });
  const rollbacks = new Counter({ ...named('rollbacks_total', 'Rollbacks that have ended.'), labelNames: ['result'] });
  const success = new Gauge(
    named('last_success_timestamp_seconds', 'The end of the last run that succeeded; 0: none.'),
  );
  const drift = new Counter({
    ...named('drift_objects_total', 'Objects found that differed from the file though it had not changed.'),
    labelNames: ['node', 'reason'],
  });
  const healed = new Counter({ ...named('healed_objects_total', 'Objects put right again.'), labelNames: ['node'] });
  const healing = new Histogram({
    ...named('heal_duration_seconds', 'From the report of drift until nothing differed.'),
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 30],
  });
  const contested = new Counter({
    ...named('contested_objects_total', 'Objects given up because another program changes them back.'),
    labelNames: ['node'],
  });
  const waiting = new Gauge({
    ...named('node_backing_off', '1 while a node cannot be worked on and is tried again later.'),
    labelNames: ['node'],
  });
  const blocked = new Gauge(
    named('blocked_since_timestamp_seconds', 'Since when the file has errors; 0: it has none.'),
  );
  const still = new Gauge(named('standing_still', '1 while nothing is changed until the file changes.'));
  new Gauge({
    ...named('healthy', '1 while /healthz says so.'),
    collect() {
      this.set(reason() === undefined ? 1 : 0);
    },
  });

  const nodes = new Set<string>();
  const nodeOf = (node: string): string => {
    if (nodes.size < MOST_NODES) nodes.add(node);
    return nodes.has(node) ? node : OTHER;
  };
  let begun: number | undefined;
  /** The changes of the present round that were not begun yet. */
  let open = new Map<Address, Change>();
  const onEvent = (event: SessionEvent): void => {
    switch (event.type) {
      case 'run':
        begun = event.time;
        break;
      case 'done': {
        const result = event.ok ? 'ok' : 'failed';
        runs.inc({ result });
        if (begun !== undefined) duration.observe({ result }, (event.time - begun) / 1000);
        if (event.ok) success.set(event.time / 1000);
        still.set(0);
        begun = undefined;
        break;
      }
      case 'round-start':
      case 'rollback-start':
        open = new Map(event.plan.changes.map((change) => [change.address, change]));
        break;
      case 'batch-done':
        for (const { address } of event.batch.steps) {
          const change = open.get(address);
          if (change !== undefined) changes.inc({ kind: kindWord(change.kind), action: change.action });
          open.delete(address);
        }
        break;
      case 'batch-failed':
        failures.inc({ node: nodeOf(event.batch.node) });
        break;
      case 'rollback-done':
        rollbacks.inc({ result: event.ok ? 'ok' : 'failed' });
        break;
      case 'drift':
        drift.inc({ node: nodeOf(event.node), reason: event.reason }, event.objects.length);
        break;
      case 'healed':
        healed.inc({ node: nodeOf(event.node) }, event.objects.length);
        healing.observe(event.milliseconds / 1000);
        break;
      case 'contested':
        contested.inc({ node: nodeOf(event.node) });
        break;
      case 'backing-off':
        waiting.set({ node: nodeOf(event.node) }, 1);
        break;
      case 'recovered':
        waiting.set({ node: nodeOf(event.node) }, 0);
        break;
      case 'blocked':
        blocked.set(event.time / 1000);
        break;
      case 'unblocked':
        blocked.set(0);
        break;
      case 'standing-still':
        still.set(1);
        break;
      default:
    }
  };
  return { onEvent, text: () => register.metrics(), contentType: register.contentType };
}
