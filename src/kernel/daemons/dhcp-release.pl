use strict;
use Socket;

# Sends a DHCPRELEASE for each lease, as the client would, to the server's address in the client's subnet; then waits
# until the lease is out of the lease file. It tries three times for one second each; a lease held after that is an
# error. It does what dhcp_release of dnsmasq-utils does, in Perl, which every node has. Arguments: device, lease file,
# `address mac` ….
exit release(@ARGV) unless caller;

sub release {
  my ($device, $file, @leases) = @_;
  my $failed = 0;
  for my $lease (@leases) {
    my ($ip, $mac) = split / /, $lease;
    my $server = server_of($device, $ip);
    my $socket = socket_on($device);
    my $packet = dhcp_release($ip, $mac, $server, int rand 2**32);
    for my $try (1 .. 3) {
      send($socket, $packet, 0, pack_sockaddr_in(67, $server)) or die "$ip: $!\n";
      for (1 .. 50) { last unless held($file, $ip, $mac); select(undef, undef, undef, 0.02) }
      last unless held($file, $ip, $mac);
    }
    if (held($file, $ip, $mac)) { print STDERR "the DHCP server still holds $ip for $mac\n"; $failed = 1 }
  }
  return $failed;
}

# Bound to the device, the packet reaches the server by the clients' device, though it never leaves the node.
sub socket_on {
  my ($device) = @_;
  # Socket.pm does not know SO_BINDTODEVICE.
  my $bind_to_device = 25;
  socket(my $socket, PF_INET, SOCK_DGRAM, 0) or die "socket: $!\n";
  setsockopt($socket, SOL_SOCKET, $bind_to_device, pack 'Z*', $device) or die "$device: $!\n";
  return $socket;
}

# Returns the server's address in the subnet of $ip: the source address that the kernel chooses towards $ip.
sub server_of {
  my ($device, $ip) = @_;
  my $socket = socket_on($device);
  connect($socket, pack_sockaddr_in(67, inet_aton($ip))) or die "$ip: $!\n";
  return (unpack_sockaddr_in(getsockname $socket))[1];
}

# Returns a DHCPRELEASE (RFC 2131) from the client at $ip with this MAC: message type 7, and the server's identifier.
sub dhcp_release {
  my ($ip, $mac, $server, $transaction) = @_;
  return pack('C4 N n n a4 a4 a4 a4 a16 x64 x128', 1, 1, 6, 0, $transaction, 0, 0,
    inet_aton($ip), '', '', '', pack 'H2' x 6, split /:/, $mac)
    . pack 'N CCC CCa4 C x56', 0x63825363, 53, 1, 7, 54, 4, $server, 255;
}

sub held {
  my ($file, $ip, $mac) = @_;
  open(my $leases, '<', $file) or return 0;
  return scalar grep { /^\d+ \Q$mac\E \Q$ip\E / } <$leases>;
}

1;
