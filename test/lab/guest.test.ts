import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  labDown,
  labHost,
  labRun,
  labStatus,
  labUp,
  type LabPortStatus,
  type LabTopology,
} from '../../src/lab/index.ts';
import type { Shell } from '../../src/model/host.ts';
import { isRoot, needsNamespaces, until } from './support.ts';

needsNamespaces();

const MAC = 'fa:16:3e:00:00:01';
const topology: LabTopology = {
  file: 'guest.yaml',
  doc: {
    name: 'guest-test',
    physical_networks: { wire: {} },
    nodes: { n1: { nics: { eth0: { physical_network: 'wire' } } } },
    networks: {
      leased: { physical_network: 'wire', subnets: { a: { cidr: '10.0.0.0/24' } } },
      fixed: { physical_network: 'wire', subnets: { b: { cidr: '10.1.0.0/24', enable_dhcp: false } } },
    },
    instances: {
      g1: {
        node: 'n1',
        listen: [22],
        ports: { eth0: { network: 'leased' }, eth1: { network: 'fixed', fixed_ip_address: '10.1.0.5' } },
      },
    },
  },
};

/** The namespace and the bridge of a DHCP server, created by hand as netloom creates them. */
const NETWORK = `
  ip link add name br0 type bridge && ip link set dev br0 up
  ip netns add dhcp
  ip link add name tapd type veth peer name ns-d netns dhcp
  ip link set dev tapd master br0 up
  ip -n dhcp address add 10.0.0.2/24 dev ns-d
  ip -n dhcp link set dev ns-d up`;
const PLUG = `
  ip link add name tapg type veth peer name eth0 address ${MAC} netns /run/netloom-guests/g1
  ip link set dev tapg master br0 up`;
const SERVER = `ip netns exec dhcp dnsmasq --user=root --group= --no-hosts --no-resolv --bind-interfaces --interface=ns-d \\
  --except-interface=lo --dhcp-range=10.0.0.0,static,255.255.255.0,1h --dhcp-host=${MAC},10.0.0.77 --dhcp-authoritative \\
  --dhcp-option=option:classless-static-route,169.254.169.254/32,10.0.0.2,0.0.0.0/0,10.0.0.1 --dhcp-option=option:mtu,1450 \\
  --dhcp-option=option:dns-server,8.8.8.8 --domain=example.org --dhcp-leasefile=/tmp/leases --pid-file=/tmp/dnsmasq.pid \\
  </dev/null >/dev/null 2>&1`;

let node: Shell;

async function port(device: string): Promise<LabPortStatus> {
  const status = await labStatus(topology);
  const found = status.instances[0]?.ports.find((each) => each.device === device);
  if (found === undefined) throw new Error(`no ${device}`);
  return found;
}

async function untilIs(dhcp: LabPortStatus['dhcp'], limitMs: number, device = 'eth0'): Promise<number> {
  return until(
    limitMs,
    () => port(device),
    (seen) => seen.dhcp === dhcp,
  );
}

async function guest(script: string): Promise<string> {
  return (await labRun(topology, 'g1', ['sh', '-c', script])).stdout;
}

