use strict;
use Socket;

# Asks services, from the namespace in which it runs. Sent are pings, ARP requests, DHCPDISCOVER, DNS queries, HTTP
# requests and single TCP SYN segments, each to the address that its request names. It reads what the devices see too
# (AF_PACKET), so it tells a request that never left and an answer that was dropped here from a silent target.
#
# Argument: the requests, one a line: NUMBER TYPE WORD…. Prints for each a line NUMBER FIELD=VALUE…. Perl, because its
# base package is on every Debian; `arping` and `nmap` are not.

# From linux/if_ether.h, linux/if_packet.h, linux/sockios.h and asm-generic/socket.h, which no module of perl-base has.
my ($AF_PACKET, $ETH_P_ALL, $PACKET_OUTGOING) = (17, 3, 4);
my ($SIOCGIFHWADDR, $SIOCGIFINDEX) = (0x8927, 0x8933);
my ($SO_ATTACH_FILTER, $SO_MARK) = (26, 36);
my ($ARP, $IP, $ICMP, $TCP) = (0x0806, 0x0800, 1, 6);
# Pings in flight. The neighbour table of the kernel holds 1024 entries.
my $WINDOW = 128;

exit ask($ARGV[0]) unless caller;

sub ask {
  my %ask = (dhcp => \&dhcp, dns => \&dns, http => \&http, syn => \&syn, translated => \&translated);
  my (@pings, @children);
  for my $request (map { [split / /] } split /\n/, $_[0]) {
    my ($number, $type, @words) = @$request;
    if ($type eq 'ping') { push @pings, [$number, @words]; next }
    defined(my $child = fork) or next;
    if ($child) { push @children, $child; next }
    alarm 6;
    answer($number, $ask{$type}->(@words));
    exit 0;
  }
  while (my @window = splice @pings, 0, $WINDOW) { pings(@window) }
  waitpid $_, 0 for @children;
  return 0;
}

# Prints a line at once: other processes print too.
sub answer {
  my ($number, %fields) = @_;
  my @known = grep { defined $fields{$_} } sort keys %fields;
  tr/\t\n / / for @fields{@known};
  syswrite STDOUT, join("\t", $number, map { "$_=$fields{$_}" } @known) . "\n";
}

# Seconds of the monotonic clock. Time::HiRes is not in perl-base, so the number of the system call (asm/unistd.h) is.
my $clock_gettime;
sub now {
  $clock_gettime //= clock_gettime_number();
  my $time = pack 'l!2', 0, 0;
  return syscall($clock_gettime, 1, $time) == 0 ? (unpack 'l!2', $time)[0] + (unpack 'l!2', $time)[1] / 1e9 : time;
}

sub clock_gettime_number {
  our %Config;
  require Config;
  Config->import;
  my %numbers = (x86_64 => 228, i386 => 265, i486 => 265, i586 => 265, i686 => 265, aarch64 => 113, riscv64 => 113,
    loongarch64 => 113, arm => 263, powerpc => 246, powerpc64 => 246, powerpc64le => 246, s390x => 260);
  my ($architecture) = $Config{archname} =~ /^(\w+)/;
  return $numbers{$architecture} || die "the number of clock_gettime(2) on $architecture is not known\n";
}

sub since { return sprintf '%.2f', 1000 * (now() - $_[0]) }

# Each target is [NUMBER, ADDRESS, DEVICE, SOURCE]: the device by which requests should leave, and its own address.
# SOURCE is `-` if the target is behind a router, and so gets no ARP request.
sub pings {
  my @targets = map { { number => $_->[0], ip => inet_aton($_->[1]), device => $_->[2], source => $_->[3] } } @_;
  my $mine = int rand 2 ** 32;
  my %devices = map { $_->{device} => tap($_->{device}, $ICMP) } @targets;
  my %by_ip = map { $_->{ip} => $_ } @targets;
  socket(my $icmp, AF_INET, SOCK_RAW, $ICMP) or return;
  for my $turn (0 .. 3) {
    # A target that answers ARP alone does not answer the third ping either.
    my @open = grep { !answered($_) && ($turn < 2 || !$_->{arp}) } @targets or last;
    for my $target (@open) {
      $target->{at}[$turn] = now();
      $target->{error} = "$!" if !send $icmp, echo($mine, $turn), 0, pack_sockaddr_in(0, $target->{ip});
      arp_request($devices{$target->{device}}, $target) if $target->{source} ne '-' && !$target->{arp};
    }
    my $end = now() + 0.35;
    listen_to($icmp, \%devices, \%by_ip, $mine, $end, \@open);
  }
  for my $target (@targets) {
    my $device = $devices{$target->{device}};
    my $error = $device ? $target->{error} : "no device $target->{device}";
    my %seen = map { $_ => $target->{$_} } qw(left to arrived from delivered ms arp resolving);
    answer($target->{number}, %seen, error => $error);
  }
}

