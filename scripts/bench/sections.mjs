import { measureApply } from './sections/apply.mjs';
import { measureCompile } from './sections/compile.mjs';
import { measureInstances } from './sections/instances.mjs';
import { measurePeers } from './sections/peers.mjs';
import { measurePlan } from './sections/plan.mjs';
import { measureStart } from './sections/start.mjs';
import { measureTraffic } from './sections/traffic.mjs';
import { measureWatch } from './sections/watch.mjs';

/**
 * @typedef {object} Options
 * @property {readonly number[]} [sizes] numbers of routers instead of the section's own
 * @property {number} rounds
 * @property {(text: string) => void} say reports progress
 */

/**
 * The sections of the bench, which `--only` picks; without it, all but `peers`. Each measures what it compares in
 * turn, in the same rounds.
 * @type {Readonly<Record<string, (options: Options) => Promise<readonly import('./rows.mjs').Row[]>>>}
 */
export const SECTIONS = {
  start: measureStart,
  apply: measureApply,
  plan: measurePlan,
  traffic: measureTraffic,
  instances: measureInstances,
  watch: measureWatch,
  compile: measureCompile,
  peers: measurePeers,
};
