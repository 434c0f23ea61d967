use strict;

# Reads netfilter's hooks, qdiscs, fixed entries of bridges, and the node's own neighbours from the kernel by
# netlink(7), which starts no process.
# Prints lines of words:
#   hook FAMILY TABLE CHAIN HOOK POLICY RULES DEVICE...  a chain of nf_tables with a hook, if its table is not dormant
#   agents FAMILY TABLE                                  a table with chains as netloom and Neutron's agents name them
#   qdisc IFINDEX KIND PARENT                            a qdisc that a program attached
#   filter IFINDEX ingress|egress                        a qdisc `ingress` or `clsact` has a filter
#   fdb IFINDEX BRIDGE MAC                               an entry of a bridge that is not learned
# In addition, where they are needed: lines of iptables-legacy-save, each after `iptables-legacy`, and the JSON of nft;
# in the node's own namespace the neighbours as l3.pl prints them. dump.pl precedes it in the program. The numbers are
# those of linux/netlink.h, nfnetlink.h, nf_tables.h, rtnetlink.h and neighbour.h.

# Tables of iptables-nft, arptables-nft and ebtables-nft.
my $of_iptables = qr/^(?:ip6? (?:filter|nat|mangle|raw|security)|arp filter|bridge (?:filter|nat|broute)) /;

# Returns the lines of the namespace that this process is in. `$output` runs a command and returns its output; `$is_own`
# is true in the node's own namespace. `$kept` returns the text that a function returned before, while the rules of
# nf_tables were as they are now; or calls it, with a name for its text.
sub netlink_facts {
  my ($output, $is_own, $kept) = @_;
  my $netfilter = netlink_socket(12);
  my $route = netlink_socket(0);
  my @hooks = $netfilter ? split /\n/, $kept->(hooks => sub { join "\n", hooks($netfilter) }) : ();
  my @lines = (@hooks, $route ? (qdiscs($route), fixed_entries($route)) : ());
  # In the node's own namespace these are read with its other filters.
  push @lines, legacy($output) if !$is_own && grep { /^ip6? \w+ / && /$of_iptables/ } map { substr $_, 5 } @hooks;
  push @lines, listed_tables($output, @hooks) if $is_own;
  return join '', map({ "$_\n" } @lines), $is_own ? neighbour_tables() : ();
}

# Tables of iptables-legacy beside those of nf_tables. Listing them creates none: a table is listed only if it exists.
sub legacy {
  my ($output) = @_;
  my @lines;
  for my $program ('iptables', 'ip6tables') {
    my $names = $program eq 'iptables' ? 'ip_tables_names' : 'ip6_tables_names';
    open(my $file, '<', "/proc/self/net/$names") or next;
    next if !grep { /\S/ } <$file>;
    push @lines, map { "$program-legacy $_" } split /\n/, $output->("$program-legacy-save");
  }
  return @lines;
}

