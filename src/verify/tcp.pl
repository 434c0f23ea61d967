use strict;
use IO::Socket::INET;
use Socket;

# Connects, reads one line, prints it. Perl, because its base package is on every Debian; `nc` differs from one
# package to the next in how it ends. A refusal by an ICMP error is told from a host that is not found, which the kernel
# reports alike: with the right to, it is read from a raw socket. Exit code 2: connected, and no line came; 3: refused.
# Arguments: address, port, seconds.
my ($address, $port, $seconds) = @ARGV;
# Unreachable: protocol, port, network and host (both prohibited), filtered.
my %refusals = (2 => 1, 3 => 1, 9 => 1, 10 => 1, 13 => 1);
$SIG{ALRM} = sub { print STDERR "connected, but no line came\n"; exit 2 };
my $has_icmp = socket(my $icmp, PF_INET, SOCK_RAW, 1);
my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp', Timeout => $seconds);
if (!$socket) {
  my $error = $! || $@;
  my $is_reset = $!{ECONNREFUSED};
  if (defined(my $sender = refusal())) {
    print STDERR "refused by $sender\n";
    exit 3;
  }
  print STDERR "$error\n";
  exit($is_reset ? 3 : 1);
}
alarm $seconds + 1;
my $line = <$socket>;
if (!defined $line) { print STDERR "connected, but no line came\n"; exit 2 }
print $line;

# Returns the sender of an ICMP error that refuses this connection.
sub refusal {
  return if !$has_icmp;
  vec(my $ready = '', fileno $icmp, 1) = 1;
  while (select(my $readable = $ready, undef, undef, 0)) {
    my $from = recv($icmp, my $packet, 2048, 0);
    return if !defined $from;
    # An ICMP error has 8 bytes and then the packet that it is about.
    my $header = 4 * (ord($packet) & 15);
    next if length $packet < $header + 8 + 24;
    my ($type, $code) = unpack 'C2', substr $packet, $header, 2;
    my $about = substr $packet, $header + 8;
    my $at = 4 * (ord($about) & 15);
    next if $type != 3 || !$refusals{$code} || ord(substr $about, 9, 1) != 6 || length $about < $at + 4;
    next if substr($about, 16, 4) ne inet_aton($address) || unpack('n', substr $about, $at + 2, 2) != $port;
    return inet_ntoa((unpack_sockaddr_in $from)[1]);
  }
  return;
}
