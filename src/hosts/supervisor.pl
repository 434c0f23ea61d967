use strict;

# Runs the scripts of a session on a node, ends those that hang, and holds the node's lock. numbers.pl, birth.pl,
# processes.pl, jobs.pl, lock.pl and login.pl precede it in the program. Arguments: the nonce, and the most bytes that
# a script reports.
#
# It reads requests from stdin: a line each, and LENGTH bytes after a line that ends with a length. `read ID SECONDS
# LENGTH` and `job ID SECONDS LENGTH` run a script, `run ID SECONDS LENGTH` a program (its words, and after the first
# line what it reads), `birth ID SECONDS LENGTH` creates a namespace (birth.pl), `listen ID SECONDS LENGTH` runs a
# script beside all others that goes on until the client ends it, `tell ID LENGTH` gives its stdin more, `end ID` ends
# one, `lock ID SECONDS SILENCE LENGTH` takes the lock, `unlock ID` releases it, and `beat` tells that the client lives.
# It writes frames (frames.ts): `hello`, `data` and `read` or `listen`, `job` (of all three), `hung`, `busy` and `lock`,
# `unlock`.
#
# A script that does not listen hangs that for SECONDS has neither written anything nor used the processor, or that
# takes ten times as long.
# Without a client (stdin has ended, or nothing has come for SILENCE seconds while the lock is held) jobs may still
# finish, then the lock is released.

our (%running, %wait, $lock, $silence, $eight, $nine, $output_limit);
our $ending = '';
my ($nonce, $input, $output, $open, $heard, $ending_since) = ('', '', '', 1, 0, 0);
my $FINISH_SECONDS = 10;
# What a turn of the loop counts at most, in seconds. It waits for half of it, if anything is timed.
my $LONGEST_TURN = 1;
my ($clock, $turned) = (0, uptime());

supervise(@ARGV) unless caller;

sub supervise {
  ($nonce, $output_limit) = @_;
  $0 = 'netloom: supervisor';
  $SIG{PIPE} = 'IGNORE';
  $SIG{CHLD} = sub { };
  $SIG{TERM} = sub { $ending ||= 'term' };
  # Scripts learn from it how the node is reached.
  my ($login, $ended) = login_connection($ENV{SSH_CONNECTION}, getppid, '/proc');
  $ENV{SSH_CONNECTION} = $login if $login;
  $ENV{NETLOOM_SSH_ENDED} = $ended if $ended;
  reserve();
  hello();
  $heard = now();
  until ($ending && !%running) {
    turn();
    step();
    look_after($_) for my @jobs = values %running;
    look_after_wait();
    $ending ||= 'silent' if $lock && now() - $heard > $silence;
    finish() if $ending;
  }
  release();
  my $until = now() + 1;
  step() while $output ne '' && now() < $until;
  print STDERR "netloom has not been heard of for $silence s; the lock is released\n" if $ending eq 'silent';
  print STDERR "ended by `netloom unlock`\n" if $ending eq 'term';
}

# Returns the seconds since the start. Those in which the node slept, or this process was stopped, do not count: nobody
# could be heard of, and no script could do anything.
sub now {
  my $since = uptime() - $turned;
  return $clock + ($since < $LONGEST_TURN ? $since : $LONGEST_TURN);
}

sub turn { ($clock, $turned) = (now(), uptime()) }

sub uptime { return (split ' ', start_of('/proc/uptime'))[0] }

# Reserves the descriptors 8 and 9 for what scripts inherit: a shell can name no higher one.
sub reserve {
  my @filled;
  do { open(my $each, '<', '/dev/null'); push @filled, $each } until fileno $filled[-1] >= 9;
  ($eight, $nine) = @filled[-2, -1];
}

# Makes a reserved descriptor a copy of a handle, for programs to inherit: perl keeps the number of those up to $^F.
sub inherit {
  local $^F = 9;
  open($_[0], '<&', $_[1]);
}

