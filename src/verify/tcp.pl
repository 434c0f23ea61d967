use strict;
use IO::Socket::INET;

# Connects, reads one line, prints it. Perl, because its base package is on every Debian; `nc` differs from one
# package to the next in how it ends. Arguments: address, port, seconds.
my ($address, $port, $seconds) = @ARGV;
$SIG{ALRM} = sub { print STDERR "connected, but no line came\n"; exit 2 };
my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp', Timeout => $seconds);
if (!$socket) { print STDERR ($! || $@), "\n"; exit 1 }
alarm $seconds + 1;
my $line = <$socket>;
if (!defined $line) { print STDERR "connected, but no line came\n"; exit 2 }
print $line;
