use strict;

# Finds the processes that hold the node's lock, or ends them. processes.pl precedes it in the program. Argument:
# `list`, or `end`, which asks the supervisor to end its jobs and itself, and kills what is left. It prints what the
# holder wrote into the file, the node's time, and a line `pid=PID STATE COMMAND` for each process that holds the lock.
my $lock_file = '/run/netloom.lock';

main(@ARGV) unless caller;

sub main {
  my ($what) = @_;
  my @held = stat $lock_file;
  # A file of another user is not a lock of netloom: its processes are not ended.
  return if !-f _ || $held[4] != $>;
  my $text = start_of($lock_file);
  if ($what eq 'end') {
    end_with('TERM', 2, @held[0, 1]);
    end_with('KILL', 1, @held[0, 1]);
  }
  my $table = process_table();
  my @pids = grep { $table->{$_} } holders(@held[0, 1]);
  my @lines = map { /^(\d+) \d+ (.*)/ ? "pid=$1 $2\n" : () } split /\n/, described($table, @pids);
  print "$text\nnow=", time, "\n\@holders\n", @lines;
}

# Sends a signal to those that hold the lock, until none does or the time is over.
sub end_with {
  my ($signal, $seconds, @file) = @_;
  for (1 .. 20 * $seconds) {
    my @pids = holders(@file) or return;
    kill $signal, @pids if $signal eq 'KILL' || $_ == 1;
    select undef, undef, undef, 0.05;
  }
}

# Returns the pids of the processes that share the open file which has the lock: fdinfo shows the locks of each.
sub holders {
  my ($device, $inode) = @_;
  my @found;
  for my $pid (grep { /^\d+$/ && $_ != $$ } entries('/proc')) {
    for my $descriptor (entries("/proc/$pid/fd")) {
      my @file = stat "/proc/$pid/fd/$descriptor" or next;
      next if $file[0] != $device || $file[1] != $inode;
      next if start_of("/proc/$pid/fdinfo/$descriptor") !~ /^lock:.*FLOCK/m;
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
