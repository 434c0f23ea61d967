use strict;

# Returns the process table: pid => { parent, group, state, ticks, start, name }. `ticks` is the processor time of the
# process and of the children that it has waited for; `start` tells it from a later process with its pid (proc(5)).
sub process_table {
  my %table;
  opendir(my $folder, '/proc') or return \%table;
  for my $pid (grep { /^\d+$/ } readdir $folder) {
    my ($name, $rest) = start_of("/proc/$pid/stat") =~ /^\d+ \((.*)\) (.*)/s or next;
    my ($state, $parent, $group, @fields) = split / /, $rest;
    my $ticks = $fields[8] + $fields[9] + $fields[10] + $fields[11];
    $table{$pid} = {
      parent => $parent, group => $group, state => $state, ticks => $ticks, start => $fields[16], name => $name,
    };
  }
  return \%table;
}

# Returns the first 4 kB of a file; nothing if it cannot be read.
sub start_of {
  open(my $file, '<', $_[0]) or return '';
  sysread $file, my $text, 1 << 12;
  return $text // '';
}

# Returns the pids of a job that have not ended: its process group, and all descendants, whatever session they are in. A
# daemon that has left both is not of the job.
sub pids_of {
  my ($leader, $table) = @_;
  my %children;
  push @{$children{$table->{$_}{parent}}}, $_ for keys %$table;
  my @found = grep { $_ == $leader || $table->{$_}{group} == $leader } keys %$table;
  my %seen = map { $_ => 1 } @found;
  for (my $i = 0; $i < @found; $i++) {
    push @found, grep { !$seen{$_}++ } @{$children{$found[$i]} || []};
  }
  return sort { $a <=> $b } grep { $table->{$_}{state} !~ /[ZX]/ } @found;
}

# Describes processes, a line each: its pid, its parent's, its state, and its command line or name.
sub described {
  my ($table, @pids) = @_;
  return join '', map {
    my $words = start_of("/proc/$_/cmdline");
    $words =~ s/[\0\s]+/ /g;
    $words =~ s/ $//;
    $words = "[$table->{$_}{name}]" if $words eq '';
    "$_ $table->{$_}{parent} $table->{$_}{state} " . substr($words, 0, 200) . "\n";
  } @pids[0 .. (@pids < 40 ? $#pids : 39)];
}

1;
