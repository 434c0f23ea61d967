/**
 * Asks the name servers of resolv.conf in turn for the A records of a name, as it is written, and prints a line with the server
 * and all addresses. Not `getent`, which may be answered by the files and services of the machine the lab is in. Arguments: name, seconds.
 */
export const DNS_SCRIPT = `
use IO::Socket::INET;
my ($name, $seconds) = @ARGV;
open my $file, '<', '/etc/resolv.conf' or die "/etc/resolv.conf: $!\\n";
my @servers = map { /^nameserver\\s+([\\d.]+)\\s*$/ ? $1 : () } <$file>;
if (!@servers) { print STDERR "told of no name server\\n"; exit 1 }
sub behind_name {
  my ($answer, $at) = @_;
  for (;;) {
    my $length = ord(substr($answer, $at, 1) // '');
    return $at + ($length == 0 ? 1 : 2) if $length == 0 || $length >= 192;
    $at += 1 + $length;
  }
}
my $id = int rand 65536;
my $question = join('', map { pack 'C/a*', $_ } split /[.]/, $name) . pack 'x n n', 1, 1;
my @silent;
for my $server (@servers) {
  my $socket = IO::Socket::INET->new(PeerAddr => $server, PeerPort => 53, Proto => 'udp') or next;
  $socket->send(pack('n6', $id, 0x0100, 1, 0, 0, 0) . $question);
  vec(my $wait = '', $socket->fileno, 1) = 1;
  my $answer = '';
  if (!select($wait, undef, undef, $seconds) || !defined $socket->recv($answer, 4096) || length $answer < 12) {
    push @silent, $server;
    next;
  }
  my ($said, undef, undef, $count) = unpack 'n4', $answer;
  next if $said != $id;
  my $at = 12 + length $question;
  my @addresses;
  while ($count-- > 0) {
    $at = behind_name($answer, $at);
    last if $at + 10 > length $answer;
    my ($type, undef, undef, $length) = unpack 'n2 N n', substr $answer, $at, 10;
    push @addresses, join '.', unpack 'C4', substr $answer, $at + 10, 4 if $type == 1 && $length == 4;
    $at += 10 + $length;
  }
  print join(' ', $server, @addresses), "\\n";
  exit 0;
}
print STDERR "no answer from @silent\\n";
exit 1;
`;