describe('a guest of the lab', () => {
  beforeAll(async () => {
    await labUp(topology);
    node = await labHost(topology, 'n1').open();
    await node.read(NETWORK);
  });
  afterAll(async () => {
    await node.close();
    await labDown(topology.doc.name);
  });

  it('has a port after it is plugged in, and sends requests until a server answers', async () => {
    expect(await port('eth0')).toEqual({ device: 'eth0', mac: null, address: null, dhcp: 'absent', lease: {} });
    await node.read(PLUG);
    await untilIs('asking', 2000);
    expect(await node.job(SERVER)).toEqual({ code: 0, output: '' });
    // One request per second, with some time for a busy machine.
    expect(await untilIs('bound', 5000)).toBeLessThan(3000);
    expect(await port('eth0')).toEqual({
      device: 'eth0',
      mac: MAC,
      address: '10.0.0.77/24',
      dhcp: 'bound',
      lease: expect.objectContaining({ server: '10.0.0.2', mtu: '1450', dns: '8.8.8.8' }) as unknown,
    });
  });

  it('takes addresses, routes, MTU and name servers from the server', async () => {
    expect(await guest('ip -4 route; cat /etc/resolv.conf; cat /sys/class/net/eth0/mtu')).toBe(
      [
        'default via 10.0.0.1 dev eth0 proto dhcp onlink ',
        '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.77 ',
        '169.254.169.254 via 10.0.0.2 dev eth0 proto dhcp onlink ',
        'search example.org',
        'nameserver 8.8.8.8',
        '1450',
        '',
      ].join('\n'),
    );
  });

  it('answers on its ports with the address of the client', async () => {
    const ask = `perl -MIO::Socket::INET -e 'for (1 .. 50) {
      my $s = IO::Socket::INET->new("10.0.0.77:22") or die; print $s "hello\\n"; print $s->getline }'`;
    const inDhcp = ['ip', 'netns', 'exec', 'dhcp', 'sh', '-c'];
    expect((await labRun(topology, 'n1', [...inDhcp, ask])).stdout).toBe('g1 sees 10.0.0.2\n'.repeat(50));
  });

  it('requests a lease again after it lost its carrier', async () => {
    await node.read('ip link set dev tapg down');
    await until(
      2000,
      () => port('eth0'),
      (seen) => seen.address === null,
    );
    await node.read('ip link set dev tapg up');
    await untilIs('bound', 3000);
  });

  it('requests a lease again after its port is replaced, also at once', async () => {
    await node.read(`ip link delete dev tapg${PLUG}`);
    const lease = await port('eth0');
    if (lease.dhcp === 'bound') expect(await guest('ip -4 -o address show dev eth0')).toContain('10.0.0.77');
    await untilIs('bound', 3000);
    await until(
      3000,
      () => guest('ip -4 -o address show dev eth0'),
      (text) => text.includes('10.0.0.77/24'),
    );
  });

  it('ends its DHCP client when the port is deleted, and starts another with the next port', async () => {
    await node.read('ip link delete dev tapg');
    await untilIs('absent', 2000);
    await until(
      2000,
      () => node.read("ps ax -o args | grep -c '^udhcpc\\|^dhclient\\|^busybox udhcpc' || :"),
      (count) => count === '0\n',
    );
    await node.read(PLUG);
    await untilIs('bound', 3000);
  });

  it('sets the address itself if the network has no DHCP', async () => {
    await node.read(
      'ip link add name tapf type veth peer name eth1 netns /run/netloom-guests/g1; ip link set dev tapf master br0 up',
    );
    await untilIs('static', 2000, 'eth1');
    expect(await guest('ip -4 route show dev eth1')).toBe(
      'default via 10.1.0.1 proto static metric 100 onlink \n10.1.0.0/24 proto kernel scope link src 10.1.0.5 \n',
    );
    expect(await guest('ip -4 route show default | head -1')).toContain('10.0.0.1');
  });

  it('follows a change of its ports and of the port numbers that it answers on', async () => {
    const changed = structuredClone(topology);
    const g1 = changed.doc.instances?.['g1'];
    if (g1?.ports === undefined) throw new Error('no ports');
    delete g1.ports['eth1'];
    g1.listen = [23];
    await labUp(changed);
    await until(
      2000,
      () => guest('ip -4 -o address show dev eth1'),
      (text) => text === '',
    );
    const connect = (port: number): string =>
      `perl -MIO::Socket::INET -e 'print IO::Socket::INET->new("127.0.0.1:${String(port)}") ? "yes" : "no"'`;
    await until(
      2000,
      () => guest(connect(23)),
      (text) => text === 'yes',
    );
    expect(await guest(connect(22))).toBe('no');
    await labUp(topology);
    await untilIs('static', 2000, 'eth1');
    await untilIs('bound', 3000);
  });

  it('has a port’s other addresses beside its lease, and all of them without DHCP', async () => {
    const several = structuredClone(topology);
    const { eth0, eth1 } = several.doc.instances!['g1']!.ports!;
    Object.assign(several.doc.networks!['leased']!.subnets!, { c: { cidr: '10.2.0.0/24', enable_dhcp: false } });
    eth0!.fixed_ips = ['10.0.0.76', '10.0.0.77', '10.2.0.5'];
    delete eth1!.fixed_ip_address;
    eth1!.fixed_ips = ['10.1.0.5', '10.1.0.6'];
    const addresses = async (device: string): Promise<string[]> =>
      [...(await guest(`ip -4 -o address show dev ${device}`)).matchAll(/inet (\S+) /g)].map(([, address]) => address!);
    await labUp(several);
    await until(
      5000,
      () => addresses('eth0'),
      (seen) => seen.join() === '10.0.0.77/24,10.2.0.5/24,10.0.0.76/24',
    );
    await until(
      2000,
      () => addresses('eth1'),
      (seen) => seen.join() === '10.1.0.5/24,10.1.0.6/24',
    );
    expect(await guest('ip -4 route show default | head -1')).toContain('10.0.0.1');
    await labUp(topology);
    await until(
      5000,
      async () => [await addresses('eth0'), await addresses('eth1')].join(),
      (seen) => seen === '10.0.0.77/24,10.1.0.5/24',
    );
  });

  it('works with dhclient too', async () => {
    const routes = '32 169 254 169 254 10 0 0 2 20 172 16 16 0 0 0 0 0 10 0 0 1';
    const said = await guest(`mkdir -p /tmp/g/lease /tmp/g/dns
      cp /etc/resolv.conf /tmp/resolv.before
      ip link add name veth7 type veth peer name veth8 && ip link set dev veth8 up
      run() { env NETLOOM_GUEST=/tmp/g interface=veth7 "$@" sh /run/netloom-lab/bin/dhcp.sh; }
      run reason=PREINIT
      run reason=BOUND new_ip_address=10.0.0.9 new_subnet_mask=255.255.254.0 new_routers=10.0.0.254 NETLOOM_METRIC=7 \\
        new_rfc3442_classless_static_routes='${routes}' new_interface_mtu=1400 new_domain_name_servers='1.1.1.1 9.9.9.9'
      ip -4 -o address show dev veth7 | grep -o 'inet [^ ]*'; ip -4 route show dev veth7; cat /sys/class/net/veth7/mtu /tmp/g/dns/port-veth7
      run reason=EXPIRE
      ip -4 -o address show dev veth7; ls /tmp/g/lease
      cp /tmp/resolv.before /etc/resolv.conf; ip link delete dev veth7`);
    expect(said.split('\n')).toEqual([
      'inet 10.0.0.9/23',
      'default via 10.0.0.1 proto dhcp metric 7 onlink ',
      '10.0.0.0/23 proto kernel scope link src 10.0.0.9 ',
      '169.254.169.254 via 10.0.0.2 proto dhcp metric 7 onlink ',
      '172.16.16.0/20 proto dhcp scope link metric 7 ',
      '1400',
      'nameserver 1.1.1.1',
      'nameserver 9.9.9.9',
      '',
    ]);
  });

  it.runIf(isRoot)('never changes the files of the host', async () => {
    expect(await guest('cat /etc/resolv.conf')).toContain('example.org');
    expect(await node.read('cat /etc/resolv.conf')).not.toContain('example.org');
  });
});
