import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { Network } from './network.ts';

/**
 * Keeps the labs of a test file, and the archive of its runs, in a folder of their own, so that nothing of the user is
 * listed or changed.
 */
export function ownLabs(): void {
  const names = ['TMPDIR', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];
  const before = names.map((name) => process.env[name]);
  let own = '';
  beforeAll(() => {
    own = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-e2e-'));
    for (const name of names) process.env[name] = own;
  });
  afterAll(() => {
    for (const [i, name] of names.entries()) {
      if (before[i] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[i];
    }
    rmSync(own, { recursive: true, force: true });
  });
}

const NO_TRIALS = 'for file in /proc/sys/net/ipv6/conf/*/accept_dad; do echo 0 >"$file"; done';

/**
 * Brings up a lab for the tests of one `describe`, and brings it down after them in any case. The result returns the
 * network once it is up. Without `trials`, duplicate address detection is off on the nodes: it takes a second or two,
 * and a snapshot would wait for it.
 */
export function labOf(make: () => Topology, options: { readonly trials?: boolean } = {}): () => Network {
  let network: Network | undefined;
  beforeAll(async () => {
    network = await Network.start(make());
    if (options.trials === false) {
      for (const node of network.resolved.nodes.keys()) await network.in(node, NO_TRIALS);
    }
  });
  afterAll(async () => {
    await network?.down();
  });
  return () => {
    if (network === undefined) throw new Error('the lab did not come up');
    return network;
  };
}

/** Reads a value until a condition holds; fails with the last value. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, limitMs = 10_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${String(limitMs)} ms: ${JSON.stringify(seen)}`);
    await sleep(50);
  }
}
