import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../src/topology/types.gen.ts';
import { netloom } from './support/cli.ts';
import { changesOf } from './support/network.ts';
import { ECHO_PORTS, Stations } from './support/packets/stations.ts';
import { Exchange, tcpEcho } from './support/packets/streams.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';
import { allBound } from './support/traffic.ts';

const OUTSIDE = '11.11.11.111';
const FLOATING = '11.11.11.11';
const TCP_PORT = 90;
/** What each stream sends at least, in packets per second, while it waits for nothing else. */
const RATE = 100;
/** How long a floating IP that moves may be without an answer. A busy machine adds to a move, but not to each one. */
const [USUAL_GAP_MS, LONGEST_GAP_MS] = [50, 500];
const MOVES = 4;

ownLabs();

describe('traffic through a router while an apply changes something else', () => {
  const network = labOf(() => {
    const doc = example('e2e-zero-loss');
    delete doc.expect;
    const all = { direction: 'ingress' } as const;
    doc.security_groups = { default: { rules: [all] }, varied: { rules: [] } };
    doc.instances!['test3']!.ports!['eth0']!.security_groups = ['default', 'varied'];
    return doc;
  });
  let folder = '';
  let first: Topology;
  let sourcePort = 40_000;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-zero-loss-'));
    await network().apply();
    await allBound(network());
    first = network().doc;
    await Stations.start(network(), ['outside', 'test1']);
    for (const member of ['outside', 'test1']) await tcpEcho(network(), member, [TCP_PORT]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const talk = (from: string, protocol: 'udp' | 'tcp', address: string): Promise<Exchange> => {
    const port = protocol === 'tcp' ? TCP_PORT : ECHO_PORTS[0];
    return Exchange.start(network(), from, { protocol, address, port, sourcePort: sourcePort++ });
  };

  /** Runs an action amid streams through SNAT and through the floating IP, and prints what each lost. */
  const amidStreams = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const streams = {
      'SNAT, UDP': await talk('test2', 'udp', OUTSIDE),
      'SNAT, TCP': await talk('test2', 'tcp', OUTSIDE),
      'floating IP, UDP': await talk('outside', 'udp', FLOATING),
      'floating IP, TCP': await talk('outside', 'tcp', FLOATING),
    };
    const started = performance.now();
    await work();
    await sleep(200);
    const seconds = (performance.now() - started) / 1000;
    const results = await Promise.all(
      Object.entries(streams).map(async ([name, stream]) => ({ name, ...(await stream.end()) })),
    );
    const told = results.map(({ name, sent, lost }) => `${name} ${String(lost)} of ${String(sent)}`);
    process.stdout.write(`${what}, ${seconds.toFixed(1)} s: lost ${told.join('; ')}\n`);
    for (const { name, sent, answered, lost } of results) {
      expect({ name, lost, missing: sent - answered }).toEqual({ name, lost: 0, missing: 0 });
      expect(sent, name).toBeGreaterThan(RATE * seconds);
    }
  };
  const become = async (change: (doc: Topology) => void): Promise<void> => {
    await network().edit(change);
    await network().apply();
  };

  it('loses nothing when there is nothing to do', async () => {
    await amidStreams('nothing to do', async () => {
      for (let turn = 0; turn < 3; turn += 1) await network().apply();
    });
  });

  it('loses nothing when a floating IP, an instance and a router interface come and go', async () => {
    await amidStreams('a floating IP, an instance and a router interface come and go', async () => {
      await become((doc) => {
        const flat = doc.networks!['flat1']!;
        flat.subnets!['more'] = { cidr: '10.10.20.0/24', enable_dhcp: false };
        doc.routers!['router1']!.interfaces!['more'] = {};
        doc.instances!['test4'] = { node: 'compute2', attach: 'lab', ports: { eth0: { network: 'flat1' } } };
        doc.floating_ips!['test3-public'] = { floating_network: 'external', instance: 'test3' };
      });
      await become((doc) => Object.assign(doc, structuredClone(first)));
    });
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('loses nothing when a rule of others changes', async () => {
    await amidStreams('a rule of others changes', async () => {
      await become((doc) => {
        doc.security_groups!['varied']!.rules!.push({
          direction: 'ingress',
          protocol: 'tcp',
          port_range_min: 99,
          port_range_max: 99,
        });
      });
      await become((doc) => Object.assign(doc, structuredClone(first)));
    });
  });

  it('loses nothing when a change that fails is rolled back', async () => {
    const file = path.join(folder, 'fails.yaml');
    const doc = structuredClone(first);
    // Its DHCP server does not start.
    doc.networks!['more'] = {
      physical_network: 'management',
      dhcp: { node: 'controller' },
      subnets: { more: { cidr: '10.10.20.0/24' } },
    };
    doc.floating_ips!['test3-public'] = { floating_network: 'external', instance: 'test3' };
    writeFileSync(file, textOf(doc));
    await network().in('controller', 'mount --bind /bin/false "$(readlink -f "$(command -v dnsmasq)")"');
    await amidStreams('a change that fails is rolled back', async () => {
      const { code, stdout, stderr } = await netloom('apply', '--lab', '--yes', file);
      expect(code).toBe(1);
      expect(stderr).toContain('NLA01');
      expect(stdout + stderr).toMatch(/rolled back/i);
    });
    await network().in('controller', 'umount -l "$(readlink -f "$(command -v dnsmasq)")"');
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('a floating IP moves to another instance with a short gap', async () => {
    const gaps: number[] = [];
    for (let move = 0; move < MOVES; move += 1) {
      const pings = network().in('outside', `ping -n -D -i 0.01 -w 2 ${FLOATING} || :`);
      await sleep(300);
      await become((doc) => (doc.floating_ips!['test1-public']!.instance = move % 2 === 0 ? 'test2' : 'test1'));
      const times = [...(await pings).matchAll(/^\[(\d+\.\d+)\] \d+ bytes/gm)].map(([, time]) => 1000 * Number(time));
      expect(times.length).toBeGreaterThan(100);
      gaps.push(Math.max(...times.slice(1).map((time, at) => time - times[at]!)));
    }
    process.stdout.write(`a floating IP moves: ${gaps.map((gap) => gap.toFixed(0)).join(', ')} ms without an answer\n`);
    expect(Math.min(...gaps)).toBeLessThan(USUAL_GAP_MS);
    expect(Math.max(...gaps)).toBeLessThan(LONGEST_GAP_MS);
    expect(changesOf(await network().plan())).toEqual([]);
  });
});