# A target on the same link answers both a ping and ARP.
sub answered { return $_[0]{delivered} && ($_[0]{arp} || $_[0]{source} eq '-') }

# Reads the devices and the socket until the end, or until every target has answered.
sub listen_to {
  my ($icmp, $devices, $by_ip, $mine, $end, $open) = @_;
  my %taps = map { fileno $_->{socket} => $_ } grep { defined } values %$devices;
  my $all = '';
  vec($all, $_, 1) = 1 for fileno $icmp, keys %taps;
  while ((my $left = $end - now()) > 0) {
    # What a device has seen before an answer was delivered is still to be read.
    $left = 0 if !grep { !answered($_) } @$open;
    next if select(my $ready = $all, undef, undef, $left) <= 0 && $left > 0;
    my @ready = grep { vec $ready, $_, 1 } keys %taps;
    last if $left == 0 && !@ready;
    for my $tap (map { $taps{$_} } @ready) {
      my $from = recv $tap->{socket}, my $frame, 2000, 0;
      frame_seen($by_ip, $mine, $frame, (unpack 'S n i S C', $from)[4] == $PACKET_OUTGOING) if defined $from;
    }
    if (vec $ready, fileno $icmp, 1) {
      recv $icmp, my $packet, 2000, 0;
      delivered($by_ip, $mine, $packet);
    }
  }
}

sub frame_seen {
  my ($by_ip, $mine, $frame, $outgoing) = @_;
  my ($to, $from, $type) = unpack 'H12 H12 n', $frame;
  if ($type == $ARP) {
    my ($operation, $sender, $target) = unpack 'x20 n x6 a4 x6 a4', $frame;
    $by_ip->{$target}{resolving} = 1 if $outgoing && $operation == 1 && $by_ip->{$target};
    return if $outgoing || $operation != 2 || !$by_ip->{$sender};
    $by_ip->{$sender}{arp} = mac($from);
    $by_ip->{$sender}{ms} //= since($by_ip->{$sender}{at}[-1]);
    return;
  }
  my ($source, $target) = unpack 'x26 a4 a4', $frame;
  my ($kind, $theirs) = unpack 'C x7 N', substr $frame, 14 + 4 * (ord(substr $frame, 14, 1) & 15);
  return if $theirs != $mine;
  # Address translation may change the number of an echo, never its contents.
  if ($outgoing && $kind == 8 && $by_ip->{$target}) { @{$by_ip->{$target}}{qw(left to)} = (1, mac($to)) }
  if (!$outgoing && $kind == 0 && $by_ip->{$source}) { @{$by_ip->{$source}}{qw(arrived from)} = (1, mac($from)) }
}

sub delivered {
  my ($by_ip, $mine, $packet) = @_;
  my ($kind, $theirs, $turn) = unpack 'C x7 N N', substr $packet, 4 * (ord($packet) & 15);
  my $target = $by_ip->{substr $packet, 12, 4} or return;
  return if $kind != 0 || $theirs != $mine || $target->{delivered};
  $target->{ms} = since($target->{at}[$turn] || return);
  $target->{delivered} = 1;
}

sub mac { return join ':', unpack '(A2)6', $_[0] }

sub echo {
  my ($mine, $turn) = @_;
  my $message = pack 'C C n n n N N', 8, 0, 0, $$ & 0xffff, $turn, $mine, $turn;
  substr($message, 2, 2) = pack 'n', checksum($message);
  return $message;
}

sub checksum {
  my $sum = 0;
  $sum += $_ for unpack 'n*', length($_[0]) % 2 ? "$_[0]\0" : $_[0];
  $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
  return ~$sum & 0xffff;
}

