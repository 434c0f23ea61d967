import { describe, expect, it } from 'vitest';
import { Monitors } from '../support/monitors.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound } from '../support/traffic.ts';
import { listening, tapPrograms, writesSeen, type Asked } from '../support/wiretap.ts';

/** Returns the pids of all processes and the counters of all rules of a node and its namespaces. */
const LIVES = `
  me=$(readlink /proc/self/ns/uts)
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/ns/uts")" = "$me" ] || continue
    read -r name 2>/dev/null <"$process/comm" || continue
    case $name in sh | ip | sleep | nft | sort) continue ;; esac
    echo "\${process#/proc/} $name"
  done | sort -n
  for name in $(ls /run/netns); do
    echo "$name"; ip -n "$name" -o link
    nsenter --net=/run/netns/$name iptables-save -c | grep -v '^#'
  done`;

ownLabs();

describe('a second apply, seen from outside', () => {
  const network = labOf(() => {
    const doc = example('e2e-silence');
    // The latest release has the most rules, in both IP versions.
    doc.release = 'zed';
    return doc;
  });
  const asked: Asked[] = [];
  const lives = async (): Promise<string[]> => {
    const nodes = [...network().resolved.nodes.keys()];
    return Promise.all(nodes.map((node) => network().in(node, LIVES)));
  };

  it('changes nothing, starts no program that could, and causes no event', async () => {
    await tapPrograms(network());
    await network().apply();
    await allBound(network());
    expect((await network().verify()).filter(({ ok }) => !ok)).toEqual([]);

    const monitors = await Monitors.start(network());
    await monitors.calm();
    await monitors.forget();
    const [before, livesBefore] = [await snapshots(network()), await lives()];
    await writesSeen(network());

    network().wrap = (shells) => listening(shells, asked);
    expect(changesOf(await network().plan())).toEqual([]);
    await network().apply();
    network().wrap = (shells) => shells;

    expect(await writesSeen(network())).toEqual([]);
    expect(await monitors.heard()).toEqual({});
    expect(await lives()).toEqual(livesBefore);
    expect(await snapshots(network())).toEqual(before);
    // One read of each node for the plan, one for the apply, and no other script.
    expect(asked.filter(({ how }) => how === 'job')).toEqual([]);
    expect(asked.map(({ node }) => node).sort()).toEqual([
      'compute1',
      'compute1',
      'compute2',
      'compute2',
      'controller',
      'controller',
    ]);

    // The monitors and recorders work: a change now is reported, by the right ones only.
    await writesSeen(network());
    await network().edit((doc) => (doc.floating_ips!['test1-public']!.instance = 'test2'));
    await network().apply();
    const heard = Object.keys(await monitors.heard());
    await monitors.stop();
    const router = [...network().resolved.routers.values()][0]!.netns;
    expect(heard).toEqual([`controller ${router}.ip`, `controller ${router}.nft`]);
    const writes = await writesSeen(network());
    expect(writes).toContainEqual(expect.stringMatching(/^controller: iptables-restore: /));
    expect(writes.filter((line) => !line.startsWith('controller: '))).toEqual([]);
  });
});
