import { DNS_SCRIPT } from './dns-script.ts';
import type { Probe } from './probe.ts';

/** How long one attempt waits for an answer, in seconds. */
const PATIENCE = 1;

/**
 * Connects, reads one line, prints it. Perl, because its base package is on every Debian; `nc` differs from one package
 * to the next in how it ends. Arguments: address, port, seconds.
 */
const TCP_SCRIPT = `
use IO::Socket::INET;
my ($address, $port, $seconds) = @ARGV;
$SIG{ALRM} = sub { print STDERR "connected, but no line came\\n"; exit 2 };
my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp', Timeout => $seconds);
if (!$socket) { print STDERR ($! || $@), "\\n"; exit 1 }
alarm $seconds + 1;
my $line = <$socket>;
if (!defined $line) { print STDERR "connected, but no line came\\n"; exit 2 }
print $line;
`;

/** The command that tries a probe once, in the asker's namespace. */
export function probeCommand(probe: Probe): readonly string[] {
  if (probe.protocol === 'ping') return ['ping', '-n', '-c', '1', '-W', String(PATIENCE), probe.address];
  if (probe.protocol === 'dns') return ['perl', '-e', DNS_SCRIPT, probe.name ?? '', String(PATIENCE)];
  return ['perl', '-e', TCP_SCRIPT, probe.address, String(probe.port ?? 0), String(PATIENCE)];
}