# Returns a socket that sends and sees the frames of a device: ARP, and IPv4 of one protocol. The kernel filters, since
# a busy router forwards more than Perl can read.
sub tap {
  my ($device, $protocol) = @_;
  socket(my $socket, $AF_PACKET, SOCK_RAW, 0) or return;
  my $request = pack 'a16 x24', $device;
  ioctl $socket, $SIOCGIFINDEX, $request or return;
  my $index = unpack 'x16 i', $request;
  ioctl $socket, $SIOCGIFHWADDR, $request or return;
  my $mac = unpack 'x18 a6', $request;
  # ldh [12]; jeq ARP → accept; jeq IP → next, else reject; ldb [23]; jeq protocol → accept; reject.
  my $program = join '', map { pack 'S C C L', @$_ } [0x28, 0, 0, 12], [0x15, 3, 0, $ARP], [0x15, 0, 3, $IP],
    [0x30, 0, 0, 23], [0x15, 0, 1, $protocol], [0x06, 0, 0, 2000], [0x06, 0, 0, 0];
  my $filter = pack 'S x![P] P', 7, $program;
  setsockopt $socket, SOL_SOCKET, $SO_ATTACH_FILTER, $filter or return;
  bind $socket, pack 'S n i S C C x8', $AF_PACKET, $ETH_P_ALL, $index, 0, 0, 0 or return;
  return { socket => $socket, mac => $mac };
}

sub arp_request {
  my ($device, $target) = @_;
  return if !$device;
  my $frame = pack 'a6 a6 n n n C C n a6 a4 x6 a4 x18', "\xff" x 6, $device->{mac}, $ARP, 1, $IP, 6, 4, 1,
    $device->{mac}, inet_aton($target->{source}), $target->{ip};
  send $device->{socket}, $frame, 0;
}

