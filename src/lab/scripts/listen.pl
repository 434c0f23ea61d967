use strict;
use warnings;
use Socket qw(:all);

# Answers every TCP connection on the given ports with `NAME sees ADDRESS`, then closes it. It binds the unspecified
# address, so it can run before the member has an address. Arguments: name, ports.
my ($name, @ports) = @ARGV;
$SIG{CHLD} = 'IGNORE';
for my $port (@ports) {
  defined(my $child = fork) or die "fork: $!";
  serve($port) if $child == 0;
}
sleep while 1;

sub serve {
  my ($port) = @_;
  my $server = open_port($port);
  while (1) {
    my $peer = accept(my $client, $server) or next;
    defined(my $child = fork) or next;
    next if $child;
    alarm 5;
    syswrite $client, "$name sees " . address_of($peer) . "\n";
    shutdown $client, SHUT_WR;
    # To close with unread bytes would reset the connection, and the peer could lose the line.
    1 while sysread $client, my $rest, 4096;
    exit 0;
  }
}

sub open_port {
  my ($port) = @_;
  my $server;
  if (socket $server, AF_INET6, SOCK_STREAM, 0) {
    setsockopt $server, SOL_SOCKET, SO_REUSEADDR, 1;
    setsockopt $server, IPPROTO_IPV6, IPV6_V6ONLY, 0;
    return $server if bind($server, pack_sockaddr_in6($port, IN6ADDR_ANY)) && listen $server, 128;
  }
  socket $server, AF_INET, SOCK_STREAM, 0 or die "socket: $!";
  setsockopt $server, SOL_SOCKET, SO_REUSEADDR, 1;
  bind $server, pack_sockaddr_in($port, INADDR_ANY) or die "port $port: $!";
  listen $server, 128 or die "port $port: $!";
  return $server;
}

sub address_of {
  my ($peer) = @_;
  return inet_ntop(AF_INET, (unpack_sockaddr_in $peer)[1]) if sockaddr_family($peer) == AF_INET;
  my $text = inet_ntop AF_INET6, (unpack_sockaddr_in6 $peer)[1];
  $text =~ s/^::ffff://;
  return $text;
}
