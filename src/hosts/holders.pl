use strict;

# Finds the processes that hold the node's lock, or ends them. processes.pl precedes it in the program. Argument: a
# session that was printed before, which is ended: its supervisor is asked to end its jobs and itself, and what is left
# is killed. Without one, nothing is ended. It prints what the holder wrote into the file, the node's time, a line
# `session=TEXT`, and a line `pid=PID STATE COMMAND` for each process that holds the lock.
my $lock_file = '/run/netloom.lock';

main(@ARGV) unless caller;

sub main {
  my ($session) = @_;
  my @held = stat $lock_file;
  # A file of another user is not a lock of netloom: its processes are not ended.
  return if !-f _ || $held[4] != $>;
  if (defined $session) {
    end_with('TERM', 2, $session, @held[0, 1]);
    end_with('KILL', 1, $session, @held[0, 1]);
  }
  my $text = start_of($lock_file);
  my $table = process_table();
  my @pids = grep { $table->{$_} } holders(@held[0, 1]);
  my @lines = map { /^(\d+) \d+ (.*)/ ? "pid=$1 $2\n" : () } split /\n/, described($table, @pids);
  print "$text\nnow=", time, "\n\@holders\nsession=", session_of($text), "\n", @lines;
}

# Tells a holder from the next one: its supervisor, and since when it holds the lock.
sub session_of { return join ' ', $_[0] =~ /^(?:supervisor|since)=(\d+)$/mg }

# Sends a signal to those that hold the lock, until no process of this session does or the time is over.
sub end_with {
  my ($signal, $seconds, $session, @file) = @_;
  for (1 .. 20 * $seconds) {
    my @pids = holders(@file) or return;
    # A session that waited for the lock gets it at once, and has written who it is by the end of this pause.
    select undef, undef, undef, 0.05;
    return if session_of(start_of($lock_file)) ne $session;
    kill $signal, @pids if $signal eq 'KILL' || $_ == 1;
  }
}

# Returns the pids of the processes that share the open file which has the lock: fdinfo shows the locks of each.
sub holders {
  my ($device, $inode) = @_;
  my @found;
  for my $pid (grep { /^\d+$/ && $_ != $$ } entries('/proc')) {
    for my $descriptor (entries("/proc/$pid/fd")) {
      # First this: stat(2) of a file on a server that does not answer would hang.
      next if start_of("/proc/$pid/fdinfo/$descriptor") !~ /^lock:.* FLOCK .*:$inode 0 EOF$/m;
      my @file = stat "/proc/$pid/fd/$descriptor" or next;
      next if $file[0] != $device || $file[1] != $inode;
      push @found, $pid;
      last;
    }
  }
  return @found;
}

sub entries {
  opendir(my $folder, $_[0]) or return;
  return grep { !/^\.\.?$/ } readdir $folder;
}
