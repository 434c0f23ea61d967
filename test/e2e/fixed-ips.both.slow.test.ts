import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { works } from './support/expectations.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example } from './support/topology.ts';
import { asks, echoSources, renew } from './support/traffic.ts';

const [F1, F2] = ['11.11.11.11', '11.11.11.12'];
const [ONE, TWO, STILL] = ['10.10.10.11', '10.10.10.12', '10.10.20.11'];
const [GATEWAY, OUTSIDE] = ['11.11.11.10', '11.11.11.111'];

ownLabs();

describe('a port with several fixed IPs, and floating IPs for them', () => {
  const network = labOf(() => example('e2e-fixed-ips', 'fixed-ips.yaml'));

  /** Applies the changed file; a second plan must be empty. */
  const become: ReturnType<typeof network>['edit'] = async (change) => {
    await network().edit(change);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  /** Returns the tracked connections to an address: the kernel's ids, each with the address that answers. */
  const tracked = async (address: string): Promise<string[]> => {
    const { node, netns } = network().resolved.routers.get('router1')!;
    const list = `conntrack -L -p icmp -o id --orig-dst ${address} 2>/dev/null || :`;
    const text = await network().in(node, `ip netns exec ${netns} ${list}`);
    return [...text.matchAll(/ dst=\S+ .*? src=(\S+) .* (id=\d+)/g)].map(([, from, id]) => `${from!} ${id!}`);
  };
  /** Starts pings from the outside that run until they are stopped. */
  const keepPinging = (address: string): Promise<string> =>
    network().in(
      'outside',
      `setsid ping -n -i 0.05 ${address} >/tmp/flow.${address} 2>&1 </dev/null & echo $! >/tmp/flow.${address}.pid`,
    );
  const endPinging = async (address: string): Promise<{ sent: number; answered: number; fromOthers: string[] }> => {
    const text = await network().in(
      'outside',
      `kill -INT $(cat /tmp/flow.${address}.pid); sleep 0.3; cat /tmp/flow.${address}`,
    );
    const [, sent, answered] = /(\d+) packets transmitted, (\d+) received/.exec(text) ?? [];
    // ping reports a reply from another address.
    const fromOthers = [...text.matchAll(/bytes from (\S+): .*DIFFERENT ADDRESS/g)].map(([, from]) => from!);
    return { sent: Number(sent), answered: Number(answered), fromOthers };
  };
  /** Returns the source address that the outside host sees if the guest sends from one of its addresses. */
  const seenAs = async (source: string): Promise<string[]> => {
    const ask = `ping -n -c 1 -W 1 -I ${source} ${OUTSIDE}`;
    return echoSources(network(), 'outside', 1, () => network().try('web', ask));
  };
  const leases = async (): Promise<string[]> => {
    const { id } = network().resolved.networks.get('private')!;
    const file = `/run/netloom/e2e-fixed-ips/dhcp/${id}/state/leases`;
    return (await network().in('controller', `cut -d' ' -f3 ${file}`)).trim().split('\n').sort();
  };

  beforeAll(async () => {
    await become(() => undefined);
    await works(network());
  });
  afterAll(async () => {
    await network().try('outside', 'for file in /tmp/flow.*.pid; do kill -9 $(cat "$file"); done');
  });

  it('each floating IP reaches its own fixed IP, which answers and sends with it', async () => {
    for (const [floating, fixed] of [
      [F1, ONE],
      [F2, TWO],
    ] as const) {
      await expect(network()).toPing('outside', floating);
      expect((await tracked(floating)).filter((flow) => !flow.startsWith(`${fixed} `))).toEqual([]);
      expect(await seenAs(fixed)).toEqual([floating]);
    }
    expect(await seenAs(STILL)).toEqual([GATEWAY]);
  });

  it('the instance gets its metadata from each of its addresses', async () => {
    for (const source of [ONE, TWO, STILL]) {
      const script = `alarm 5;
        my $s = IO::Socket::INET->new(PeerAddr => "169.254.169.254:80", LocalAddr => "${source}") or die;
        print $s "GET /latest/meta-data/hostname HTTP/1.0\\r\\n\\r\\n"; print <$s>`;
      expect(await network().in('web', `perl -MIO::Socket::INET -e '${script}'`)).toMatch(/\r\nweb$/);
    }
  });

  it('a deleted floating IP: its flow is cut, and the other’s continues without a gap', async () => {
    await keepPinging(F1);
    await keepPinging(F2);
    await until(
      async () => [await tracked(F1), await tracked(F2)],
      (flows) => flows.every(({ length }) => length > 0),
    );
    const before = await tracked(F1);
    await become((doc) => delete doc.floating_ips!['web-two']);
    expect(await tracked(F1)).toEqual(before);
    // Packets that still arrive are tracked, but translated to no address.
    expect((await tracked(F2)).filter((flow) => flow.startsWith(`${TWO} `))).toEqual([]);
    await expect(network()).toGetNoAnswer('outside', F2);
    const [first, second] = [await endPinging(F1), await endPinging(F2)];
    expect(first.answered).toBe(first.sent);
    expect(first.fromOthers).toEqual([]);
    expect(second.answered).toBeLessThan(second.sent);
    // A reply in flight while its connection is deleted belongs to no connection, and NAT does not translate it. At
    // most one such reply is possible, from the guest alone.
    expect([[], [TWO]]).toContainEqual(second.fromOthers);
    // The fixed IP now leaves with the router's address.
    expect([await seenAs(TWO), await seenAs(ONE)]).toEqual([[GATEWAY], [F1]]);
  });

  it('the other floating IP moved to the free fixed IP: a live flow moves with it', async () => {
    await keepPinging(F1);
    await until(
      () => tracked(F1),
      ({ length }) => length > 0,
    );
    await become((doc) => (doc.floating_ips!['web-one']!.fixed_ip_address = TWO));
    await until(
      () => tracked(F1),
      ({ length }) => length > 0,
    );
    expect((await tracked(F1)).filter((flow) => !flow.startsWith(`${TWO} `))).toEqual([]);
    const { sent, answered, fromOthers } = await endPinging(F1);
    expect(answered).toBeGreaterThan(sent / 2);
    expect([[], [ONE]]).toContainEqual(fromOthers);
    expect([await seenAs(TWO), await seenAs(ONE)]).toEqual([[F1], [GATEWAY]]);
    expect(await asks(network(), 'outside', F1, 22)).toBe(`web sees ${OUTSIDE}`);
  });

  it('the lease of a deleted fixed IP is released, and the guest gets a lease of the other', async () => {
    expect(await leases()).toContain(TWO);
    await become((doc) => {
      doc.floating_ips!['web-one']!.fixed_ip_address = ONE;
      doc.instances!['web']!.ports!['eth0']!.fixed_ips = [ONE, STILL];
    });
    expect(await leases()).not.toContain(TWO);
    await renew(network(), 'web');
    await until(
      () => network().in('web', 'ip -4 -o address show dev eth0'),
      (held) => [ONE, TWO, STILL].filter((address) => held.includes(` ${address}/`)).join() === [ONE, STILL].join(),
    );
    await expect(network()).toPing('outside', F1);
  });

  it('the first file restores the first state', async () => {
    await become((doc) => Object.assign(doc, example('e2e-fixed-ips', 'fixed-ips.yaml')));
    // The guest sent its request before the change: it has kept its address, and gets the other when it renews.
    await renew(network(), 'web');
    await until(leases, (held) => held.includes(TWO));
    await works(network());
  });
});
