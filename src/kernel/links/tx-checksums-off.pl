use strict;

# What the kernel sends into these devices gets its checksums before. Stands behind tx-checksums.pl. Arguments: devices.
socket(my $socket, 2, 2, 0) or die "socket: $!\n";
for my $device (@ARGV) {
  defined tx_checksums($socket, $device, 0) or die "$device: tx-checksums: $!\n";
}
