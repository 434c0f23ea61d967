import type { Network } from './network.ts';
import { until } from './suite.ts';

/** True if a ping is answered. Several tries are allowed, because ARP costs the first one. */
export async function pings(network: Network, from: string, to: string, tries = 20): Promise<boolean> {
  for (let turn = 0; turn < tries; turn += 1) {
    const { code } = await network.try(from, `ping -n -c 1 -W 1 ${to}`);
    if (code === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/**
 * Returns the text that the listener of a TCP connection sends (`NAME sees ADDRESS`); `undefined` without a connection.
 */
export async function asks(network: Network, from: string, address: string, port: number): Promise<string | undefined> {
  const script = `alarm 3; my $s = IO::Socket::INET->new(PeerAddr => '${address}:${port}', Timeout => 1) or exit 1;
    print $s->getline`;
  const { code, stdout } = await network.try(from, `perl -MIO::Socket::INET -e '${script.replaceAll("'", "'\\''")}'`);
  return code === 0 ? stdout.trim() : undefined;
}

/** Waits until every instance has its addresses: one by DHCP, the others set statically. */
export async function allBound(network: Network): Promise<void> {
  for (const [name, { ports }] of network.resolved.instances) {
    for (const { device, fixedIps } of ports) {
      const expected = fixedIps.map(({ address }) => ` ${address}/`);
      await until(
        () => network.in(name, `ip -4 -o address show dev ${device} || :`),
        (text) => expected.every((address) => text.includes(address)),
        15_000,
      );
    }
  }
}

/** Returns the source addresses of the next `count` ICMP echo requests that reach a member while an action runs. */
export async function echoSources(
  network: Network,
  member: string,
  count: number,
  meanwhile: () => Promise<unknown>,
): Promise<string[]> {
  const script = `
    use Socket; $| = 1; alarm 10;
    socket my $s, AF_INET, SOCK_RAW, 1 or die; open my $f, '>', '/tmp/listening'; close $f;
    for (my $left = ${count}; $left > 0;) {
      recv $s, my $packet, 2000, 0; my @bytes = unpack 'C*', $packet;
      next unless $bytes[4 * ($bytes[0] & 15)] == 8;
      print join('.', @bytes[12 .. 15]), "\\n"; $left--;
    }`;
  // An earlier listener has left its ready file.
  await network.in(member, 'rm -f /tmp/listening');
  const listening = network.in(member, `exec perl -e '${script.replaceAll("'", "'\\''")}'`);
  await until(
    () => network.try(member, 'test -e /tmp/listening'),
    ({ code }) => code === 0,
  );
  await meanwhile();
  return (await listening).trim().split('\n');
}

/** Returns the number of ICMP echo requests that a member has received. */
export async function echoesSeen(network: Network, member: string): Promise<number> {
  const text = await network.in(member, 'grep ^Icmp: /proc/net/snmp');
  const [names = [], values = []] = text.split('\n').map((line) => line.split(' '));
  return Number(values[names.indexOf('InEchos')]);
}

/** Returns what an instance got by DHCP: addresses, routes, name servers, MTU. */
export async function guestView(
  network: Network,
  instance: string,
): Promise<{ address: string; routes: string[]; dns: string[]; mtu: string }> {
  const text = await network.in(
    instance,
    `ip -4 -o address show dev eth0 | sed 's/.* inet \\([^ ]*\\) .*/\\1/'; echo --; ip -4 route show proto dhcp; echo --
    cat /etc/resolv.conf; echo --; cat /sys/class/net/eth0/mtu`,
  );
  const [address = '', routes = '', dns = '', mtu = ''] = text.split('--\n');
  const lines = (part: string): string[] =>
    part
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return {
    address: address.trim(),
    routes: lines(routes)
      .map((line) => line.replace(/ proto dhcp| onlink/g, ''))
      .sort(),
    dns: lines(dns).filter((line) => line.startsWith('nameserver')),
    mtu: mtu.trim(),
  };
}

/** Returns the pid of an instance's DHCP client. */
export async function dhcpClient(network: Network, instance: string): Promise<string> {
  const pids = await network.in(
    instance,
    `me=$(readlink /proc/self/ns/net)
    for process in /proc/[0-9]*; do
      { read -r name <"$process/comm"; } 2>/dev/null || continue
      case $name in udhcpc | busybox) ;; *) continue ;; esac
      [ "$(readlink "$process/ns/net")" != "$me" ] || echo "\${process#/proc/}"
    done`,
  );
  if (!/^\d+\n$/.test(pids)) throw new Error(`${instance} has not one DHCP client: ${JSON.stringify(pids)}`);
  return pids.trim();
}

/** Makes the DHCP client of an instance renew its lease at once. */
export async function renew(network: Network, instance: string): Promise<void> {
  await network.in(instance, `kill -USR1 ${await dhcpClient(network, instance)}`);
}
