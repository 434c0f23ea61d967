use strict;

# Reports what changes on a node, so that it need not be read all the time. It hears the kernel's events of links,
# addresses, routes, policy rules, qdiscs, forwarding and nf_tables in the node's own namespace and in each whose name
# can be ours, the end of processes, and the coming and going of names in /run/netns. It does not look at what an event
# says: it reports only where to look.
#
# numbers.pl and dump.pl precede it in the program. Arguments: how the names of our namespaces begin. It reads lines
# `pids PID...` from stdin: the processes whose end matters, in place of those before; and it ends with its stdin, or
# when nobody reads what it prints. Each line that it prints is a word, a time (`monotonic`: nothing that the line
# reports happened later) and a value; a namespace is `-` for the node's own, or its name:
#
# - `ready TIME COUNT`: from now on so many namespaces are heard;
# - `heard TIME NAMESPACE`: something was changed there;
# - `lost TIME NAMESPACE`: the kernel had more to say than the socket could hold (ENOBUFS);
# - `came TIME NAMESPACE`, `gone TIME NAMESPACE`: a name is heard from now on, or no more;
# - `ended TIME PID`: a process is no more.
#
# An open socket keeps its namespace alive, so it is closed as soon as the name is gone.

# Numbers of asm-generic/fcntl.h, asm-generic/errno.h, linux/sched.h, linux/inotify.h.
my ($F_SETFL, $O_NONBLOCK, $O_CLOEXEC, $EAGAIN, $EINTR) = (4, 04000, 02000000, 11, 4);
my ($CLONE_NEWNET, $IN_CHANGED) = (0x40000000, 0x40 | 0x80 | 0x100 | 0x200);
# The same on all architectures.
my $PIDFD_OPEN = 434;
# RTMGRP_LINK, _TC, _IPV4_IFADDR, _IPV4_ROUTE, _IPV4_RULE, _IPV6_IFADDR, _IPV6_ROUTE, and of RTNLGRP_ IPV6_RULE,
# IPV4_NETCONF, IPV6_NETCONF.
my $ROUTE_GROUPS = 0x1 | 0x8 | 0x10 | 0x40 | 0x80 | 0x100 | 0x400 | 1 << 18 | 1 << 23 | 1 << 24;
# NFNLGRP_NFTABLES.
my $NFTABLES_GROUP = 1 << 6;
my ($NETLINK_ROUTE, $NETLINK_NETFILTER) = (0, 12);
# In seconds. What comes within FOLD is one report. What the kernel does not report is looked at every POLL.
my ($FOLD, $POLL) = (0.003, 1);
my $folder = '/run/netns';

# By name: the two sockets, and which file it is. By name: when to try again. By pid: its pidfd, or 0.
my (%heard, %unentered, %processes);
my ($own, @prefixes, $inotify, $input);
# What is to be reported, in order and once.
my (@reports, %reported);

listen_to(@ARGV) unless caller;

sub listen_to {
  @prefixes = @_;
  $0 = 'netloom: listener';
  $SIG{PIPE} = 'DEFAULT';
  $input = '';
  sysopen $own, '/proc/self/ns/net', 0 or die "/proc/self/ns/net: $!\n";
  watch_names();
  hear('-');
  look_for_names();
  @reports = ();
  %reported = ();
  note('ready', scalar keys %heard);
  send_reports();
  1 while turn();
}

# Waits for something to hear, and reports it. Returns false at the end.
sub turn {
  my $readable = '';
  # A pipe that nobody reads is readable at its end for writing.
  vec($readable, $_, 1) = 1 for 0, 1;
  vec($readable, fileno $_, 1) = 1 for $inotify || (), map { @{$_->{sockets}} } values %heard;
  vec($readable, $_, 1) = 1 for grep { $_ } values %processes;
  my $ready;
  return $! == $EINTR if select($ready = $readable, undef, undef, pause()) < 0;
  return 0 if vec($ready, 1, 1);
  my $time = monotonic();
  # What an event announces is mostly one of several.
  if ($ready =~ /[^\0]/) {
    select(undef, undef, undef, $FOLD);
    select($ready = $readable, undef, undef, 0);
  }
  return 0 if vec($ready, 0, 1) && !take_input($time);
  for my $name (sort keys %heard) {
    for my $socket (@{$heard{$name}{sockets}}) {
      note(drain($socket), $name, $time) if vec $ready, fileno $socket, 1;
    }
  }
  for my $pid (keys %processes) {
    my $is_gone = $processes{$pid} ? vec($ready, $processes{$pid}, 1) : !kill(0, $pid);
    forget($pid, $time) if $is_gone;
  }
  if (!$inotify || vec $ready, fileno $inotify, 1) {
    sysread $inotify, my $names, 1 << 16 if $inotify;
    look_for_names($time);
  }
  try_again($time);
  send_reports();
  return 1;
}

# Returns after how many seconds something is to be looked at; undef if never.
sub pause {
  my @unheard = grep { !$_ } values %processes;
  my $pause = !$inotify || @unheard ? $POLL : undef;
  for (values %unentered) { $pause = $_->{wait} if !defined $pause || $_->{wait} < $pause }
  return $pause;
}