# The rules of tables that can touch frames of bridges and devices: those of ip and ip6 are read by others.
sub listed_tables {
  my ($output, @hooks) = @_;
  my %tables;
  for (@hooks) {
    my (undef, $family, $table, undef, $hook, undef, $rules) = split / /;
    next if $family !~ /^(?:bridge|netdev|arp)$/ && $hook ne 'ingress' || $table =~ /^(?:#|netloom-)/ || !$rules;
    $tables{"$family $table"} = [$family, $table];
  }
  return map { grep { /^\{/ } split /\n/, $output->('nft', '-j', 'list', 'table', @{$tables{$_}}) } sort keys %tables;
}

# A name that nft(8) can read as one word, or `#` and the handle of the object: others can be written by any program.
sub word {
  my ($text) = unpack 'Z*', $_[0] // '';
  my ($high, $low) = unpack 'N2', $_[1] // '';
  return $text =~ /^[A-Za-z_][\w.\/-]*\z/ ? $text : '#' . ($low // '');
}

# Most chains of a namespace have no hook. Those of iptables are many, so their attributes are not all unpacked: the
# hook is the attribute behind table, handle and name, or there is none.
sub hooks {
  my ($socket) = @_;
  my %families = (1 => 'inet', 2 => 'ip', 3 => 'arp', 5 => 'netdev', 7 => 'bridge', 10 => 'ip6');
  my (%asleep, %names);
  for my $body (dumped($socket, 0xa01, "\0\0\0\0")) {
    my $table = attributes($body, 4);
    my $key = substr($body, 0, 1) . ($table->{1} // '');
    $asleep{$key} = unpack('N', $table->{2} // "\0\0\0\0") & 1;
    $names{$key} = word($table->{1}, $table->{4});
  }
  return if !%asleep;
  my @lines;
  my %agents;
  for my $body (dumped($socket, 0xa04, "\0\0\0\0")) {
    if (index($body, "\x04\x80") < 0 && index($body, "\x04\x00", 4) < 0) {
      # The table is the first attribute.
      my $table = substr $body, 0, 4 + unpack 'x4 S', $body;
      next if $agents{$table} || $body !~ /\0(?:neutron|quantum|netloom)-/;
      $agents{$table} = 1;
    }
    my $chain = attributes($body, 4);
    my $key = substr($body, 0, 1) . ($chain->{1} // '');
    if (!defined $chain->{4}) {
      my $family = $families{ord $body};
      push @lines, join ' ', 'agents', $family, $names{$key} if $family && defined $names{$key};
      next;
    }
    my $family = $families{ord $body} or next;
    next if !defined $names{$key} || $asleep{$key};
    my $hook = attributes($chain->{4}, 0);
    my @devices = map { unpack 'Z*', $_ } defined $hook->{3} ? $hook->{3} : values_of($hook->{4} // '');
    push @lines, join ' ', 'hook', $family, $names{$key}, word($chain->{3}, $chain->{2}),
      hook_name($family, unpack 'N', $hook->{1}), unpack('N', $chain->{5} // "\0\0\0\1") ? 'accept' : 'drop',
      unpack('N', $chain->{6} // "\0\0\0\0"), grep { !/[\s[:cntrl:]]/ } @devices;
  }
  return @lines;
}

# Returns the values of a list of attributes.
sub values_of {
  my @pairs = attribute_pairs($_[0], 0);
  return @pairs[grep { $_ % 2 } 0 .. $#pairs];
}

sub hook_name {
  my ($family, $number) = @_;
  return (qw(ingress egress))[$number] // '?' if $family eq 'netdev';
  return (qw(input output forward))[$number] // '?' if $family eq 'arp';
  return (qw(prerouting input forward output postrouting ingress))[$number] // '?';
}

sub qdiscs {
  my ($socket) = @_;
  my (@lines, @with_filters);
  for my $body (dumped($socket, 38, pack 'x20')) {
    my (undef, $device, $handle, $parent) = unpack 'L l L L', $body;
    # The kernel gives a number to those that a program attaches, and none to those of its own.
    next if $handle == 0;
    my $kind = word(attributes($body, 20)->{1});
    push @with_filters, $device if $kind eq 'ingress' || $kind eq 'clsact';
    my $at = $parent == 0xffffffff ? 'root' : sprintf '%x:%x', $parent >> 16, $parent & 0xffff;
    push @lines, "qdisc $device $kind $at";
  }
  for my $device (@with_filters) {
    for my $parent (0xfffffff2, 0xfffffff3) {
      my ($any) = dumped($socket, 46, pack 'L l L L L', 0, $device, 0, $parent, 0);
      push @lines, "filter $device " . ($parent == 0xfffffff2 ? 'ingress' : 'egress') if defined $any;
    }
  }
  return @lines;
}

sub fixed_entries {
  my ($socket) = @_;
  my @lines;
  # PF_BRIDGE with a whole struct ifinfomsg: older kernels take a struct ndmsg for one.
  for my $body (dumped($socket, 30, pack 'C x15', 7)) {
    my (undef, $device, $state, $flags) = unpack 'L l S C', $body;
    # NUD_PERMANENT or NUD_NOARP.
    next if !($state & 0xc0) || $flags & 0x10;
    my $entry = attributes($body, 12);
    next if length($entry->{2} // '') != 6;
    my $master = unpack 'L', $entry->{9} // pack 'L', 0;
    # Without a master it is an entry of a device's own list of addresses.
    push @lines, "fdb $device $master " . join ':', unpack '(H2)6', $entry->{2} if $master != 0;
  }
  return @lines;
}

1;
