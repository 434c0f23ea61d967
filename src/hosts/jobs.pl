use strict;

# The scripts that run, by their ids. birth.pl, processes.pl and supervisor.pl are parts of the same program.

our (%running, %stuck, $eight, $nine, $output_limit);
# How many seconds a process may take to end after SIGTERM, and then after SIGKILL.
my ($TERM_SECONDS, $KILL_SECONDS) = (0.2, 1);
# From asm-generic/errno.h, asm-generic/fcntl.h and linux/wait.h.
my ($EAGAIN, $F_SETFL, $O_NONBLOCK, $WNOHANG) = (11, 4, 04000, 1);

# Starts what a request asks for: `read`, `job` and `listen` run a script, `run` and `birth` do without a shell.
sub start {
  my ($verb, $id, $limit, $text_of_it) = @_;
  my $kind = $verb eq 'run' || $verb eq 'birth' ? 'job' : $verb;
  my ($program, $input) = $verb eq 'run' ? split(/\n/, $text_of_it, 2) : ('', "exec 8<&-;$text_of_it");
  pipe(my $text, my $feed) && pipe(my $from, my $to) && pipe(my $errors, my $to_errors) or die "pipe: $!\n";
  my ($given, $stdin);
  $kind ne 'listen' or pipe($given, $stdin) or die "pipe: $!\n";
  defined(my $pid = fork) or die "fork: $!\n";
  if (!$pid) {
    settle_in($to, $kind eq 'job' ? $to : $to_errors, $given);
    run_program($text, words_of($program)) if $verb eq 'run';
    give_birth($feed, $text_of_it) if $verb eq 'birth';
    run_script($kind, $text);
  }
  fcntl $_, $F_SETFL, $O_NONBLOCK for $feed, $from, $errors, $stdin || ();
  my @streams = ({ from => $from, to => $kind eq 'job' ? 'seen' : 'data' }, { from => $errors, to => 'complaint' });
  $running{$id} = {
    kind => $kind, id => $id, pid => $pid, limit => $limit, began => now(), progress => now(), ticks => -1,
    seen => '', complaint => '', streams => \@streams, $verb eq 'birth' ? () : (feed => $feed, text => $input),
    stdin => $stdin, told => '',
  };
}

# Makes this process a job: in a process group of its own, with outputs of its own.
sub settle_in {
  my ($to, $to_errors, $given) = @_;
  setpgrp 0, 0;
  $SIG{$_} = 'DEFAULT' for qw(PIPE CHLD TERM);
  $given ? open(STDIN, '<&', $given) : open(STDIN, '<', '/dev/null');
  open(STDOUT, '>&', $to);
  open(STDERR, '>&', $to_errors);
}

# Runs a script; only a job inherits the lock.
sub run_script {
  my ($kind, $text) = @_;
  inherit($eight, $text);
  close $nine if $kind ne 'job';
  exec 'sh', '-c', '. /proc/self/fd/8', 'sh';
  exit 127;
}

# Runs a program that reads the rest of the request.
sub run_program {
  my ($input, @command) = @_;
  open(STDIN, '<&', $input);
  hold_node();
  exec {$command[0]} @command or print STDERR "$command[0]: $!\n";
  exit 127;
}

# `ip` names the node's own namespace by a descriptor.
sub hold_node {
  open(my $own, '<', '/proc/self/ns/net') or return;
  inherit($eight, $own);
}

# Creates a namespace in this process. It leaves the pipes of the other jobs to the supervisor: a shell whose script has
# another writer never sees the end of it.
sub give_birth {
  my ($feed, $text) = @_;
  close $feed;
  for my $job (values %running) { close $_ for grep { $_ } @$job{'feed', 'stdin'}, map { $_->{from} } streams($job) }
  $0 = 'netloom: creates a namespace';
  hold_node();
  create_netns(split /^/, $text);
  exit 0;
}

# Gives a script to its shell, as much as the pipe takes.
sub feed {
  my ($job) = @_;
  my $written = syswrite $job->{feed}, $job->{text}, 1 << 16;
  return if !defined $written && $! == $EAGAIN;
  substr($job->{text}, 0, $written) = '' if $written;
  delete @$job{'feed', 'text'} if !$written || $job->{text} eq '';
}

