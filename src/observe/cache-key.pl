use strict;

# Says by a key what the output of a program in a namespace depends on: as long as the key is the same, so is the
# output. ARCHITECTURE.md says why. Some fields of the output change with every frame or second and are not in the key
# (`comparable`); no kind reads them. dump.pl, numbers.pl and reader.pl are in the same program.

# At most this many bytes: a foreign program may have filled a table.
my $KEY_LIMIT = 4 << 20;
# Times of files are in whole seconds: what changed just now may change again and show the same time.
my $SETTLED_S = 2;
# Variables by which the programs and their libraries choose what they load and how they print it.
my @VARIABLES = qw(PATH HOME LANG LANGUAGE LC_ALL LD_LIBRARY_PATH LD_PRELOAD XTABLES_LIBDIR IPTABLES_LIB_DIR
  IP6TABLES_LIB_DIR IPTABLES_DEBUG NETNS_RUN_DIR);
# Files that they read: names of tables, groups and protocols, and their libraries.
my @READ_BY_PROGRAMS = (qw(/etc/protocols /etc/services /etc/nsswitch.conf /etc/ld.so.cache /etc/ld.so.preload),
  map { "$_/iproute2" } qw(/etc /usr/share /usr/lib /usr/local/share /usr/local/etc));
my @LIBRARIES = qw(/usr/lib /usr/lib64 /usr/libexec /usr/local/lib /lib64);

# The probes whose output has a key, and its sort: `links` or `nftables`.
my %covered;

# Returns the sort of the key that covers a probe's output; undef if none does.
sub covered_as { return $covered{$_[0]{id}} }

