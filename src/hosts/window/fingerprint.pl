use strict;

# Prints what a node has, as lines that can be compared: what netloom and administrators set, without what the kernel
# numbers or counts, and without what changes with time or carrier. Argument: the folder of the window, whose file
# `namespaces` has the paths of the namespaces to print; `-` is the node's own.
my @SYSCTLS = qw(arp_announce arp_ignore arp_notify forwarding promote_secondaries proxy_arp rp_filter);

my $FIELDS = join '|', qw(mtu master group qdisc vlan_tunnel stp_state isolated hairpin learning forward_delay),
  qw(vlan_filtering);

print_fingerprint(@ARGV) unless caller;

sub print_fingerprint {
  my ($dir) = @_;
  open(my $file, '<', "$dir/namespaces") or die "$dir/namespaces: $!\n";
  chomp(my @paths = <$file>);
  print map { "$_\n" } sort map { namespace($_) } @paths;
  print map { "namespace $_\n" } sort glob '/run/netns/*';
  print map { "$_\n" } sort(bridges(), sets(), tables(), files());
}

sub namespace {
  my ($path) = @_;
  my @in = $path eq '-' ? () : ('nsenter', "--net=$path");
  return () if @in && !-e $path;
  my @lines;
  for (output(@in, qw(ip -o -d link show))) {
    s/^\d+: //;
    my $is_random = /\btun type tap|^(?:qbr|qvb|qvo)/;
    my ($name) = /^([^:@]+)/;
    s/\@if\d+//;
    my ($flags) = /<([^>]*)>/;
    $flags = join ',', grep { !/^(?:LOWER_UP|NO-CARRIER|DORMANT)$/ } split /,/, $flags;
    my @fields = ("<$flags>");
    push @fields, "$1 $2" while /\s($FIELDS) (\S+)/g;
    push @fields, "mac $1" if !$is_random && m{link/\S+ (\S+)};
    push @fields, "alias $1" if /\\\s+alias (.*?)\s*$/;
    push @lines, "link $name @fields";
  }
  for (output(@in, qw(ip -o addr show))) {
    s/^\d+: //;
    next if /\binet6 .* scope link/;
    s/\\.*//;
    s/ (?:tentative|dadfailed)\b//g;
    push @lines, "address $_";
  }
  for (output(@in, qw(ip -4 -o route show table all)), output(@in, qw(ip -6 -o route show table all))) {
    next if /^(?:\w+ )?(?:fe80|ff00):/ || /\bproto ra\b/ || /^(?:anycast|multicast|local) \S*:/;
    s/ (?:linkdown|dead)\b//g;
    s/ expires \S+//;
    push @lines, "route $_";
  }
  for my $family (4, 6) {
    for (output(@in, 'ip', "-$family", 'rule', 'show')) {
      s/:\s+/ /;
      push @lines, "rule $family $_";
    }
  }
  for my $program (qw(iptables ip6tables)) {
    my ($table, %rules) = ('');
    for (output(@in, "$program-save")) {
      $table = $1 if /^\*(\S+)/;
      push @lines, "$program $table chain $1 $2" if /^:(\S+) (\S+)/ && $2 ne 'ACCEPT';
      # The order of a chain counts.
      push @lines, sprintf '%s %s %s', $program, $table, $_ . ' #' . ++$rules{"$table $1"} if /^-A (\S+)/;
    }
  }
  my @files = map { ("/proc/sys/net/ipv4/conf/*/$_", "/proc/sys/net/ipv6/conf/*/$_") } @SYSCTLS, 'disable_ipv6';
  push @lines, map { "sysctl $_" } output(@in, 'sh', '-c', "grep -sH '' @files");
  return map { "$path $_" } @lines;
}

sub bridges {
  return () if !-S '/run/openvswitch/db.sock' && !-S '/var/run/openvswitch/db.sock';
  my @lines;
  my @tables = (
    ['--columns=name,datapath_type,fail_mode,external_ids', 'list', 'Bridge'],
    ['--columns=name,tag,vlan_mode,trunks,external_ids', 'list', 'Port'],
    ['--columns=name,type,options,external_ids', 'list', 'Interface'],
  );
  push @lines, map { "ovs $_" } output(qw(ovs-vsctl --timeout=5 -f csv --no-headings), @$_) for @tables;
  return @lines;
}

sub sets {
  return map { s/ (?:hashsize|bucketsize|initval) \S+//g; "set $_" } output(qw(ipset save));
}

sub tables {
  my $text = join "\n", output(qw(nft list ruleset bridge));
  # The elements of a set have no order.
  $text =~ s/elements = \{(.*?)\}/'elements = ' . join ',', sort map { join ' ', split } split m{,}, $1/gse;
  return map { "nft $_" } grep { $_ ne '' } split /\n/, $text;
}

sub files {
  my $left_out = join ' ', map { "-name $_ -prune -o" } qw(.cache .confirm '.reverted*' state);
  my $find = "find . $left_out -type f -printf '%m %U:%G ' -exec sha256sum {} \\;";
  return map { "file $_" } output('sh', '-c', "cd /run/netloom 2>/dev/null && $find");
}

# Returns the lines that a program prints; none if it does not exist.
sub output {
  my @words = @_;
  defined(my $pid = open(my $from, '-|')) or return ();
  if (!$pid) {
    open(STDERR, '>', '/dev/null');
    exec { $words[0] } @words or exit 127;
  }
  chomp(my @lines = <$from>);
  close $from;
  return @lines;
}

1;