# Asks a DHCP server, as a relay with the address $relay, what it would offer to the port with a MAC. An offer is no
# lease: the server keeps nothing until a DHCPREQUEST. It answers the relay, so the port itself never hears of it.
sub dhcp {
  my ($server, $relay, $mac) = @_;
  socket(my $socket, AF_INET, SOCK_DGRAM, 0) or return (error => "$!");
  setsockopt $socket, SOL_SOCKET, SO_REUSEADDR, 1;
  bind $socket, pack_sockaddr_in(67, inet_aton($relay)) or return (error => "$!");
  my $transaction = int rand 2 ** 32;
  my $message = pack('C4 N x4 x12 a4 a16 x192 N', 1, 1, 6, 1, $transaction, inet_aton($relay),
    pack('H*', $mac =~ tr/://dr), 0x63825363) . pack('C3', 53, 1, 1)
    . pack('C5', 55, 2, 1, 3, 255);
  return exchange($socket, $message, pack_sockaddr_in(67, inet_aton($server)), sub {
    my ($operation, $theirs, $offered) = unpack 'C x3 N x8 a4', $_[0];
    return if $operation != 2 || $theirs != $transaction;
    return (offered => inet_ntoa($offered));
  });
}

# Sends a datagram until it is answered, three times at most. $read returns the fields of an answer, or nothing.
sub exchange {
  my ($socket, $message, $to, $read) = @_;
  for my $seconds (0.4, 0.8, 1.2) {
    my $start = now();
    my $sent = defined $to ? send $socket, $message, 0, $to : send $socket, $message, 0;
    return (error => "$!") if !defined $sent;
    vec(my $wait = '', fileno $socket, 1) = 1;
    while ((my $left = $start + $seconds - now()) > 0) {
      next if select(my $ready = $wait, undef, undef, $left) <= 0;
      return (error => "$!") if !defined recv $socket, my $reply, 4096, 0;
      my %fields = $read->($reply);
      return (%fields, ms => since($start)) if %fields;
    }
  }
  return ();
}

# Asks a name server for the A record of a name.
sub dns {
  my ($server, $name) = @_;
  socket(my $socket, AF_INET, SOCK_DGRAM, 0) or return (error => "$!");
  my $id = int rand 65536;
  my $question = join '', map { pack 'C/a*', $_ } split /[.]/, $name;
  my $to = pack_sockaddr_in(53, inet_aton($server));
  # A connected socket hears that no program has the port.
  connect $socket, $to or return (error => "$!");
  return exchange($socket, pack('n6', $id, 0x0100, 1, 0, 0, 0) . $question . pack('x n n', 1, 1), undef, sub {
    my ($theirs, $flags, undef, $answers) = unpack 'n4', $_[0];
    return $theirs == $id && $flags & 0x8000 ? (code => $flags & 15, answers => $answers) : ();
  });
}

# Sends a request for `/` and returns the status. The mark is that of packets which a rule has let through.
sub http {
  my ($address, $port, $mark) = @_;
  my $start = now();
  socket(my $socket, AF_INET, SOCK_STREAM, 0) or return (error => "$!");
  setsockopt $socket, SOL_SOCKET, $SO_MARK, pack 'L', $mark if $mark;
  setsockopt $socket, SOL_SOCKET, SO_SNDTIMEO, pack 'l!2', 2, 0;
  setsockopt $socket, SOL_SOCKET, SO_RCVTIMEO, pack 'l!2', 2, 0;
  connect $socket, pack_sockaddr_in($port, inet_aton($address)) or return (error => "no connection: $!");
  syswrite $socket, "GET / HTTP/1.0\r\n\r\n";
  sysread $socket, my $reply, 4096 or return (error => 'connected, but no answer');
  return (error => 'no HTTP') if $reply !~ m{^HTTP/\S+ (\d{3})};
  return (status => $1, ms => since($start));
}

# Sends one SYN by a device to the MAC of a router, and returns what comes back. The program at the port never sees a
# connection: the answer gets a RST.
sub syn {
  my ($device, $source, $target, $port, $mac) = @_;
  my $tap = tap($device, $TCP) or return (error => "no device $device");
  my $own = 32768 + int rand 28000;
  my $first = int rand 2 ** 32;
  my $frame = sub {
    my ($sequence, $flags) = @_;
    my $tcp = pack 'n n N N C C n n n', $own, $port, $sequence, 0, 5 << 4, $flags, 64240, 0, 0;
    my ($from, $to) = map { inet_aton($_) } $source, $target;
    substr($tcp, 16, 2) = pack 'n', checksum(pack('a4 a4 n n', $from, $to, $TCP, length $tcp) . $tcp);
    my $ip = pack 'C2 n n n C2 n a4 a4', 0x45, 0, 20 + length $tcp, $$ & 0xffff, 0, 64, $TCP, 0, $from, $to;
    substr($ip, 10, 2) = pack 'n', checksum($ip);
    return pack('a6 a6 n', pack('H*', $mac =~ tr/://dr), $tap->{mac}, $IP) . $ip . $tcp;
  };
  vec(my $wait = '', fileno $tap->{socket}, 1) = 1;
  for my $seconds (0.4, 0.8, 1.2) {
    my $start = now();
    send $tap->{socket}, $frame->($first, 2), 0 or return (error => "$!");
    while ((my $left = $start + $seconds - now()) > 0) {
      next if select(my $ready = $wait, undef, undef, $left) <= 0;
      recv $tap->{socket}, my $reply, 2000, 0;
      my ($type, $length) = unpack 'x12 n C', $reply;
      next if $type != $IP || substr($reply, 26, 4) ne inet_aton($target);
      my ($from, $to, undef, undef, undef, $flags) = unpack 'n n N N C C', substr $reply, 14 + 4 * ($length & 15);
      next if $from != $port || $to != $own;
      send $tap->{socket}, $frame->($first + 1 & 0xffffffff, 4), 0 if !($flags & 4);
      return (tcp => $flags & 4 ? 'refused' : 'open', ms => since($start));
    }
  }
  return ();
}

# Returns whether the kernel translates a connection to an address to the other one: it tracks the last request.
sub translated {
  my ($address, $fixed) = @_;
  open my $entries, '-|', 'conntrack', '-L', '-d', $address or return (error => "conntrack: $!");
  my @seen = grep { /\bsrc=\S+ dst=\Q$address\E / } <$entries>;
  return (tracked => scalar @seen, translated => scalar grep { /\bdst=\Q$address\E .* src=\Q$fixed\E / } @seen);
}

1;
