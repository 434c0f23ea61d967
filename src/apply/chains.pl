use strict;

# Makes chains of iptables what they were. It reads their rules, and gives iptables-restore what differs, one
# transaction per table. Lines of stdin, their words separated by tabs: `chain FAMILY TABLE CHAIN HOW`, where HOW is
# `whole` (exactly the rules that follow), `gone` (no such chain), or `shared` (others write to it too); then
# `rule TEXT` for each of its rules, and of a shared chain `ours TEXT` for each that can be ours.
my @wanted;
restore_chains() unless caller;

sub restore_chains {
  while (my $line = <STDIN>) {
    chomp $line;
    my ($word, $text, @more) = split /\t/, $line;
    if ($word eq 'chain') {
      my ($table, $name, $how) = @more;
      push @wanted, { family => $text, table => $table, name => $name, how => $how, rules => [], ours => {} };
    }
    elsif ($word eq 'rule') { push @{$wanted[-1]{rules}}, $text }
    elsif ($word eq 'ours') { $wanted[-1]{ours}{$text} = 1 }
  }
  my $failed = 0;
  for my $family (4, 6) {
    my @mine = grep { $_->{family} == $family } @wanted or next;
    my $program = $family == 6 ? 'ip6tables' : 'iptables';
    for my $try (1 .. 20) {
      my $text = text_of(saved($program), @mine);
      last if $text eq '';
      if (open(my $to, '|-', "$program-restore", '--noflush')) {
        print $to $text;
        last if close $to;
      }
      # Another program holds the lock of xtables, or has changed a chain since.
      $failed = 1 if $try == 20;
      select undef, undef, undef, 0.25;
    }
  }
  exit $failed;
}

# Returns the tables as the program saves them: table => { chain => { rules => [...] } }.
sub saved {
  my ($program) = @_;
  my (%tables, $table);
  open(my $from, '-|', "$program-save") or return \%tables;
  while (my $line = <$from>) {
    chomp $line;
    if ($line =~ /^\*(\S+)/) { $table = $1 }
    elsif ($line =~ /^:(\S+)/) { $tables{$table}{$1} = [] }
    elsif ($line =~ /^-A (\S+) (.*)/) { push @{$tables{$table}{$1}}, $2 }
  }
  return \%tables;
}

# Returns the input of iptables-restore: chains that are jumped to before those that jump, and deletions last.
sub text_of {
  my ($saved, @chains) = @_;
  my (%text, @tables);
  for my $chain (@chains) {
    my $table = $chain->{table};
    push @tables, $table if !$text{$table};
    $text{$table} ||= [[], [], [], []];
    my ($new, $whole, $shared, $gone) = @{$text{$table}};
    my ($name, $now) = ($chain->{name}, $saved->{$table}{$chain->{name}});
    if ($chain->{how} eq 'shared') { push @$shared, shared($chain, $now || []) }
    elsif ($chain->{how} eq 'gone') { push @$whole, "-F $name" if $now; push @$gone, "-X $name" if $now }
    elsif (!$now || join("\n", @$now) ne join "\n", @{$chain->{rules}}) {
      push @$new, ":$name - [0:0]";
      push @$whole, "-F $name", map { "-A $name $_" } @{$chain->{rules}};
    }
  }
  my $all = '';
  for my $table (@tables) {
    my @lines = map { @$_ } @{$text{$table}};
    $all .= join '', map { "$_\n" } "*$table", @lines, 'COMMIT' if @lines;
  }
  return $all;
}

# Returns the edits that give a chain the rules of ours, each behind the rule of others that it was behind. Rules of
# ours are deleted by their text: other programs write to the chain at any time.
sub shared {
  my ($chain, $now) = @_;
  my ($name, $ours) = @$chain{'name', 'ours'};
  my @now = @$now;
  my @others = grep { !$ours->{$_} } @now;
  my @result = @others;
  my $at = 0;
  for my $rule (@{$chain->{rules}}) {
    if ($ours->{$rule}) {
      splice @result, $at++, 0, $rule;
      next;
    }
    my ($found) = grep { $result[$_] eq $rule } $at .. $#result;
    $at = $found + 1 if defined $found;
  }
  return if join("\n", @result) eq join "\n", @now;
  my @edits = map { "-D $name $_" } grep { $ours->{$_} } @now;
  for my $position (0 .. $#result) {
    push @edits, sprintf '-I %s %d %s', $name, $position + 1, $result[$position] if $ours->{$result[$position]};
  }
  return @edits;
}

1;
