use strict;

# Reads TX checksum offload of a device (whether the kernel leaves checksums to the device), or sets it. Returns the
# value read or set, or undef if the device refuses. ethtool(8), which uses the same ioctl, is not on every node:
# linux/ethtool.h, ETHTOOL_GTXCSUM and ETHTOOL_STXCSUM; struct ifreq ends in a pointer to the value.
sub tx_checksums {
  my ($socket, $device, $desired) = @_;
  my ($SIOCETHTOOL, $GTXCSUM, $STXCSUM) = (0x8946, 0x16, 0x17);
  my $value = pack 'L2', defined $desired ? ($STXCSUM, $desired) : ($GTXCSUM, 1);
  my $request = pack 'Z16 P x16', $device, $value;
  return ioctl($socket, $SIOCETHTOOL, $request) ? (unpack 'L2', $value)[1] : undef;
}

1;
