import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tapsCanBeMade } from './support/taps.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { docOf } from './support/topology.ts';
import { guestImage, type Image } from './support/vm/image.ts';
import { startMachine, type Machine } from './support/vm/machine.ts';

ownLabs();

const METADATA = 'http://169.254.169.254/latest';
const TOPOLOGY = readFileSync(new URL('../../topologies/virtual-machine.yaml', import.meta.url), 'utf8');

/** The files from which a virtual machine boots, or why there can be none here. */
function imageOrWhy(): Image | string {
  if (!tapsCanBeMade()) return '/dev/net/tun is not open to this user';
  try {
    execFileSync('qemu-system-x86_64', ['--version'], { stdio: 'pipe' });
  } catch {
    return 'QEMU is not installed';
  }
  try {
    return guestImage();
  } catch (error) {
    return `its kernel cannot be fetched: ${String(error)}`;
  }
}

describe('a virtual machine on the tap device of its instance', () => {
  const image = imageOrWhy();
  beforeEach((context) => {
    if (typeof image === 'string') context.skip(image);
  });
  const network = labOf(() => ({ ...docOf(TOPOLOGY), name: 'e2e-vm' }));
  let machine: Machine;

  beforeAll(async () => {
    if (typeof image === 'string') return;
    await network().apply();
    machine = await startMachine(
      network(),
      port(),
      image,
      `tcp=172.24.4.1:80 fetch=${METADATA}/meta-data/hostname,${METADATA}/user-data`,
    );
  }, 120_000);

  const port = () => {
    const [found] = network().resolved.instances.get('web')?.ports ?? [];
    if (found === undefined) throw new Error('the instance has no port');
    return found;
  };

  it('gets its lease: address, router, name server, MTU, name', async () => {
    const [fixed] = port().fixedIps;
    const dhcp = network().resolved.networks.get('private')?.dhcp?.fixedIps[0]?.address ?? '';
    expect(await machine.lineAfter('@lease')).toBe(
      `${fixed?.address ?? ''}/24 ${fixed?.subnet.gatewayIp ?? ''} ${dhcp} 1450 ` +
        `host-${(fixed?.address ?? '').replaceAll('.', '-')}`,
    );
  }, 100_000);

  it('reaches the outside as its floating IP', async () => {
    expect(await machine.lineAfter('@heard')).toBe('outside sees 172.24.4.100');
  }, 100_000);

  it('gets its metadata', async () => {
    expect(await machine.lineAfter(`@fetched ${METADATA}/meta-data/hostname`)).toBe('web.example.org');
    expect(await machine.lineAfter(`@fetched ${METADATA}/user-data`)).toBe('#cloud-config packages: [nginx]');
  }, 100_000);

  it('is reachable from outside by its floating IP', async () => {
    await machine.lineAfter('@ready');
    expect(await network().in('outside', 'ping -c 1 -W 5 172.24.4.100')).toContain(' 0% packet loss');
    expect(
      await network().in(
        'outside',
        `perl -MIO::Socket::INET -e 'print IO::Socket::INET->new("172.24.4.100:22")->getline'`,
      ),
    ).toBe('a virtual machine greets you\n');
  }, 100_000);

  it('causes no change to its tap, neither when it runs nor when it ends', async () => {
    expect(changesOf(await network().plan())).toEqual([]);
    await machine.kill();
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('keeps running while another apply changes its network', async () => {
    machine = await startMachine(network(), port(), image as Image, '');
    await machine.lineAfter('@ready');
    await network().edit((doc) => {
      doc.floating_ips!['web']!.floating_ip_address = '172.24.4.101';
    });
    await network().apply();
    expect(await network().in('outside', 'ping -c 1 -W 2 172.24.4.101')).toContain(' 0% packet loss');
    expect((await network().try('outside', 'ping -c 1 -W 1 172.24.4.100')).code).not.toBe(0);
  }, 100_000);
});
