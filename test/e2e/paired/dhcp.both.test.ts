import { describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { dhcp } from '../../support/frames.ts';
import { dhcpPrefix } from '../support/mechanism.ts';
import type { Network } from '../support/network.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound, dhcpClient, guestView } from '../support/traffic.ts';

ownLabs();

/** Sends a datagram from a port: port, address, and the message in hexadecimal. */
const SEND = `
  my ($port, $to, $message) = @ARGV;
  socket(my $s, PF_INET, SOCK_DGRAM, 0) or die $!;
  setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1) or die $!;
  bind($s, pack_sockaddr_in($port, INADDR_ANY)) or die $!;
  send($s, pack("H*", $message), 0, pack_sockaddr_in(67, inet_aton($to))) or die $!;`;

/** Returns the DHCP server's pid and its leases. */
async function serverOf(network: Network): Promise<{ pid: string; leases: string[] }> {
  const folder = '/run/netloom/*/dhcp/*/state';
  const pid = (await network.in('controller', `cat ${folder}/pid`)).trim();
  const leases = await network.in('controller', `cut -d' ' -f2,3 ${folder}/leases`);
  return { pid, leases: leases.trim().split('\n').sort() };
}

/** Returns what a guest of a subnet must get: this name server, and these routes besides those that all guests get. */
function viewFrom(subnet: string, server: string | undefined, routes: readonly string[]): object {
  const gateway = `via ${subnet}.1 dev eth0`;
  return {
    address: `${subnet}.11/24`,
    dns: [`nameserver ${server}`],
    mtu: '1400',
    routes: [`169.254.169.254 ${gateway}`, `default ${gateway}`, ...routes].sort(),
  };
}

async function resolves(network: Network, from: string, name: string): Promise<string> {
  const { stdout } = await network.try(from, `getent ahostsv4 ${name} | awk 'NR == 1 { print $1, $3 }'`);
  return stdout.trim();
}

/** Applies, and returns the number of rounds. */
async function counted(network: Network): Promise<{ rounds: number }> {
  network.events.length = 0;
  await network.apply();
  return { rounds: network.events.filter(({ type }) => type === 'round-start').length };
}

async function isQuiet(network: Network): Promise<void> {
  expect((await network.plan()).plan.batches).toEqual([]);
}

describe('a network of several subnets', () => {
  const network = labOf((): Topology => example('e2e-dhcp', 'dhcp.yaml'));

  it('every client gets the values of its subnet: address, gateway, routes, name server, MTU', async () => {
    await network().apply();
    await allBound(network());
    const { fixedIps = [] } = network().resolved.networks.get('lan')?.dhcp ?? {};
    const [front, back] = fixedIps.map(({ address }) => address);
    expect(await guestView(network(), 'web')).toEqual(
      viewFrom('10.1.0', front, ['10.2.0.0/24 dev eth0 scope link', '10.3.0.0/24 dev eth0 scope link']),
    );
    expect(await guestView(network(), 'db')).toEqual(
      viewFrom('10.2.0', back, [
        '10.1.0.0/24 dev eth0 scope link',
        '10.3.0.0/24 dev eth0 scope link',
        '172.16.0.0/16 via 10.2.0.99 dev eth0',
      ]),
    );
    await expect(network()).toPing('web', '10.2.0.11');
    await isQuiet(network());
  });

  it('the DHCP server resolves names with and without domain, also of instances without DHCP', async () => {
    expect(await resolves(network(), 'web', 'db')).toMatch(/^10\.2\.0\.11 /);
    expect(await resolves(network(), 'web', 'db.example.org')).toMatch(/^10\.2\.0\.11 /);
    expect(await resolves(network(), 'db', 'printer.example.org')).toMatch(/^10\.3\.0\.11 /);
    expect(await resolves(network(), 'db', 'host-10-1-0-1.example.org')).toMatch(/^10\.1\.0\.1 /);
    expect(await resolves(network(), 'db', 'nobody.example.org')).toBe('');
  });

  it('extra DHCP options of a port reach only its client', async () => {
    const asked = (name: string): Promise<string> =>
      network().in(
        name,
        `printf '#!/bin/sh\\n[ "$1" != bound ] || echo "ntp=$ntpsrv file=$bootfile$boot_file"\\n' >/tmp/say
        chmod +x /tmp/say
        client() { "$@" -n -q -f -i eth0 -O ntpsrv -O bootfile -s /tmp/say; }
        { client udhcpc || client busybox udhcpc; } 2>/dev/null | grep ntp=`,
      );
    expect(await asked('db')).toBe('ntp=10.1.0.11 10.2.0.11 file=pxelinux.0\n');
    expect(await asked('web')).toBe('ntp= file=\n');
  });

  it('a server that has served a port with extra options is restarted, because SIGHUP would kill it', async () => {
    const before = await serverOf(network());
    await network().edit((doc) => delete doc.instances!['db']!.ports!['eth0']!.extra_dhcp_opts);
    const { plan } = await network().plan();
    expect(plan.changes.flatMap(({ fields }) => fields.map(({ field }) => field))).toContain('reload');
    const { rounds } = await counted(network());
    expect(rounds).toBe(1);
    expect((await serverOf(network())).pid).not.toBe(before.pid);
    await isQuiet(network());
  });

  it('the address of a deleted instance is free for the next one at once, and the server keeps running', async () => {
    const before = await serverOf(network());
    expect(before.leases).toContainEqual(expect.stringMatching(/ 10\.1\.0\.11$/));
    await network().edit((doc) => {
      delete doc.instances!['web'];
      doc.expect = [];
    });
    await network().apply();
    const between = await serverOf(network());
    expect(between.leases).not.toContainEqual(expect.stringMatching(/ 10\.1\.0\.11$/));
    await isQuiet(network());
    await network().edit((doc) => {
      doc.instances!['shop'] = {
        node: 'compute',
        ports: { eth0: { network: 'lan', fixed_ip_address: '10.1.0.11', mac_address: 'fa:16:3e:99:00:01' } },
      };
    });
    await network().apply();
    await allBound(network());
    const after = await serverOf(network());
    expect(after.pid).toBe(before.pid);
    expect(after.leases).toContain('fa:16:3e:99:00:01 10.1.0.11');
  });

  it('one edit gives an address to another MAC', async () => {
    const before = await serverOf(network());
    await network().edit((doc) => (doc.instances!['shop']!.ports!['eth0']!.mac_address = 'fa:16:3e:99:00:02'));
    await network().apply();
    // A client does not notice the new MAC of its device: the guest restarts it, as after a reboot.
    await network().in('shop', `kill ${await dhcpClient(network(), 'shop')}`);
    await until(
      () => serverOf(network()),
      ({ leases }) => leases.includes('fa:16:3e:99:00:02 10.1.0.11'),
    );
    const after = await serverOf(network());
    expect(after.pid).toBe(before.pid);
    expect(after.leases).not.toContain('fa:16:3e:99:00:01 10.1.0.11');
    await isQuiet(network());
  });

  it('the running server reads another name server; another subnet restarts it', async () => {
    const before = await serverOf(network());
    await network().edit((doc) => (doc.networks!['lan']!.subnets!['back']!.dns_nameservers = ['9.9.9.9']));
    await network().apply();
    expect((await serverOf(network())).pid).toBe(before.pid);
    await network().edit((doc) => (doc.networks!['lan']!.subnets!['manual']!.enable_dhcp = true));
    await network().apply();
    expect((await serverOf(network())).pid).not.toBe(before.pid);
    await isQuiet(network());
  });

  it('the next apply restarts a server that died', async () => {
    const { pid } = await serverOf(network());
    await network().in('controller', `kill -9 ${pid}; sleep 0.1`);
    await network().apply();
    expect(await resolves(network(), 'shop', 'db.example.org')).toMatch(/^10\.2\.0\.11 /);
    await isQuiet(network());
  });

  it('a guest cannot release the lease of another; without port security it could', async () => {
    const [, back] = network().resolved.networks.get('lan')?.dhcp?.fixedIps ?? [];
    const { mac = '' } = network().resolved.instances.get('db')?.ports[0] ?? {};
    const lease = `${mac} 10.2.0.11`;
    const message = dhcp(mac, { type: 7, address: '10.2.0.11', server: back?.address ?? '' }).toString('hex');
    const release = (): Promise<string> =>
      network().in('shop', `perl -MSocket -e '${SEND}' 68 ${String(back?.address)} ${message}`);
    const protect = async (port_security_enabled: boolean): Promise<void> => {
      await network().edit((doc) => Object.assign(doc.instances!['shop']!.ports!['eth0']!, { port_security_enabled }));
      await network().apply();
    };
    await allBound(network());
    await release();
    // A lookup after the message is answered after it.
    expect(await resolves(network(), 'shop', 'db.example.org')).toMatch(/^10\.2\.0\.11 /);
    expect((await serverOf(network())).leases).toContain(lease);
    await protect(false);
    await release();
    await until(
      () => serverOf(network()),
      ({ leases }) => !leases.includes(lease),
    );
    await protect(true);
    await isQuiet(network());
  });

  it('the server’s default route is the first gateway of the subnets, and an old one is deleted', async () => {
    const routes = (): Promise<string> =>
      network().in('controller', 'for n in $(ls /run/netns | grep qdhcp); do ip -n $n route show default; done');
    const only = (gateway: string): RegExp =>
      new RegExp(String.raw`^default via ${gateway} dev ${dhcpPrefix()}\S+ proto static *\n$`);
    expect(await routes()).toMatch(only('10.1.0.1'));
    await network().edit((doc) => {
      delete doc.routers;
      const { front, back, manual } = doc.networks!['lan']!.subnets!;
      front!.gateway_ip = null;
      back!.gateway_ip = '10.2.0.254';
      manual!.gateway_ip = null;
    });
    await network().apply();
    expect(await routes()).toMatch(only('10.2.0.254'));
    await isQuiet(network());
    await network().edit((doc) => (doc.networks!['lan']!.subnets!['back']!.gateway_ip = null));
    await network().apply();
    expect(await routes()).toBe('');
    await isQuiet(network());
  });
});
