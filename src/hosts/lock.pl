use strict;

# The node's lock is flock(2) on this file. Every job inherits it as descriptor 9, so the work of a killed session ends
# before another session starts. The holder deletes the file before it releases the lock: after locking, it must be
# checked that the path still leads to the same file. supervisor.pl is a part of the same program.
my $lock_file = '/run/netloom.lock';
my $window = '/run/netloom/.confirm';
our (%stuck, $lock, $nine, $silence, $ending);
# The wait for the lock: the request, and the process that waits.
our %wait;
my ($holder, $since);
# From asm-generic/errno.h, asm-generic/fcntl.h and linux/wait.h.
my ($EAGAIN, $LOCK_EX, $LOCK_NB, $WNOHANG) = (11, 2, 4, 1);

# Answers a request for the lock, or begins to wait.
sub take_lock {
  return frame('lock', $wait{id}, 0, '') if $lock;
  for (1 .. 50) {
    ($wait{file}, my $why) = open_lock();
    return give_up(2, $why) if !$wait{file};
    my $got = try_lock($wait{file});
    next if !defined $got;
    return got_lock() if $got;
    return give_up(1, holder_of($wait{file})) if now() >= $wait{until};
    frame('busy', $wait{id}, 0, holder_of($wait{file}));
    return wait_for_lock();
  }
  give_up(2, 'unsteady');
}

# Opens the file. Returns the handle, or nothing and the reason.
sub open_lock {
  require Fcntl;
  my $flags = Fcntl::O_RDWR() | Fcntl::O_CREAT() | Fcntl::O_NOFOLLOW() | Fcntl::O_NONBLOCK();
  my $before = umask 077;
  my $opened = sysopen my $file, $lock_file, $flags, 0600;
  my $error = $!;
  umask $before;
  if (!$opened) {
    lstat $lock_file;
    return undef, -l _ ? 'symlink' : -d _ ? 'directory' : 'error ' . ($error + 0) . " $error";
  }
  my (undef, undef, $mode, undef, $owner) = stat $file;
  return undef, 'special' if !-f _;
  return undef, "owner $owner" if $owner != $>;
  # Another user who can open it could hold the lock. flock(1) creates it with such a mode.
  return undef, sprintf 'mode %04o', $mode & 07777 if $mode & 077 && !chmod 0600, $file;
  return $file;
}

# Tries to lock the file. Returns 1; 0 if another process holds it; nothing if the file was deleted in the meantime.
sub try_lock {
  my ($file) = @_;
  return 0 if !flock $file, $LOCK_EX | $LOCK_NB;
  return is_named($file) ? 1 : undef;
}

# Whether the path still leads to the open file.
sub is_named {
  my @held = stat $_[0];
  my @named = lstat $lock_file;
  return @named && $held[0] == $named[0] && $held[1] == $named[1];
}

# Waits in a process of its own: the kernel gives the lock to those that wait in their order. It belongs to the open
# file, which this process shares.
sub wait_for_lock {
  my $seconds = 1 + int($wait{until} - now());
  pipe(my $ended, my $end) or die "pipe: $!\n";
  defined(my $pid = fork) or die "fork: $!\n";
  if (!$pid) {
    close $_ for *STDIN, *STDOUT, *STDERR;
    $SIG{$_} = 'DEFAULT' for qw(TERM CHLD);
    alarm 1 + $seconds;
    exit !flock $wait{file}, $LOCK_EX;
  }
  @wait{'pid', 'ended'} = ($pid, $ended);
}

# Takes the lock that the kernel has given to the shared file. Asks again if that was deleted, or the time is over.
sub look_after_wait {
  return if !$wait{pid};
  my $gone = waitpid($wait{pid}, $WNOHANG) == $wait{pid};
  my $got = $gone && $? == 0 && is_named($wait{file});
  return if !$gone && !$ending && now() < $wait{until};
  end_waiting() if !$gone;
  delete @wait{'pid', 'ended'};
  if ($ending) { give_up(1, '') }
  elsif ($got) { got_lock() }
  else { take_lock() }
}

# Returns whose window it is, and in how many seconds it reverts.
sub window {
  my ($state, $until) = split ' ', start_of("$window/deadline");
  my ($pid) = split ' ', start_of("$window/pid");
  my $text = start_of("$window/meta");
  $text .= "\nstate=$state\nleft=" . int($until - uptime()) . "\n" if defined $until;
  $text .= "decided=1\n" if -l "$window/decided";
  $text .= "dead=1\n" if start_of('/proc/' . ($pid // 0) . '/cmdline') !~ /timer of a revert/;
  return $text;
}

sub end_waiting {
  kill 'KILL', $wait{pid};
  waitpid $wait{pid}, 0;
}

# Keeps the lock, unless an apply on the node waits to be confirmed.
sub got_lock {
  if (-d $window) {
    $lock = $wait{file};
    give_up(3, window());
    return release();
  }
  ($lock, $silence, $holder, $since) = (@wait{'file', 'silence', 'text'}, time);
  inherit($nine, $lock);
  sign_lock();
  frame('lock', $wait{id}, 0, '');
  %wait = ();
}

# Writes who holds the lock, and which processes do not end. If there is no space, the lock is held all the same.
sub sign_lock {
  return if !$lock;
  my $text = "${holder}supervisor=$$\nsince=$since\n" . join '', map { "stuck=$_ $stuck{$_}\n" } sort keys %stuck;
  truncate $lock, 0;
  sysseek $lock, 0, 0;
  syswrite $lock, $text;
}

# Returns what the holder wrote, and the node's time.
sub holder_of {
  my ($file) = @_;
  sysseek $file, 0, 0;
  sysread $file, my $text, 4000;
  return "$text\nnow=" . time . "\n";
}

sub give_up {
  my ($code, $text) = @_;
  frame('lock', $wait{id}, $code, $text);
  %wait = ();
}

# Ends the wait for the lock, and releases it. A process that does not end still holds it, and the file must stay; it
# also stays for those that wait, who would lose their turns on another file.
sub release {
  end_waiting() if $wait{pid};
  give_up(1, '') if %wait;
  return if !$lock;
  unlink $lock_file if !is_awaited() && !grep { kill 0, $_ } keys %stuck;
  undef $lock;
  # Not closed: the descriptor stays reserved.
  open(my $nothing, '<', '/dev/null');
  inherit($nine, $nothing);
}

# Whether a process of this PID namespace waits for the lock. A line of /proc/locks ends in device, inode and range.
sub is_awaited {
  my $inode = (stat $lock)[1];
  open(my $locks, '<', '/proc/locks') or return 0;
  return scalar grep { /-> FLOCK .*:$inode 0 EOF/ } <$locks>;
}

1;
