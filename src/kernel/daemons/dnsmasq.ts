import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import { filesProbe } from '../probes/files.ts';
import type { Daemon, DaemonPlace } from './daemon.ts';

/** The leases a dnsmasq holds, each `address mac`, as its own lease file tells. Nothing where there is no such file. */
function leasesIn(view: NodeView, state: string): readonly string[] {
  const text = view.get(filesProbe)?.find((file) => file.path === leaseFile(state))?.content ?? '';
  return text.split('\n').flatMap((line) => {
    const [, mac, address] = /^\d+ ([0-9a-f:]{17}) ([0-9.]+) /.exec(line) ?? [];
    return mac === undefined || address === undefined ? [] : [`${address} ${mac}`];
  });
}

function leaseFile(state: string): string {
  return `${state}/leases`;
}

/**
 * Sends a DHCPRELEASE for each lease, as the client itself would, to the server's address towards it; then waits until
 * the lease is out of the file. Three tries of a second each; whatever is held then is an error. It is dnsmasq-utils'
 * dhcp_release in the Perl that every node has. Bound to the device, the packet comes in from where clients are, though
 * it never leaves the machine. Arguments: device, lease file, `address mac` ….
 */
const RELEASE = [
  'use strict; use Socket;',
  // Socket.pm does not know SO_BINDTODEVICE.
  'my $bind_to_device = 25;',
  'my ($device, $file, @leases) = @ARGV;',
  'sub held { my ($ip, $mac) = @_; open(my $in, "<", $file) or return 0; grep { /^\\d+ \\Q$mac\\E \\Q$ip\\E / } <$in> }',
  'my $failed = 0;',
  'for my $lease (@leases) {',
  '  my ($ip, $mac) = split / /, $lease;',
  '  socket(my $s, PF_INET, SOCK_DGRAM, 0) or die "socket: $!\\n";',
  '  setsockopt($s, SOL_SOCKET, $bind_to_device, pack("Z*", $device)) or die "$device: $!\\n";',
  // Towards an address of the subnet, the kernel chooses the server's own address in it.
  '  connect($s, pack_sockaddr_in(67, inet_aton($ip))) or die "$ip: $!\\n";',
  '  my (undef, $server) = unpack_sockaddr_in(getsockname($s));',
  '  socket(my $out, PF_INET, SOCK_DGRAM, 0) or die "socket: $!\\n";',
  '  setsockopt($out, SOL_SOCKET, $bind_to_device, pack("Z*", $device)) or die "$device: $!\\n";',
  '  my $packet = pack("C4 N n n a4 a4 a4 a4 a16 x64 x128", 1, 1, 6, 0, int(rand(2**32)), 0, 0,',
  '    inet_aton($ip), "", "", "", pack("H2" x 6, split(/:/, $mac)))',
  '    . pack("N CCC CCa4 C x56", 0x63825363, 53, 1, 7, 54, 4, $server, 255);',
  '  for my $try (1 .. 3) {',
  '    send($out, $packet, 0, pack_sockaddr_in(67, $server)) or die "$ip: $!\\n";',
  '    for (1 .. 50) { last unless held($ip, $mac); select(undef, undef, undef, 0.02) }',
  '    last unless held($ip, $mac);',
  '  }',
  '  if (held($ip, $mac)) { print STDERR "the DHCP server still holds $ip for $mac\\n"; $failed = 1 }',
  '}',
  'exit $failed;',
].join('\n');

/** The command that makes a running dnsmasq forget these leases. */
function release({ netns, state }: DaemonPlace, device: string, leases: readonly string[]): Command {
  return { tool: 'exec', netns, argv: ['perl', '-e', RELEASE, device, leaseFile(state), ...leases] };
}

/** The DHCP server. It holds leases against whoever comes next, until their time is over. */
export const dnsmasq: Daemon = { program: 'dnsmasq', debianPackage: 'dnsmasq-base', holds: leasesIn, release };
