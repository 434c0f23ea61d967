import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Topology } from '../../src/topology/types.gen.ts';
import { whyNoOvs } from '../support/node.ts';
import { works } from './support/expectations.ts';
import { changesOf, Network } from './support/network.ts';
import { ownLabs } from './support/suite.ts';
import { allBound } from './support/traffic.ts';

/** A topology from a public bug report or configuration, what its guests do, and what is tested beside `expect`. */
interface Case {
  readonly guests?: Readonly<Record<string, string>>;
  readonly more?: (network: Network) => Promise<void>;
}

/** Routes by source address, as a guest with two ports in one network must. */
const bySource = [
  ['ens3', '192.168.0.5', '5'],
  ['ens4', '192.168.0.7', '7'],
]
  .map(([device = '', own = '', table = '']) =>
    [
      `ip route replace 192.168.0.0/24 dev ${device} src ${own} table ${table}`,
      `ip route replace default via 192.168.0.1 dev ${device} table ${table}`,
      `ip rule add from ${own} table ${table}`,
    ].join('; '),
  )
  .join('; ');

const CASES: Readonly<Record<string, Case>> = {
  'guest-gateway': {
    guests: { jh: 'echo 1 >/proc/sys/net/ipv4/ip_forward; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE' },
  },
  'icmp-types': {},
  fragments: {
    more: async (network) => {
      // The group admits the fragments of what it admits.
      await network.in('a', 'ping -n -c 3 -i 0.2 -W 2 -M dont -s 30000 10.0.0.12');
    },
  },
  'pod-networks': {
    guests: { k1: 'ip address add 10.233.64.1/32 dev lo', k2: 'ip address add 10.233.65.1/32 dev lo' },
  },
  'failover-subnets': { guests: { upstream: 'ip route replace 198.51.100.64/30 dev eth0' } },
  'node-is-gateway': {
    more: async (network) => {
      await network.in('stack', 'ping -n -c 1 -W 2 -I 172.24.4.1 172.24.4.230');
    },
  },
  'vlan-trunk': {
    more: async (network) => {
      await become(network, ({ networks }) => {
        networks!['external']!.segmentation_id = 51;
        networks!['tenant']!.segmentation_id = 50;
      });
      await works(network);
    },
  },
  'own-floating-ip': { guests: { two: `echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore; ${bySource}` } },
  'chosen-router': {
    guests: { vm: 'ip route replace default via 10.0.0.254' },
    more: async (network) => {
      await become(network, (doc) => delete doc.floating_ips!['vm']!.router);
      await network.in('vm', 'ip route replace default via 10.0.0.1');
      await works(network);
    },
  },
  'routers-in-a-row': {
    // By an ICMP redirect, which a guest keeps for a minute, `r` would tell `a` to send to `r2` itself.
    guests: { a: 'for each in all eth0; do echo 0 >/proc/sys/net/ipv4/conf/$each/accept_redirects; done' },
    more: async (network) => {
      const { routers } = network.doc;
      await become(network, (doc) => {
        const { routes: _, ...first } = routers!['r']!;
        doc.routers = { r: { ...first, interfaces: { s1: {}, s2: {} } } };
      });
      await works(network);
      await become(network, (doc) => (doc.routers = routers!));
      await works(network);
    },
  },
};

/** Applies the changed file; a second plan must be empty. */
async function become(network: Network, change: (doc: Topology) => void): Promise<void> {
  await network.edit(change);
  await network.apply();
  expect(changesOf(await network.plan())).toEqual([]);
}

ownLabs();

// Each case has its own lab, and none measures anything.
describe.concurrent.each(Object.entries(CASES))('%s', (name, { guests = {}, more }) => {
  it('settles and meets its expectations', async ({ skip }) => {
    const doc = parse(readFileSync(new URL(`cases/${name}.yaml`, import.meta.url), 'utf8')) as Topology;
    const needsSwitch = Object.values(doc.nodes ?? {}).some(({ mechanism }) => mechanism === 'openvswitch');
    const reason = needsSwitch ? whyNoOvs() : undefined;
    skip(reason !== undefined, `because ${reason ?? ''}`);
    const network = await Network.start(doc);
    try {
      await become(network, () => undefined);
      await allBound(network);
      for (const [member, script] of Object.entries(guests)) await network.in(member, script);
      await works(network);
      await more?.(network);
    } finally {
      await network.down();
    }
  });
});
