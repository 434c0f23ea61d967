use strict;

# Asks whether the checksums of what a link sends are left to its device (TX checksum offload), or sets it; says what
# was asked or set, nothing where the device refuses. Not every node has ethtool(8), which asks in the same way:
# linux/ethtool.h, ETHTOOL_GTXCSUM and ETHTOOL_STXCSUM; struct ifreq ends in a pointer to what is filled in.
sub tx_checksums {
  my ($socket, $device, $wish) = @_;
  my ($SIOCETHTOOL, $GTXCSUM, $STXCSUM) = (0x8946, 0x16, 0x17);
  my $value = pack 'L2', defined $wish ? ($STXCSUM, $wish) : ($GTXCSUM, 1);
  my $request = pack 'Z16 P x16', $device, $value;
  return ioctl($socket, $SIOCETHTOOL, $request) ? (unpack 'L2', $value)[1] : undef;
}

1;
