use strict;

# Waits on a node for the decision about an apply, and reverts it unless it is kept. Argument: the folder of the window.
# It needs neither netloom nor the network. Files of the folder:
#   deadline  `STATE SECONDS`: `applying` or `waiting`, and when it reverts, in seconds since the boot
#   decided   leads to `keep`, `revert` or why the timer reverts: the first that creates it decides. A symbolic link
#             needs no space, and is never without its text.
#   script    leads to the state before; library: what it calls; log: what it printed
#   before    the state before, as `fingerprint` prints it
#   meta      whose window it is; pid: of this process
my $lock_file = '/run/netloom.lock';
my $reverted = '/run/netloom/.reverted';
my ($LOCK_EX, $LOCK_NB) = (2, 4);
# How long the holder of the lock may take to release it, and then to end, in seconds.
my ($PATIENCE, $GRACE) = (2, 3);
# How long the script may take, in seconds.
my $LIMIT = 300;
# Carrier and what the kernel does by itself take a moment.
my $SETTLE = 5;
my $dir;

run_timer(@ARGV) unless caller;

sub run_timer {
  ($dir) = @_;
  %ENV = (PATH => "$ENV{PATH}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin", LC_ALL => 'C');
  umask 077;
  $0 = 'netloom: timer of a revert';
  $SIG{$_} = 'IGNORE' for qw(HUP INT PIPE);
  write_file("$dir/pid", "$$\n");
  my $why;
  until (defined($why = decision())) { select undef, undef, undef, 0.1 }
  return remove_folder() if $why eq 'keep';
  my $meta = content("$dir/meta");
  revert($why);
  remove_folder();
  forget($meta);
}

# Deletes the report when those who waited for it have read it.
sub forget {
  my ($meta) = @_;
  sleep 60;
  unlink "$reverted.seen" if index(content("$reverted.seen"), $meta) == 0;
  rmdir '/run/netloom';
}

# Returns what was decided; nothing if the time is not over.
sub decision {
  my $decided = readlink "$dir/decided";
  return $decided if defined $decided;
  # A folder that is gone has no window.
  return 'keep' if !-d $dir;
  my ($state, $until) = split ' ', content("$dir/deadline");
  return if !defined $until;
  my $why = uptime() >= $until ? 'timeout' : $state eq 'applying' && is_abandoned() ? 'abandoned' : return;
  return $why if symlink $why, "$dir/decided";
  # Others may have decided. Without that it reverts, even if it cannot be written down.
  return -d $dir && !-l "$dir/decided" ? $why : undef;
}

sub uptime { return (split ' ', content('/proc/uptime'))[0] }

# Whether no netloom holds the lock of the node any more.
sub is_abandoned {
  open(my $file, '<', $lock_file) or return 1;
  return flock $file, $LOCK_EX | $LOCK_NB;
}

sub revert {
  my ($why) = @_;
  my $lock = take_lock();
  run_script("$dir/script", "$dir/log", $LIMIT);
  my $until = uptime() + $SETTLE;
  my @found;
  do { @found = differences() and select undef, undef, undef, 0.2 } while @found && uptime() < $until;
  my $result = @found ? 'differs' : 'equal';
  my $log = @found ? content("$dir/log") : '';
  my $text = content("$dir/meta") . "\nwhy=$why\nresult=$result\ntime=" . time . "\n";
  $text .= join '', map { "difference=$_\n" } @found > 100 ? @found[0 .. 99] : @found;
  $text .= join '', map { "log=$_\n" } grep { $_ ne '' } split /\n/, substr $log, 0, 8000;
  # They make space for the report.
  unlink map { "$dir/$_" } qw(script library before log);
  write_file($reverted, $text);
  unlink $lock_file if $lock;
}

# Runs a script, and ends it with all it has started if it takes longer than `$limit` seconds.
sub run_script {
  my ($script, $file, $limit) = @_;
  my $pid = fork // return;
  if (!$pid) {
    setpgrp;
    $SIG{$_} = 'DEFAULT' for qw(HUP INT PIPE);
    exec "exec sh $script >$file 2>&1 </dev/null" or exit 127;
  }
  my $began = uptime();
  my $hangs;
  # WNOHANG of sys/wait.h.
  until (waitpid($pid, 1) != 0) {
    my $waited = uptime() - $began;
    if ($waited > $limit) {
      if (!$hangs++ && open my $log, '>>', $file) { print $log "ended after $limit s: a command hangs\n" }
      kill $waited > $limit + $GRACE ? 'KILL' : 'TERM', -$pid;
      last if $waited > $limit + 2 * $GRACE;
    }
    select undef, undef, undef, 0.05;
  }
}

# Takes the lock of the node. A holder that does not release it is ended with its jobs: they are of the apply.
sub take_lock {
  require Fcntl;
  my $began = uptime();
  for (;;) {
    my $flags = Fcntl::O_RDWR() | Fcntl::O_CREAT() | Fcntl::O_NOFOLLOW() | Fcntl::O_NONBLOCK();
    sysopen my $file, $lock_file, $flags, 0600 or return;
    if (flock $file, $LOCK_EX | $LOCK_NB) {
      my @held = stat $file;
      my @named = lstat $lock_file;
      if (@named && $held[1] == $named[1]) {
        syswrite $file, "command=the revert of an apply that was not confirmed\nsupervisor=$$\nsince=" . time . "\n";
        return $file;
      }
      next;
    }
    my $waited = uptime() - $began;
    end_holders($waited > $PATIENCE + $GRACE ? 'KILL' : 'TERM') if $waited > $PATIENCE;
    return if $waited > 30;
    select undef, undef, undef, 0.2;
  }
}

sub end_holders {
  my ($signal) = @_;
  my @lock = stat $lock_file or return;
  # A lab or a container has a lock of its own by the same name, and a session that waits has the file open, too.
  my $is_lock = sub {
    my @file = stat $_[0];
    return @file && $file[0] == $lock[0] && $file[1] == $lock[1] && content($_[0] =~ s{/fd/}{/fdinfo/}r) =~ /FLOCK/;
  };
  for my $folder (glob '/proc/[0-9]*/fd') {
    my ($pid) = $folder =~ /(\d+)/;
    next if $pid == $$ || !grep { (readlink($_) // '') =~ /^\Q$lock_file\E/ && $is_lock->($_) } glob "$folder/*";
    my $group = getpgrp $pid;
    # A job is in a group of its own; the supervisor's may be another program's too.
    kill $signal, $group == $pid ? -$pid : $pid;
  }
}

# Returns what differs from the state before: `- LINE` is missing, `+ LINE` is new.
sub differences {
  my @before = split /\n/, content("$dir/before");
  my @now = split /\n/, `perl $dir/fingerprint $dir`;
  my (%before, %now);
  $before{$_}++ for @before;
  $now{$_}++ for @now;
  return (map { "- $_" } grep { !$now{$_} } @before), map { "+ $_" } grep { !$before{$_} } @now;
}

sub content {
  open(my $file, '<', $_[0]) or return '';
  local $/;
  return <$file> // '';
}

sub write_file {
  my ($path, $text) = @_;
  open(my $file, '>', "$path.new") or return;
  print $file $text;
  close $file;
  rename "$path.new", $path;
}

sub remove_folder {
  unlink glob "$dir/*";
  rmdir $dir;
  rmdir '/run/netloom';
}

1;
