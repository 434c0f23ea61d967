use strict;

# Turns TX checksum offload of devices off: the kernel then writes the checksums itself. Follows tx-checksums.pl in one
# program. Arguments: devices.
socket(my $socket, 2, 2, 0) or die "socket: $!\n";
for my $device (@ARGV) {
  defined tx_checksums($socket, $device, 0) or die "$device: tx-checksums: $!\n";
}
