use strict;
use IO::Socket::INET;

# Asks the name servers of resolv.conf in turn for the A records of a name, without search domains, and prints a line
# with the server and all addresses. `getent` may use files and services of the machine that the lab is in. Arguments:
# name, seconds.
exit ask(@ARGV) unless caller;

sub ask {
  my ($name, $seconds) = @_;
  open(my $file, '<', '/etc/resolv.conf') or die "/etc/resolv.conf: $!\n";
  my @servers = servers_in(<$file>);
  if (!@servers) { print STDERR "resolv.conf has no name server\n"; return 1 }
  my $id = int rand 65536;
  my $query = query($id, $name);
  my @silent;
  for my $server (@servers) {
    my $socket = IO::Socket::INET->new(PeerAddr => $server, PeerPort => 53, Proto => 'udp') or next;
    $socket->send($query);
    vec(my $wait = '', $socket->fileno, 1) = 1;
    my $answer = '';
    if (!select($wait, undef, undef, $seconds) || !defined $socket->recv($answer, 4096) || length $answer < 12) {
      push @silent, $server;
      next;
    }
    next if unpack('n', $answer) != $id;
    print join(' ', $server, addresses_in($answer, length $query)), "\n";
    return 0;
  }
  print STDERR "no answer from @silent\n";
  return 1;
}

sub servers_in {
  return map { /^nameserver\s+([\d.]+)\s*$/ ? $1 : () } @_;
}

# Returns the message of RFC 1035 that asks for A records, with recursion desired.
sub query {
  my ($id, $name) = @_;
  my $labels = join '', map { pack 'C/a*', $_ } split /[.]/, $name;
  return pack('n6', $id, 0x0100, 1, 0, 0, 0) . $labels . pack 'x n n', 1, 1;
}

# Returns the addresses of the A records among the answers; $at is their offset, after the question.
sub addresses_in {
  my ($answer, $at) = @_;
  my $count = (unpack 'n4', $answer)[3];
  my @addresses;
  while ($count-- > 0) {
    $at = behind_name($answer, $at);
    last if $at + 10 > length $answer;
    my ($type, undef, undef, $length) = unpack 'n2 N n', substr $answer, $at, 10;
    push @addresses, join '.', unpack 'C4', substr $answer, $at + 10, 4 if $type == 1 && $length == 4;
    $at += 10 + $length;
  }
  return @addresses;
}

# A name ends with an empty label, or with a pointer to the rest of it.
sub behind_name {
  my ($answer, $at) = @_;
  for (;;) {
    my $length = $at < length $answer ? ord substr $answer, $at, 1 : 0;
    return $at + ($length == 0 ? 1 : 2) if $length == 0 || $length >= 192;
    $at += 1 + $length;
  }
}

1;