# Reads all that a socket has. Returns whether it had lost something.
sub drain {
  my ($socket) = @_;
  my $word = 'heard';
  while (1) {
    my $size = sysread $socket, my $events, 1 << 16;
    next if $size || !defined $size && $! == $EINTR;
    return $word if !defined $size && $! == $EAGAIN;
    return 'lost' if defined $size;
    $word = 'lost';
  }
}

sub note {
  my ($word, $value, $time) = @_;
  $time //= monotonic();
  push @reports, "$word $time $value\n" if !$reported{"$word $value"}++;
}

sub send_reports {
  my $text = join '', @reports;
  @reports = ();
  %reported = ();
  my $written = 0;
  while ($written < length $text) {
    $written += syswrite(STDOUT, $text, length($text) - $written, $written) || exit 0;
  }
}

sub take_input {
  my ($time) = @_;
  sysread(STDIN, $input, 1 << 16, length $input) or return 0;
  while ($input =~ s/^(\w*)((?: \d+)*)\n//) {
    my %wanted = map { $_ => 1 } split ' ', $2;
    for (grep { !$wanted{$_} } keys %processes) { forget($_) }
    for (grep { !exists $processes{$_} } sort keys %wanted) { follow($_, $time) }
  }
  return 1;
}

# A process may have ended before.
sub follow {
  my ($pid, $time) = @_;
  my $descriptor = syscall $PIDFD_OPEN, $pid + 0, 0;
  $processes{$pid} = $descriptor < 0 ? 0 : $descriptor;
  forget($pid, $time) if !kill 0, $pid;
}

# With a time: because it has ended.
sub forget {
  my ($pid, $time) = @_;
  my $descriptor = delete $processes{$pid};
  # It is closed with its handle, at the end of the block.
  if ($descriptor) { open(my $handle, '<&=', $descriptor) }
  note('ended', $pid, $time) if defined $time;
}

# Begins to hear of names in /run/netns. Without this folder, or inotify, the names are looked at again and again.
sub watch_names {
  my ($init, $add) = @{kernel_numbers()->{inotify} || []};
  undef $inotify;
  return if !$init || !-d $folder;
  my $descriptor = syscall $init, $O_NONBLOCK | $O_CLOEXEC;
  return if $descriptor < 0;
  open($inotify, '<&=', $descriptor) or return;
  my $path = "$folder\0";
  undef $inotify if syscall($add, $descriptor, $path, $IN_CHANGED) < 0;
}

sub look_for_names {
  my ($time) = @_;
  watch_names() if !$inotify;
  my %there = map { $_ => 1 } names();
  for my $name (grep { $_ ne '-' } sort keys %heard) {
    # A name may have been deleted and given again.
    next if $there{$name} && identity($name) eq $heard{$name}{identity};
    delete $heard{$name};
    note('gone', $name, $time);
  }
  delete $unentered{$_} for grep { !$there{$_} } keys %unentered;
  for my $name (grep { !$heard{$_} && !$unentered{$_} } sort keys %there) {
    hear($name) ? note('came', $name) : ($unentered{$name} = { wait => 0.001 });
  }
}

# A name is created first, and then the namespace is mounted on it, which no event tells.
sub try_again {
  for my $name (sort keys %unentered) {
    if (hear($name)) {
      delete $unentered{$name};
      note('came', $name);
    } else {
      my $wait = 2 * $unentered{$name}{wait};
      $unentered{$name}{wait} = $wait < $POLL ? $wait : $POLL;
    }
  }
}

sub names {
  opendir(my $open, $folder) or return;
  return grep { my $name = $_; $name =~ /^[!-~]+\z/ && grep { index($name, $_) == 0 } @prefixes } readdir $open;
}

sub identity {
  my ($device, $inode) = stat "$folder/$_[0]" or return '';
  return "$device:$inode";
}

# Begins to hear a namespace. Returns whether it could be entered.
sub hear {
  my ($name) = @_;
  my $identity = '';
  if ($name ne '-') {
    my $setns = kernel_numbers()->{setns} or die "the number of setns(2) on this architecture is not known\n";
    sysopen my $file, "$folder/$name", 0 or return 0;
    $identity = identity($name);
    syscall($setns, fileno $file, $CLONE_NEWNET) == 0 or return 0;
  }
  my @sockets = map { subscribed(@$_) || () } [$NETLINK_ROUTE, $ROUTE_GROUPS], [$NETLINK_NETFILTER, $NFTABLES_GROUP];
  syscall(kernel_numbers()->{setns}, fileno $own, $CLONE_NEWNET) == 0 or die "setns: $!\n" if $name ne '-';
  $heard{$name} = { sockets => \@sockets, identity => $identity };
  return 1;
}

sub subscribed {
  my ($protocol, $groups) = @_;
  my $socket = netlink_socket($protocol) or return;
  # struct sockaddr_nl.
  bind $socket, pack 'S S L L', 16, 0, 0, $groups or return;
  fcntl $socket, $F_SETFL, $O_NONBLOCK;
  return $socket;
}

1;
