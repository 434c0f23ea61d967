use strict;

# Sends packets through routers until the file STOP exists, and prints how many: each router forwards one packet every
# INTERVAL seconds from its gateway to its subnet.
# Arguments: STOP, INTERVAL, the bridge of the gateways, the bridge of the subnets. Standard input: a line `MAC ADDRESS`
# for each router, of its gateway and of a floating IP. The numbers are those of linux/if_packet.h, linux/if_ether.h and
# linux/if_arp.h.
my ($AF_PACKET, $SOCK_RAW, $ETH_P_IP, $ETH_P_ARP) = (17, 3, 0x0800, 0x0806);
my ($stop, $interval, $outside, $inside) = @ARGV;

my @frames = map { frame(split ' ') } <STDIN>;
my $sender = opened($outside, 0);
# The hosts of the subnets do not exist: for all of them the bridge answers, and drops what it then gets.
my $arp = opened($inside, $ETH_P_ARP);
my $sent = 0;
my $next = now();
until (-e $stop) {
  for (@frames) { $sent++ if defined send $sender, $_, 0 }
  $next += $interval;
  while ((my $rest = $next - now()) > 0) {
    my $readable = '';
    vec($readable, fileno $arp, 1) = 1;
    answer() if select($readable, undef, undef, $rest) > 0;
  }
}
print "$sent\n";

sub now {
  require Time::HiRes;
  return Time::HiRes::time();
}

# Returns a raw socket on a device.
sub opened {
  my ($device, $protocol) = @_;
  socket(my $socket, $AF_PACKET, $SOCK_RAW, unpack 'S', pack 'n', $protocol) or die "socket: $!\n";
  my $address = pack 'S n l S C C x8', $AF_PACKET, $protocol, content("/sys/class/net/$device/ifindex"), 0, 0, 0;
  bind $socket, $address or die "bind to $device: $!\n";
  return $socket;
}

# Returns an Ethernet frame to the router with a UDP packet to its floating IP, from a host that does not exist.
sub frame {
  my ($mac, $to) = @_;
  my $udp = pack 'n4 a8', 40000, 9, 16, 0, 'netloom';
  my @header = (0x4500, 20 + length $udp, 0, 0x4000, 0x4011, 0, 0xac18, 0xfe01, unpack 'n2', ip($to));
  my $sum = 0;
  $sum += $_ for @header;
  $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
  $header[5] = ~$sum & 0xffff;
  return mac($mac) . mac('02:00:00:00:00:01') . pack('n n10', $ETH_P_IP, @header) . $udp;
}

# Answers a request by ARP with the bridge's own MAC.
sub answer {
  defined recv $arp, my $request, 1 << 11, 0 or return;
  my ($operation, $asker, $asker_ip, $asked) = unpack 'x20 n a6 a4 x6 a4', $request;
  return if $operation != 1;
  my $own = mac(content("/sys/class/net/$inside/address"));
  send $arp, $asker . $own . pack('n n n C2 n', $ETH_P_ARP, 1, $ETH_P_IP, 6, 4, 2) . "$own$asked$asker$asker_ip", 0;
}

sub mac { return pack 'H12', join '', split /:/, $_[0] }

sub ip { return pack 'C4', split /\./, $_[0] }

sub content {
  open(my $file, '<', $_[0]) or die "$_[0]: $!\n";
  chomp(my $text = <$file>);
  return $text;
}
