use strict;

# Prints the daemons of this node that name a state folder below FOLDER, and the names of its network namespaces.
#
#   n DEVICE:INODE NAME                                          a namespace; `-` is the name of this process's own
#   p PID START STATE DEVICE:INODE EVIDENCE SOCKETS ARGUMENTS    a daemon, and the namespace it is in
#
# NAME and ARGUMENTS are hexadecimal. START is the time of its start as in /proc/PID/stat: with the pid it identifies a
# process. SOCKETS is the number of TCP sockets in its namespace. EVIDENCE says why a process outside the namespaces of
# ours is no other user's, who can write any command line: `host`, `own` or `none`.
#
# Only processes of this process's user namespace are printed, since a user has all rights in one of his own. No mount
# namespace is compared: `ip netns exec` makes a new one. A lab's nodes share one process table; the network namespace
# tells them apart, and where it has no name, the evidence does, since each node has a /run of its own.
#
# Arguments: the folder, and for each program that is a daemon its name and then its users, as `PROGRAM USER,…`.
my ($folder, @daemons) = @ARGV;
my %users = map { my ($program, $names) = split / /; ($program => {map { $_ => 1 } 'root', split /,/, $names}) }
  @daemons;
# Enough for the arguments of a DHCP server with a thousand subnets.
my $longest = 1 << 17;

my @found = candidates();
if (@found) {
  print 'n ', id_of("/proc/$$/ns/net"), " -\n";
  # The names that the reader enters (reader.pl).
  opendir(my $names, '/run/netns');
  for my $name (grep { /^[!-~]+\z/ && !/^\.\.?\z/ } $names ? sort(readdir $names) : ()) {
    my $id = id_of("/run/netns/$name");
    print "n $id ", unpack('H*', $name), "\n" if $id;
  }
  print "$_\n" for map { line(@$_) } @found;
}

sub candidates {
  opendir(my $processes, '/proc') or die "/proc: $!\n";
  my @found;
  for my $pid (sort { $a <=> $b } grep { /^\d+\z/ } readdir $processes) {
    my $text = content("/proc/$pid/cmdline");
    next if index($text, "$folder/") < 0;
    my @words = split /\0/, $text, -1;
    my ($program) = ($words[0] // '') =~ m{([^/]*)\z};
    my ($state) = map { m{(\Q$folder\E/(?:\S*?/)?state)(?:/|\z)} } @words;
    push @found, [$pid, $program, $state, $text] if $users{$program} && defined $state;
  }
  return @found;
}

sub line {
  my ($pid, $program, $state, $text) = @_;
  my $own = readlink "/proc/$$/ns/user";
  my $net = id_of("/proc/$pid/ns/net");
  return if !$net || (readlink("/proc/$pid/ns/user") // '') ne $own;
  my ($sort, $start) = stat_of($pid);
  return if !defined $start || $sort =~ /[ZX]/;
  # A process that is traced stops for a moment at each system call.
  for (1 .. 5) {
    last if $sort ne 't';
    select(undef, undef, undef, 0.01);
    ($sort) = stat_of($pid);
  }
  my $evidence = evidence($pid, $program, $state);
  return join ' ', 'p', $pid, $start, $sort // 'X', $net, $evidence, sockets($pid), unpack('H*', $text);
}

sub stat_of {
  # The name of the program, in parentheses, can hold anything.
  my ($rest) = content("/proc/$_[0]/stat") =~ /.*\) (.*)/s or return;
  my @fields = split / /, $rest;
  return @fields[0, 19];
}

# `host`: root's, with this node's own state folder at that path in its file system (in a container's it is another
# one, or none). `own`: of a user of the daemon, and named in its pid file, or writing a file of its state folder, or
# with that folder as its root, which only root can give it, also if the folder has been deleted since.
sub evidence {
  my ($pid, $program, $state) = @_;
  my ($uid) = content("/proc/$pid/status") =~ /^Uid:\s+(\d+)\s/m or return 'none';
  return 'host' if $uid == 0 && id_of($state) && id_of($state) eq id_of("/proc/$pid/root$state");
  return 'none' if !$users{$program}{getpwuid($uid) // ''};
  return 'own' if content("$state/pid") =~ /^\Q$pid\E\s*\z/;
  # The same path can be a folder of another node of a lab.
  my ($root, $mounts, $own) = map { readlink($_) // '' } "/proc/$pid/root", "/proc/$pid/ns/mnt", "/proc/$$/ns/mnt";
  my $chrooted = $mounts eq $own && ($root eq $state || $root eq "$state (deleted)") ? 'own' : 'none';
  opendir(my $files, $state) or return $chrooted;
  my %files = map { (id_of("$state/$_") => 1) } grep { !/^\.\.?\z/ } readdir $files;
  opendir(my $open, "/proc/$pid/fd") or return $chrooted;
  for my $number (grep { /^\d+\z/ } readdir $open) {
    # The mode of the link tells how the file is open: anybody may read it.
    return 'own' if $files{id_of("/proc/$pid/fd/$number")} && ((lstat "/proc/$pid/fd/$number")[2] & 0200);
  }
  return $chrooted;
}

# The ports on which a process listens are in /proc/PID/net/tcp, whose reading takes 7 ms a namespace (measured).
sub sockets {
  my ($pid) = @_;
  # Without this file nothing is known.
  my ($count) = content("/proc/$pid/net/sockstat") =~ /^TCP: inuse (\d+)/m or return 1;
  my ($more) = content("/proc/$pid/net/sockstat6") =~ /^TCP6: inuse (\d+)/m;
  return $count + ($more || 0);
}

sub id_of {
  my ($device, $inode) = stat $_[0] or return '';
  return "$device:$inode";
}

sub content {
  sysopen(my $file, $_[0], 0) or return '';
  sysread($file, my $text, $longest);
  return $text // '';
}