# Returns what the output depends on in every namespace of the node. Empty if it has changed just now.
sub common_key {
  my ($version, @probes) = @_;
  my @parts = ($version, content('/proc/sys/kernel/random/boot_id'), $>, map { $ENV{$_} // '' } @VARIABLES);
  my @files = @READ_BY_PROGRAMS;
  for my $probe (grep { $_->{unchanged} } @probes) {
    my @command = @{$probe->{attempts}[0][0]};
    push @parts, pack '(N/a*)*', $probe->{id}, $probe->{unchanged}, $probe->{stdin} // '', @command;
    my $path = path_of($command[0]);
    push @files, $path;
    # A script may print anything, and the older iptables has no generation.
    next if !is_executable($path) || $probe->{unchanged} eq 'nftables' && last_link($path) !~ m{nft[^/]*\z};
    $covered{$probe->{id}} = $probe->{unchanged};
  }
  push @files, '/etc/xtables', map { "$_/xtables" } map { ($_, tuples($_)) } @LIBRARIES;
  my $latest = 0;
  for my $path (map { tree($_, 2) } @files) {
    my ($device, $inode, $access, undef, $user, undef, undef, $size, undef, $modified, $changed) = stat $path or next;
    push @parts, "$path $device $inode $access $user $size $modified $changed";
    for ($modified, $changed) { $latest = $_ if $latest < $_ }
  }
  return abs(time - $latest) > $SETTLED_S ? join "\n", @parts : '';
}

# Folders of libraries by architecture, as Debian has them.
sub tuples { return map { "$_[0]/$_" } grep { /-linux-/ } entries($_[0]) }

# A path and everything below it, down to a depth.
sub tree {
  my ($path, $depth) = @_;
  return ($path, $depth && -d $path ? map { tree("$path/$_", $depth - 1) } entries($path) : ());
}

# Finds a program as execvp(3) does.
sub path_of {
  my ($program) = @_;
  my ($path) = grep { -x && -f _ } map { "$_/$program" } split /:/, $ENV{PATH} // '';
  return $path // '';
}

sub is_executable {
  sysopen my $file, $_[0], 0 or return 0;
  sysread $file, my $magic, 4;
  return ($magic // '') eq "\x7fELF";
}

# The path to which links lead.
sub last_link {
  my ($path) = @_;
  for (1 .. 40) {
    my $next = readlink $path // return $path;
    $path = $next =~ m{^/} ? $next : $path =~ s{[^/]*\z}{}r . $next;
  }
  return '';
}

# Returns keys by their sorts. A key is empty if nothing can be known by it. `$names`: what kernel_names prints.
sub keys_of {
  my ($names, @sorts) = @_;
  my %keys;
  my $cookie = @sorts ? cookie() : '';
  for (@sorts) {
    my $key = $cookie eq '' ? '' : $_ eq 'links' ? links_key() : nftables_key($names);
    $keys{$_} = $key eq '' || length $key > $KEY_LIMIT ? '' : "$cookie$key";
  }
  return \%keys;
}

# Returns the key of nf_tables alone.
sub rules_key { return keys_of(kernel_names(), 'nftables')->{nftables} }

# The number of this namespace, which no other one gets until the next boot (SO_NETNS_COOKIE, since Linux 5.14). Perl's
# getsockopt asks for too many bytes.
sub cookie {
  my ($SOL_SOCKET, $SO_NETNS_COOKIE) = (1, 71);
  my $call = kernel_numbers()->{getsockopt};
  my $socket = netlink_socket(0) or return '';
  my ($cookie, $length) = ("\0" x 8, pack 'L', 8);
  return $call && syscall($call, fileno $socket, $SOL_SOCKET, $SO_NETNS_COOKIE, $cookie, $length) == 0 ? $cookie : '';
}

# The generation of nf_tables (NFT_MSG_GETGEN): every transaction in the namespace raises it. A table that is deleted
# with its owner's socket does not; then the names differ.
sub nftables_key {
  my ($names) = @_;
  my $socket = netlink_socket(12) or return '';
  syswrite $socket, pack 'L S S L L C C n', 20, 10 << 8 | 16, 1, 1, 0, 0, 0, 0 or return '';
  sysread $socket, my $answer, 1 << 12;
  my ($type, $generation) = (unpack('x4 S', $answer // ''), attributes(substr($answer // '', 16), 4)->{1});
  return $type == (10 << 8 | 15) && defined $generation ? "$generation$names" : '';
}

# Links, addresses and routes of all tables, as the kernel lists them.
sub links_key {
  my $socket = netlink_socket(0) or return '';
  my $interrupted = 0;
  # IFLA_EXT_MASK: RTEXT_FILTER_VF and RTEXT_FILTER_SKIP_STATS.
  my $links = netlink_dump($socket, 18, pack('x16 S S L', 8, 29, 9), \$interrupted) or return '';
  my $addresses = netlink_dump($socket, 22, pack('x8'), \$interrupted) or return '';
  my $routes = netlink_dump($socket, 26, pack('x12'), \$interrupted) or return '';
  # What counts down is another text every second.
  return '' if $interrupted || grep { counts_down($_) } @$addresses;
  my @routes;
  for my $route (@$routes) {
    # RTM_F_CLONED: `ip` does not print what the kernel remembers of single destinations.
    next if unpack('x8 L', $route) & 0x200;
    push @routes, stable_route($route) // return '';
  }
  return pack '(N/a*)*', scalar @$links, map({ stable_link($_) } @$links), scalar @$addresses, @$addresses, @routes;
}

# Whether an address has a lifetime (IFA_CACHEINFO: preferred, valid). A preferred lifetime of 0 stays. Nearly all last
# forever, which is found without looking at each attribute; one that only looks so has another key every second.
my $FOREVER = pack 'S S L L', 20, 6, 0xffffffff, 0xffffffff;

sub counts_down {
  return 0 if index($_[0], $FOREVER, 8) >= 0;
  my ($preferred, $valid) = unpack 'L L', attributes($_[0], 8)->{6} // return 0;
  return $valid != 0xffffffff || $preferred != 0xffffffff && $preferred != 0;
}

# A route without RTA_CACHEINFO, which tells its use; undef if it expires. Most have none: its header is not in them.
my $CACHEINFO = pack 'S S', 36, 12;

sub stable_route {
  my ($body) = @_;
  return $body if index($body, $CACHEINFO, 12) < 0;
  my @words = unpack 'S*', $body;
  my $at = 12;
  while ($at + 4 <= length $body) {
    my ($length, $type) = @words[$at >> 1, ($at >> 1) + 1];
    last if $length < 4;
    my $next = $at + (($length + 3) & ~3);
    if (($type & 0x3fff) == 12) {
      my ($expires, $error) = unpack 'x8 l l', substr $body, $at + 4, $length - 4;
      return $expires ? undef : substr($body, 0, $at) . substr($body, $next) . pack 'l', $error;
    }
    $at = $next;
  }
  return $body;
}

# What changes by itself or under traffic: IFLA_STATS, IFLA_STATS64; in IFLA_AF_SPEC, AF_INET6, the times, statistics
# and statistics of ICMP; and timers and counts of bridges and their ports (`comparable` names them).
my $OF_LINK = { 7 => 1, 23 => 1, 26 => { 10 => { 3 => 1, 5 => 1, 6 => 1 } } };
my %OF_BRIDGE = (2 => { 16 => 1, 17 => 1, 18 => 1, 19 => 1, 47 => { 3 => 1, 7 => 1 }, 48 => 1 });
my %OF_PORT = (5 => { 21 => 1, 22 => 1, 23 => 1, 38 => 1, 41 => 1 });
my %cut_of = map { $_ => {
  %$OF_LINK,
  18 => { 3 => 1, $_ & 1 ? %OF_BRIDGE : (), $_ & 2 ? %OF_PORT : () },
} } 0 .. 3;

sub stable_link {
  my ($body) = @_;
  # The kind of most links is another one, and not looked for.
  return without($body, 16, $cut_of{0}) if index($body, "bridge\0", 16) < 0;
  my $info = attributes(attributes($body, 16)->{18} // '', 0);
  my $sorts = (($info->{1} // '') eq "bridge\0" ? 1 : 0) | (($info->{4} // '') eq "bridge\0" ? 2 : 0);
  return without($body, 16, $cut_of{$sorts});
}

# Returns a message without some attributes. `$cut` has the types that are left out, or what is left out below them.
sub without {
  my ($body, $at, $cut) = @_;
  my ($kept, $from, $end) = ('', 0, length $body);
  # Unpacked at once, since this is most of the work of a key.
  my @words = unpack 'S*', $body;
  while ($at + 4 <= $end) {
    my ($length, $type) = @words[$at >> 1, ($at >> 1) + 1];
    last if $length < 4;
    my $next = $at + (($length + 3) & ~3);
    if (my $inner = $cut->{$type & 0x3fff}) {
      $kept .= substr $body, $from, $at - $from;
      $kept .= pack 'S N/a*', $type, without(substr($body, $at + 4, $length - 4), 0, $inner) if ref $inner;
      $from = $next;
    }
    $at = $next;
  }
  return $from == 0 ? $body : $from < $end ? $kept . substr $body, $from : $kept;
}

# Returns a socket that hears of every change of links, addresses and routes in this namespace: what changes and changes
# back while a program runs leaves no trace in a key.
sub listener {
  my $socket = netlink_socket(0) or return;
  # RTMGRP_LINK, and RTMGRP_IPV4_IFADDR, _ROUTE, and of IPv6 the same.
  bind $socket, pack 'S S L L', 16, 0, 0, 0x1 | 0x10 | 0x40 | 0x100 | 0x400 or return;
  return $socket;
}

# Whether anything has changed since.
sub has_heard {
  my ($socket) = @_;
  vec(my $readable = '', fileno $socket, 1) = 1;
  return select($readable, undef, undef, 0) != 0;
}

# Returns what has to be equal in two outputs of one program under the same key: without the counters of policies, and
# comments with the time; without the timers of bridges and their ports, and numbers of what a bridge has learned. A
# rule is a line that begins with `-`, and keeps all its words.
sub comparable {
  my ($sort, $text) = @_;
  return $text =~ s/^#.*\n//gmr =~ s/^(:.*) \[\d+:\d+\]$/$1/gmr if $sort eq 'nftables';
  return $text if $sort ne 'links';
  return $text =~ s{"(?:\w+_timer|fdb_n_learned|mcast_n_groups|mcast_eht_hosts_cnt)":[^,\}]*}{}gr;
}

1;
