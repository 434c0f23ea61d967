use strict;

# Creates a network namespace completely before it gets its name. numbers.pl precedes it in the program. A creation is a
# list of parts, in their order, a line each, of words between tabs (`words_of`):
#   sysctl N PARAMETER VALUE   writes a kernel parameter
#   run N PROGRAM ARGUMENT…    runs a program in the namespace
#   birth N NAME               runs `ip -batch -` there, and adds the line that gives the namespace its name
# The lines after the last two that begin with a tab are what the program reads. The first part that fails ends it with
# `@part N CODE`; then the namespace never existed.
#
# A write of `forwarding` does not wait for the kernel's lock of links and addresses (rtnl): it tries again and again.
# Of 24 births at a time, each with an `ip` that waits for that lock, half of the processors' time was spent so
# (measured, Linux 6.18). So one of them at a time writes parameters or feeds its `ip`.

my $CLONE_NEWNET = 0x40000000;
# The node's own namespace, for `ip` alone (src/apply/words.ts).
my $NODE_DESCRIPTOR = 8;
# The turn saves time, and nothing else depends on it.
my ($rtnl_turn, $TURN_SECONDS) = (undef, 5);

# Returns only if all parts have succeeded.
sub create_netns {
  my @parts = parts_of(@_);
  # A program that has ended reads no more; its exit code tells.
  $SIG{PIPE} = 'IGNORE';
  my $unshare = kernel_numbers()->{unshare} or end_birth("unshare: not known on this architecture\n", 0, 1);
  syscall($unshare, $CLONE_NEWNET) == 0 or end_birth("unshare: $!\n", 0, 1);
  for my $part (@parts) {
    my ($what, $number, @words) = @{$part->{words}};
    if ($what eq 'sysctl') {
      take_rtnl_turn();
      write_parameter(@words) or end_birth("cannot write /proc/sys/$words[0]: $!\n", $number, 1);
    } elsif ($what eq 'birth') {
      # It starts while another one has the turn.
      my $ip = begin_program('ip', '-batch', '-');
      take_rtnl_turn();
      my $code = end_program($ip, "$part->{input}netns attach $words[0] $$\n");
      end_birth('', $number, $code) if $code;
    } else {
      undef $rtnl_turn;
      my $code = end_program(begin_program(@words), $part->{input});
      end_birth('', $number, $code) if $code;
    }
  }
}

sub parts_of {
  my @parts;
  for (@_) {
    if (/^\t/) { $parts[-1]{input} .= substr $_, 1 }
    else { push @parts, { words => [words_of($_)], input => '' } }
  }
  return @parts;
}

# Returns the words of a line: `\\`, `\n` and `\t` stand for what they say.
sub words_of {
  my ($line) = @_;
  chomp $line;
  my %meant = (n => "\n", t => "\t", '\\' => '\\');
  return map { s/\\([\\nt])/$meant{$1}/gr } split /\t/, $line, -1;
}

# A parameter is written by one write(2), which can fail.
sub write_parameter {
  my ($key, $value) = @_;
  open(my $file, '>', "/proc/sys/$key") or return 0;
  return defined syswrite $file, "$value\n";
}

# The file is one that all births of a session find, that another user cannot open, and that is not left behind.
sub take_rtnl_turn {
  return if $rtnl_turn;
  open(my $file, '<', '/proc/' . getppid() . '/environ') or return;
  local $SIG{ALRM} = sub { die };
  eval { alarm $TURN_SECONDS; flock $file, 2; alarm 0 };
  alarm 0;
  $rtnl_turn = $file;
}

# Starts a program, whose input follows.
sub begin_program {
  my @command = @_;
  pipe(my $from, my $to) or end_birth("pipe: $!\n", 0, 1);
  defined(my $pid = fork) or end_birth("fork: $!\n", 0, 1);
  if ($pid) {
    # If it hangs, the supervisor reports this.
    $0 = 'netloom: ' . join ' ', @command;
    return { pid => $pid, to => $to };
  }
  $SIG{PIPE} = 'DEFAULT';
  open(STDIN, '<&', $from);
  if ($command[0] ne 'ip' && open(my $node, '<&=', $NODE_DESCRIPTOR)) { close $node }
  exec {$command[0]} @command or print STDERR "$command[0]: $!\n";
  exit 127;
}

# Gives a program its input, and returns its exit code.
sub end_program {
  my ($begun, $input) = @_;
  my ($to, $written) = ($begun->{to}, 0);
  while ($written < length $input) { $written += syswrite($to, $input, length $input, $written) || last }
  close $to;
  waitpid $begun->{pid}, 0;
  return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

sub end_birth {
  my ($why, $number, $code) = @_;
  print STDERR $why;
  print "\n\@part $number $code\n";
  exit 1;
}

1;
