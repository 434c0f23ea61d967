import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from './network.ts';
import { until } from './suite.ts';

/** Runs `ip monitor all` and `nft monitor` in a member's own namespace and in all its named ones. */
const START = `
  rm -rf /run/e2e-monitors; mkdir /run/e2e-monitors; cd /run/e2e-monitors
  start() { # NAME [COMMAND TO ENTER]
    name=$1; shift
    setsid "$@" ip -o monitor all >>"$name.ip" 2>&1 </dev/null & echo $! >>pids
    setsid "$@" nft monitor >>"$name.nft" 2>&1 </dev/null & echo $! >>pids
  }
  start own
  for name in $(ls /run/netns); do start "$name" nsenter "--net=/run/netns/$name"; done`;

const STOP = 'cd /run/e2e-monitors && { kill $(cat pids); rm -rf /run/e2e-monitors; }';

/** Monitors of every namespace of every member; `heard` returns the events so far. */
export class Monitors {
  readonly #network: Network;
  readonly #members: readonly string[];

  private constructor(network: Network, members: readonly string[]) {
    this.#network = network;
    this.#members = members;
  }

  static async start(network: Network): Promise<Monitors> {
    const { nodes, instances } = network.resolved;
    const members = [...nodes.keys(), ...instances.keys(), ...Object.keys(network.doc.hosts ?? {})];
    for (const member of members) await network.in(member, START);
    // A monitor that does not work would report nothing either, so each must report one event first.
    await sleep(300);
    return new Monitors(network, members);
  }

  /** Returns the events by namespace, without neighbour entries, which age by themselves. */
  async heard(): Promise<Record<string, string[]>> {
    const said: Record<string, string[]> = {};
    for (const member of this.#members) {
      const text = await this.#network.in(member, 'cd /run/e2e-monitors && grep -a "" -sH *.ip *.nft || :');
      for (const line of text.split('\n')) {
        const [, place = '', what = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
        if (what === '' || what.startsWith('[NEIGH]')) continue;
        (said[`${member} ${place}`] ??= []).push(what);
      }
    }
    return said;
  }

  /** Waits until there are no new events for a while. */
  async calm(): Promise<void> {
    let last = '';
    await until(
      async () => {
        await sleep(1500);
        return JSON.stringify(await this.heard());
      },
      (now) => {
        const same = now === last;
        last = now;
        return same;
      },
      30_000,
    );
  }

  /** Discards the events so far. */
  async forget(): Promise<void> {
    for (const member of this.#members) {
      await this.#network.in(member, 'cd /run/e2e-monitors && for f in *.ip *.nft; do : >"$f"; done');
    }
  }

  async stop(): Promise<void> {
    for (const member of this.#members) await this.#network.in(member, STOP);
  }
}