# Passes on what a script that listens is told. One that has ended is told nothing more.
sub pass_on {
  my ($job) = @_;
  my $written = syswrite $job->{stdin}, $job->{told}, 4096;
  return if !defined $written && $! == $EAGAIN;
  return delete $job->{stdin} if !$written;
  substr($job->{told}, 0, $written) = '';
}

# Takes what a job has written. Returns whether there may be more.
sub take_output {
  my ($job, $stream) = @_;
  my $size = sysread $stream->{from}, my $bytes, 1 << 16;
  return 0 if !defined $size;
  delete $stream->{from} if !$size;
  return 0 if !$size;
  $job->{progress} = now();
  if ($stream->{to} eq 'data') { frame('data', $job->{id}, 0, $bytes) }
  else { $job->{$stream->{to}} = tail($job->{$stream->{to}} . $bytes, $output_limit + 64) }
  return 1;
}

sub tail {
  my ($text, $length) = @_;
  return length $text > $length ? substr $text, -$length : $text;
}

# Reports a job that has ended, and begins to end one that hangs.
sub look_after {
  my ($job) = @_;
  return look_after_victims($job) if $job->{victims};
  if (waitpid($job->{pid}, $WNOHANG) == $job->{pid}) {
    my $code = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    for my $stream (@{$job->{streams}}) { 1 while $stream->{from} && take_output($job, $stream) }
    return report($job, $job->{kind}, $code, $job->{kind} eq 'job' ? $job->{seen} : $job->{complaint});
  }
  return if $job->{kind} eq 'listen';
  my $time = now();
  return end_job($job, 'total') if $time - $job->{began} > 10 * $job->{limit};
  return if $time - ($job->{sampled} || $job->{began}) < $job->{limit} / 8;
  $job->{sampled} = $time;
  my $table = process_table();
  my $ticks = 0;
  $ticks += $table->{$_}{ticks} for pids_of($job->{pid}, $table);
  $job->{progress} = $time if $ticks != $job->{ticks} && $job->{ticks} >= 0;
  $job->{ticks} = $ticks;
  end_job($job, 'limit') if $time - $job->{progress} >= $job->{limit};
}

sub report {
  my ($job, $kind, $code, $text) = @_;
  $text =~ s/\n+\z//;
  frame($kind, $job->{id}, $code, tail($text, $output_limit));
  delete $running{$job->{id}};
}

# Begins to end a job with everything that it started.
sub end_job {
  my ($job, $why) = @_;
  return if $job->{victims};
  my $table = process_table();
  $job->{victims} = {};
  my @pids = victims($job, $table);
  @$job{'why', 'hung', 'ended'} = ($why, described($table, @pids), now());
  kill 'TERM', @pids;
}

# Returns the pids of a job that is being ended. Those that were seen once are remembered: a process that has left the
# process group is no descendant any more when its parent has ended.
sub victims {
  my ($job, $table) = @_;
  my $seen = $job->{victims};
  $seen->{$_} = $table->{$_}{start} for pids_of($job->{pid}, $table);
  return sort { $a <=> $b } grep {
    $table->{$_} && $table->{$_}{start} eq $seen->{$_} && $table->{$_}{state} !~ /[ZX]/
  } keys %$seen;
}

# Kills what has not ended, and reports what cannot be killed: a process in an uninterruptible sleep.
sub look_after_victims {
  my ($job) = @_;
  waitpid $job->{pid}, $WNOHANG;
  my $table = process_table();
  my @pids = victims($job, $table);
  my $time = now() - $job->{ended};
  return $time > $TERM_SECONDS && kill 'KILL', @pids if @pids && $time < $TERM_SECONDS + $KILL_SECONDS;
  my $left = described($table, @pids);
  $stuck{$_} = $table->{$_}{name} for @pids;
  sign_lock() if @pids;
  frame('hung', $job->{id}, scalar(@pids), "$job->{kind} $job->{why}\n$job->{hung}\n$left");
  delete $running{$job->{id}};
}

1;
