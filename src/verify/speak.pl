use strict;
use Socket;

# Tells whether this namespace could reach a target: it has its own addresses, and its next hop answers ARP; for a
# target on-link or without a route, any neighbour on-link suffices. An empty datagram to the discard port makes the
# kernel ask by ARP, which groups and other filters of IP do not see. Prints one line: `missing ADDRESS…`, `alone`,
# `silent ADDRESS…` or `speaks ADDRESS`. Arguments: target, seconds, own addresses separated by commas, neighbours.
my ($target, $seconds, $own, @neighbours) = @ARGV;

my %have = map { /\binet ([\d.]+)/ ? ($1 => 1) : () } output('ip', '-4', '-o', 'address', 'show', 'up');
my @missing = grep { !$have{$_} } split /,/, $own;
if (@missing) { print "missing @missing\n"; exit }

my %devices;
my ($first, $is_gateway) = hop($target);
if (defined $first) { $devices{$first->[0]} = $first->[1] }
if (!$is_gateway) {
  for my $neighbour (@neighbours) {
    my ($hop, $far) = hop($neighbour);
    $devices{$hop->[0]} = $hop->[1] if defined $hop && !$far;
  }
}
if (!%devices) { print "alone\n"; exit }

socket(my $socket, PF_INET, SOCK_DGRAM, 0) or die "socket: $!\n";
for my $address (sort keys %devices) {
  output('ip', '-4', 'neighbour', 'delete', $address, 'dev', $devices{$address});
  send $socket, '', 0, pack_sockaddr_in(9, inet_aton($address));
}
for (1 .. $seconds * 20) {
  for (output('ip', '-4', 'neighbour', 'show')) {
    my ($address, $device) = /^([\d.]+) dev (\S+) lladdr / or next;
    next if /FAILED|INCOMPLETE/ || ($devices{$address} // '') ne $device;
    print "speaks $address\n";
    exit;
  }
  select undef, undef, undef, 0.05;
}
print 'silent ', join(' ', sort keys %devices), "\n";

# Returns the address and device by which packets to an address leave, and whether that is a gateway; nothing if there
# is no route, or if the address is local.
sub hop {
  my ($address) = @_;
  my ($line) = output('ip', '-4', '-o', 'route', 'get', $address);
  return if !defined $line || $line !~ /^[\d.]+ (?:via ([\d.]+) )?dev ([\w.-]+)/;
  return ([$1 // $address, $2], defined $1);
}

sub output {
  my @argv = @_;
  open(my $errors, '>&', \*STDERR) or die "dup: $!\n";
  open(STDERR, '>', '/dev/null') or die "/dev/null: $!\n";
  my @lines;
  if (open(my $pipe, '-|', @argv)) {
    @lines = <$pipe>;
    close $pipe;
  }
  open(STDERR, '>&', $errors) or die "dup: $!\n";
  return @lines;
}
