use strict;

# Reads policy rules, neighbours and IPsec from the kernel by netlink(7), which starts no process. Prints for each
# table that was read a line `TABLE`, then a line `TABLE HEX` for each message that matters (its body in hexadecimal,
# without the header). A table that the kernel does not have prints nothing. dump.pl precedes it in the program. The
# numbers are those of linux/netlink.h, rtnetlink.h, neighbour.h and xfrm.h.
my ($NETLINK_ROUTE, $NETLINK_XFRM) = (0, 6);
# At most this many messages of a table: a foreign program may have filled it.
my $LIMIT = 1000;

# Neighbours that matter are permanent and of IP, and neither learned nor added by a control plane (NTF_EXT_LEARNED). A
# policy of a socket (XFRM_POLICY_MAX and above) concerns that socket alone. Of a state only its fixed part is printed:
# its attributes contain keys.
my @L3_TABLES = (
  # Rules of multicast routing have families of their own.
  ['rule', $NETLINK_ROUTE, 34, pack('x12'), sub { (unpack 'C', $_[0])[0] =~ /^(?:2|10)$/ ? $_[0] : '' }],
  ['neighbour', $NETLINK_ROUTE, 30, pack('x12'), sub {
    my ($family, $state, $flags) = unpack 'C x7 S C', $_[0];
    return ($family == 2 || $family == 10) && ($state & 0x80) && !($flags & 0x10) ? $_[0] : '';
  }],
  ['proxy', $NETLINK_ROUTE, 30, pack('x10 C x', 8), sub { (unpack 'x10 C', $_[0])[0] & 8 ? $_[0] : '' }],
  ['policy', $NETLINK_XFRM, 0x15, '', sub { ((unpack 'x156 L', $_[0])[0] & 7) < 3 ? $_[0] : '' }],
  ['state', $NETLINK_XFRM, 0x12, '', sub { substr $_[0], 0, 224 }],
);

sub l3_tables {
  my $text = tables(@L3_TABLES);
  $text .= "vrrp\n" if has_vrrp();
  return $text;
}

# The neighbours alone, in the same form.
sub neighbour_tables { return tables(grep { $_->[2] == 30 } @L3_TABLES) }

sub tables {
  my $text = '';
  my (%sockets, $has_xfrm);
  for (@_) {
    my ($name, $protocol, $type, $body, $keep) = @$_;
    # A socket of a protocol that is not there would load its module.
    next if $protocol == $NETLINK_XFRM && !($has_xfrm //= has_netlink($protocol));
    my $socket = $sockets{$protocol} ||= netlink_socket($protocol) or next;
    my $messages = netlink_dump($socket, $type, $body) or next;
    my @kept = grep { $_ ne '' } map { $keep->($_) } @$messages;
    splice @kept, $LIMIT if @kept > $LIMIT;
    $text .= join '', "$name\n", map { "$name " . unpack('H*', $_) . "\n" } @kept;
  }
  return $text;
}

# Every protocol of the kernel has a socket in each namespace.
sub has_netlink {
  my ($protocol) = @_;
  open(my $sockets, '<', '/proc/self/net/netlink') or return 0;
  return scalar grep { (split)[1] eq $protocol } <$sockets>;
}

# Returns whether a daemon of the namespace speaks VRRP (IP protocol 112) or waits to.
sub has_vrrp {
  for my $file ('/proc/self/net/raw', '/proc/self/net/raw6') {
    open(my $sockets, '<', $file) or next;
    return 1 if grep { /^\s*\d+: [0-9A-F]+:0070 / } <$sockets>;
  }
  return 0;
}

1;