# Greets with the pid, 1 if root is so in a user namespace only, the capabilities, and 1 if a revert left a report.
sub hello {
  my ($capabilities) = start_of('/proc/self/status') =~ /^CapEff:\s*(\w+)/m;
  my (undef, undef, $size) = split ' ', start_of('/proc/self/uid_map');
  frame('hello', 0, 0, join ' ', $$, $size == 1 ? 1 : 0, $capabilities // '', -e '/run/netloom/.reverted' ? 1 : 0);
}

sub frame {
  my ($kind, $id, $code, $payload) = @_;
  $output .= "\n\@$nonce $kind $id $code " . length($payload) . "\n$payload";
}

# Waits for something to read or write, and reads or writes it.
sub step {
  my ($readable, $writable) = ('', '');
  vec($readable, 0, 1) = 1 if $open;
  vec($writable, 1, 1) = 1 if $output ne '';
  vec($readable, fileno $wait{ended}, 1) = 1 if $wait{ended};
  my @jobs = values %running;
  for my $job (@jobs) {
    # What a client does not read stays in the pipes of the jobs.
    for (length $output < 1 << 20 ? streams($job) : ()) { vec($readable, fileno $_->{from}, 1) = 1 }
    vec($writable, fileno $job->{feed}, 1) = 1 if $job->{feed};
    vec($writable, fileno $job->{stdin}, 1) = 1 if $job->{stdin} && $job->{told} ne '';
  }
  return if select($readable, $writable, undef, pause()) <= 0;
  write_output() if vec $writable, 1, 1;
  for my $job (@jobs) {
    for (streams($job)) { take_output($job, $_) if vec $readable, fileno $_->{from}, 1 }
    feed($job) if $job->{feed} && vec $writable, fileno $job->{feed}, 1;
    pass_on($job) if $job->{stdin} && vec $writable, fileno $job->{stdin}, 1;
  }
  take_input() if $open && vec $readable, 0, 1;
}

sub streams { return grep { $_->{from} } @{$_[0]{streams}} }

# Returns for how many seconds nothing has to be done. A script that has closed its output is about to end.
sub pause {
  my @timed = grep { $_->{kind} ne 'listen' || $_->{victims} || !streams($_) } values %running;
  my $pause = $lock || $ending || %wait || @timed ? 0.5 : 60;
  for my $job (@timed) {
    my $wait = $job->{victims} ? 0.02 : streams($job) ? 0.1 : ($job->{closing} = 2 * ($job->{closing} || 0.0005));
    $pause = $wait if $wait < $pause;
  }
  return $pause;
}

# A writable pipe takes this much at once (PIPE_BUF). A client that has gone gets nothing more.
sub write_output {
  my $written = syswrite STDOUT, $output, 4096;
  substr($output, 0, $written // length $output) = '';
}

sub take_input {
  if (!sysread STDIN, $input, 1 << 16, length $input) {
    $open = 0;
    $ending ||= 'eof';
    return;
  }
  $heard = now();
  while ((my $end = index $input, "\n") >= 0) {
    my ($verb, @words) = split / /, substr $input, 0, $end;
    my $length = $verb =~ /^(?:read|job|run|birth|listen|tell|lock)$/ ? $words[-1] : 0;
    return if length $input < $end + 1 + $length;
    my $payload = substr $input, $end + 1, $length;
    substr($input, 0, $end + 1 + $length) = '';
    request($verb, $payload, @words);
  }
}

sub request {
  my ($verb, $payload, $id, @words) = @_;
  if ($verb =~ /^(?:read|job|run|birth|listen)$/) { start($verb, $id, $words[0], $payload) }
  elsif ($verb eq 'tell' && $running{$id}) { $running{$id}{told} .= $payload }
  elsif ($verb eq 'beat') { frame('alive', 0, 0, '') }
  elsif ($verb eq 'end' && $running{$id}) { end_job($running{$id}, 'asked') }
  elsif ($verb eq 'unlock') {
    release();
    frame('unlock', $id, 0, '');
  } elsif ($verb eq 'lock') {
    %wait = (id => $id, until => now() + $words[0], silence => $words[1], text => $payload);
    take_lock();
  }
}

# Ends at once what only reads, and jobs that do not finish soon.
sub finish {
  $ending_since ||= now();
  for my $job (values %running) {
    my $patience = $job->{kind} ne 'job' || $ending eq 'term' ? 0 : $FINISH_SECONDS;
    end_job($job, 'vanished') if now() - $ending_since >= $patience;
  }
}
