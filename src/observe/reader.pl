use strict;

# Reads a node: runs the probes in its own namespace, in every named one and in every guest's, as many at a time as
# there are processors. One process enters them in turn (setns(2)), so a namespace costs no more than the commands of
# its probes: `nsenter` and a shell in each took 1.7 times as long (measured, 50 routers). It is Perl because every
# Debian system has that (perl-base is essential).
#
# tx-checksums.pl, numbers.pl, dump.pl, kernel-names.pl, netlink.pl, l3.pl, cache.pl, cache-key.pl and digest.pl precede
# it in the program. Arguments: the nonce, the mark of our objects, the text of node-probes.sh, the use of the cache and
# the version of the program (cache.pl), the names of the namespaces to read, separated by spaces (`-`: the node's own,
# and what is read of the node; `*`: everything), a digest, and the encoded probes (arguments.ts). It writes lines that
# begin with `@NONCE`: `name NAME` of all namespaces that it is going to read, then of each in one piece either
# `namespace NAME` … `end`, `dead NAME` (a file that is no namespace) or `gone NAME` (deleted in the meantime), once
# `node` … `end node`, and last `digest SHA256` of all this, if it is everything and the cache is not off, and `stats
# processes=N hits=N misses=N began=SECONDS`: the processes that it started, how many outputs of programs the cache had
# and lacked, and when it began (`monotonic`). In between are `probe ID`, `stderr ID` and `failed ID WHY`, each of the
# probe before it. If the digest is the given one, it writes `same` instead of all but the last two lines.

my ($nonce, $mark, $node_probes, @probes);
# The number of a job that is none: a worker sends the texts that it held back.
my $SEND = 0xffffffff;
# From asm-generic/fcntl.h, asm-generic/errno-base.h and errno.h, linux/sched.h: the modules that define them take
# longer to load than most commands take to run.
my ($O_RDONLY, $ENOENT, $ENXIO, $ENOTDIR, $EINVAL, $ELOOP, $CLONE_NEWNET) = (0, 2, 6, 20, 22, 40, 0x40000000);
my $own = "/proc/$$/ns/net";
my $here = $own;
my $guests = '/run/netloom-guests';
my ($setns, @jobs, @names, %second, $began);
my $processes = 0;

read_node(@ARGV) unless caller;

sub read_node {
  ($nonce, $mark, $node_probes, my ($cache, $version, $only, $known, @words)) = @_;
  $began = monotonic();
  @probes = @{decode(\@words)};
  my %paths = ((map { $_ => "/run/netns/$_" } named()), map { ("$guests/$_") x 2 } names($guests));
  @names = sort keys %paths;
  mark_second_names();
  $setns = kernel_numbers()->{setns};
  die "the number of setns(2) on this architecture is not known\n" if @names && !$setns;
  open_cache($cache, $version, \@probes, \@names, 1);
  my %wanted = map { $_ => 1 } split / /, $only;
  my $is_all = $wanted{'*'};
  @names = grep { $wanted{$_} } @names if !$is_all;
  @jobs = map { my $name = $_; sub { namespace($name, $paths{$name}) } } @names;
  unshift @jobs, sub { namespace('', $own) }, \&node if $is_all || $wanted{'-'};
  work_off(processors(), $is_all && $cache ne 'off', $known);
}

# Decodes a value: `=TEXT` is a text, `@N` a list of N values, `%N` N pairs of key and value.
sub decode {
  my ($words) = @_;
  my ($sort, $rest) = unpack 'a a*', shift @$words;
  return $rest if $sort eq '=';
  my @values = map { decode($words) } 1 .. $rest * ($sort eq '%' ? 2 : 1);
  return $sort eq '%' ? {@values} : \@values;
}

sub names {
  opendir(my $folder, $_[0]) or return;
  # Names are printed one a line. A name with a control character is not ours.
  return grep { !/^\.\.?$/ && !/[[:cntrl:]]/ } readdir $folder;
}

# A name that no command can be given is not ours.
sub named {
  return grep { /^[!-~]+\z/ && !/^-/ } names('/run/netns');
}

# A namespace is read once, or each object in it would exist twice. Of its names the one that can be ours counts
# (canBeOurs in mark.ts), first one with an id, then the first; the node's own namespace is read as that.
sub mark_second_names {
  my %known = (identity($own) => 1);
  my %rank = map { $_ => /^q(?:router|dhcp)-([0-9a-f-]{36}\z)?/ ? ($1 ? 0 : 1) : 2 } named();
  for my $name (sort { $rank{$a} <=> $rank{$b} || $a cmp $b } keys %rank) {
    my $identity = identity("/run/netns/$name");
    $second{$name} = 1 if $identity && $known{$identity}++;
  }
}

sub identity {
  my ($device, $inode) = stat $_[0] or return '';
  return "$device:$inode";
}

sub processors {
  my ($list) = map { /^Cpus_allowed_list:\s*(\S+)/ } split /\n/, content('/proc/self/status');
  my $count = 0;
  for (split /,/, $list || 0) {
    my ($first, $last) = split /-/;
    $count += ($last || $first) - $first + 1;
  }
  return $count;
}

# A worker gets a new job for each result; with one job in advance it never waits. Nor do workers wait for the reader of
# the output, which may be busy compiling its topology for as long as all of this takes. If a digest is known, they hold
# their texts back until it turns out that it is another one now.
sub work_off {
  my ($count, $is_digested, $known) = @_;
  my $is_held = $is_digested && $known ne '';
  my @workers = map { start($is_held) } 1 .. $count;
  my $begin = join '', map { "\@$nonce name $_\n" } @names;
  my ($next, $left, $told, $hits, $misses, $output) = (0, scalar @jobs, 0, 0, 0, $is_held ? '' : $begin);
  my @parts;
  my $give = sub {
    my ($worker) = @_;
    if ($next < @jobs) { syswrite $worker->{to}, pack 'N', $next++ }
    elsif (!$is_held) { close $worker->{to} }
  };
  my $decide = sub {
    my $digest = $is_digested ? digest_of(@parts) : '';
    my $is_same = $is_held && $digest eq $known;
    $output .= $is_same ? "\@$nonce same\n" : $is_held ? $begin : '';
    for (@workers) {
      syswrite $_->{to}, pack 'N', $SEND if $is_held && !$is_same;
      close $_->{to} if $is_held;
    }
    ++$processes if $digest ne '';
    return $digest;
  };
  my $digest;
  for (1, 2) { $give->($_) for @workers }
  while (@workers || $output ne '') {
    my ($readable, $writable) = ('', '');
    vec($readable, fileno $_->{from}, 1) = 1 for @workers;
    vec($writable, fileno STDOUT, 1) = $output ne '';
    next if select(my $ready = $readable, $writable, undef, undef) <= 0;
    # A writable pipe takes this much at once (PIPE_BUF).
    substr($output, 0, syswrite STDOUT, $output, 4096) = '' if vec $writable, fileno STDOUT, 1;
    for my $worker (grep { vec $ready, fileno $_->{from}, 1 } @workers) {
      $worker->{ended} = !sysread $worker->{from}, $worker->{text}, 1 << 16, length $worker->{text};
      while (length $worker->{text} >= 4 && length $worker->{text} >= 4 + unpack 'N', $worker->{text}) {
        my ($number, $ran, $had, $lacked, $part, $text) = unpack 'N4 N/a a*', unpack 'N/a', $worker->{text};
        ($processes, $hits, $misses) = ($processes + $ran, $hits + $had, $misses + $lacked);
        $output .= $text;
        substr($worker->{text}, 0, 4 + unpack 'N', $worker->{text}) = '';
        next if $number == $SEND;
        $parts[$number] = $part;
        $give->($worker);
        $digest = $decide->() if !--$left;
      }
    }
    @workers = grep { !$_->{ended} } @workers;
    next if @workers || $told++;
    $output .= "\@$nonce digest $digest\n" if ($digest // '') ne '';
    $output .= "\@$nonce stats processes=$processes hits=$hits misses=$misses began=$began\n";
  }
}

sub start {
  my ($is_held) = @_;
  pipe(my $jobs, my $to) && pipe(my $from, my $texts) or die "pipe: $!\n";
  defined(my $pid = fork) or die "fork: $!\n";
  ++$processes and return { to => $to, from => $from, text => '' } if $pid;
  $processes = 0;
  close $to;
  close $from;
  open(STDIN, '<', '/dev/null');
  open(STDERR, '>', '/dev/null');
  my $held = '';
  while (sysread $jobs, my $number, 4) {
    $number = unpack 'N', $number;
    my ($text, $part) = $number == $SEND ? ($held, '') : ($jobs[$number]->(), counted());
    # Appended: `$held . $text` would copy all that is held for each namespace.
    if ($is_held && $number != $SEND) { $held .= $text; $text = '' }
    $text = pack 'N/a*', pack 'N4 N/a* a*', $number, $processes, hits_and_misses(), $part, $text;
    $processes = 0;
    my $written = 0;
    $written += syswrite($texts, $text, length $text, $written) || exit 1 while $written < length $text;
  }
  exit 0;
}

sub node {
  my $failure = enter($own);
  begin_counting('node');
  count_failure() if $failure;
  return "\@$nonce node\n" . ($failure ? "\@$nonce failed enter $failure\n" : node_sections()) . "\@$nonce end node\n";
}

sub node_sections {
  # Two shells, each with half of the scripts: these take longer than a router, and beside them the other worker waits.
  my @words = ([], []);
  my $next = 0;
  for my $probe (grep { $_->{scope} eq 'node' } @probes) {
    my @arguments = @{$probe->{arguments}};
    my $is_needed = needs_script($probe);
    push @{$words[$next]}, $probe->{id}, $is_needed ? $probe->{script} : '', scalar @arguments, @arguments;
    $next = 1 - $next if $is_needed;
  }
  my @begun = map { begin(undef, 'sh', '-c', $node_probes, 'sh', $nonce, @$_) } grep { @$_ } @words;
  my ($code, $seen, $errors) = (0, '', '');
  for my $begun (@begun) {
    my ($how, $text, $error) = ended($begun);
    $code ||= $how;
    $seen .= "$text\n";
    $errors .= $error;
  }
  my $names = join '', map { "\@$nonce probe $_->{id}\n" . kernel_names() } grep { $_->{netfilter} } @probes;
  count_node_probes($names . $seen);
  count_failure() if $code;
  # A probe that a shell did not reach has failed; it is not empty.
  return $code ? stderr('sh', $errors) . "\@$nonce failed sh " . status($code) . "\n" : "$names$seen";
}

sub count_node_probes {
  my ($text) = @_;
  my %by_id = map { $_->{id} => $_ } @probes;
  for my $section (split /^\@\Q$nonce\E /m, $text) {
    my ($word, $id, $seen) = $section =~ /^(\w+) ?([^\n]*)\n(.*)/s or next;
    if ($word eq 'probe' && $by_id{$id}) { count_text($by_id{$id}, $seen) }
    elsif ($word ne 'stderr') { count_failure() }
  }
}

sub namespace {
  my ($name, $path) = @_;
  my $failure = $second{$name} ? 'dead' : enter($path);
  $failure = 'unfinished' if $failure eq 'dead' && is_unfinished($path);
  begin_counting("$failure $name");
  return "\@$nonce $failure $name\n" if $failure =~ /^(?:dead|unfinished|gone)$/;
  my $text = "\@$nonce namespace $name\n";
  count_failure() if $failure;
  return "$text\@$nonce failed enter $failure\n" if $failure;
  open_entry($name);
  $text .= $name eq '' ? sections('namespace', 'marked') : sections('namespace');
  # More is read only if a link carries our mark, and never in a guest's namespace, which belongs to the guest.
  $text .= sections('marked', 'ours') if $name ne '' && $name !~ m{/} && $text =~ /"ifalias":"\Q$mark\E[",]/;
  close_entry();
  return "$text\@$nonce end\n";
}

# `ip` creates an empty file and then mounts the namespace on it. A mount is of another file system, or not empty.
sub is_unfinished {
  my @file = lstat $_[0] or return 0;
  return -f _ && $file[7] == 0 && $file[4] == 0 && $file[0] == (stat '/run/netns')[0];
}

# Enters a namespace. Returns an empty string, or why it can't be entered.
sub enter {
  my ($path) = @_;
  return '' if $path eq $here;
  if (!sysopen my $file, $path, $O_RDONLY) {
    return "$path: $!" if !grep { $! == $_ } $ENOENT, $ENOTDIR, $ENXIO, $ELOOP;
    return lstat $path ? 'dead' : 'gone';
  } elsif (syscall($setns, fileno $file, $CLONE_NEWNET) != 0) {
    # A namespace of another type is no network namespace, but it is not dead either.
    return $! == $EINVAL && (stat $file)[0] != (stat $own)[0] ? 'dead' : "$path: $!";
  }
  $here = $path;
  return '';
}

# Starts all commands before it waits for the first.
sub sections {
  my %scopes = map { $_ => 1 } @_;
  my $text = '';
  my @asked = grep { $scopes{$_->{scope}} } @probes;
  # The kernel is asked first: what is created while the programs run is no contradiction.
  my $names = (grep { $_->{netfilter} } @asked) ? kernel_names() : '';
  my ($known, $round) = known_outputs($names, @asked);
  my @read;
  my %begun = map { $_->{id} => begin($_->{stdin}, @{$_->{attempts}[0][0]}) }
    grep { $_->{attempts} && !defined $known->{$_->{id}} } @asked;
  for my $probe (@asked) {
    my $begun = $begun{$probe->{id}};
    my ($seen, $failure, $errors, $attempt) =
      $probe->{files} ? files(@{$probe->{files}})
      : $probe->{links} ? without_tx_checksums()
      : $probe->{l3} ? l3_tables()
      : $probe->{netfilter} ? $names
      : $probe->{netlink} ? netlink_facts(sub { (ended(begin(undef, @_)))[1] }, $here eq $own, \&kept_text)
      : $begun ? output($probe, $begun)
      : $known->{$probe->{id}};
    # What a program says besides may depend on more than the key.
    $round->{outputs}{$probe->{id}} = $seen if $round && $begun && !$failure && !$attempt && $errors eq '';
    $seen .= "\n" if $seen ne '' && $seen !~ /\n\z/;
    $text .= "\@$nonce probe $probe->{id}\n$seen" . stderr($probe->{id}, $errors);
    $text .= "\@$nonce failed $probe->{id} $failure\n" if $failure;
    count_failure() if $failure;
    push @read, [$probe, $seen];
  }
  keep_outputs($round, @asked) if $round;
  count_text(@$_) for @read;
  return $text . join '', map { "\@$nonce failed $_\n" } differences();
}

sub needs_script {
  my ($probe) = @_;
  return file_exists($probe->{where}) && (!$probe->{only} || may_have($probe->{only}));
}

# Whether the file exists without which a probe has nothing to read.
sub file_exists {
  my ($where) = @_;
  return !$where || -e(($where->{variable} && $ENV{$where->{variable}} || $where->{folder}) . "/$where->{file}");
}

# /proc/sys/net shows the namespace of the process that reads it. The kernel finds /proc/sys/net/ipv4 among those of all
# namespaces, one after the other, so it is entered once, and what is below it is read by relative paths. By whole paths
# the files took six times as long with 600 namespaces; with only the folders of a `*` entered, a second plan of 1,000
# routers took a sixth more processor time (measured).
sub files {
  my (%below, @bases);
  for (@_) {
    my ($base, $rest) = m{^(/proc/sys/net/\w+/)(.*)} ? ($1, $2) : ('/', substr $_, 1);
    push @bases, $base if !$below{$base};
    push @{$below{$base}}, $rest;
  }
  return join '', map { chdir($_) ? files_below($_, @{$below{$_}}) : () } @bases;
}

# Reads files by their paths in the present folder, and leaves it. A `*` is every name in its folder.
sub files_below {
  my ($base, @paths) = @_;
  my ($text, %ends, @folders) = ('');
  for (@paths) {
    my ($folder, $end) = split /\*/;
    if (!defined $end) {
      my $seen = content($folder);
      $text .= "$base$folder:$seen" if $seen ne '';
      next;
    }
    push @folders, $folder if !$ends{$folder};
    push @{$ends{$folder}}, $end;
  }
  for my $folder (@folders) {
    chdir($folder) or next;
    for my $name (names('.')) {
      for my $path (map { "$name$_" } @{$ends{$folder}}) {
        my $seen = content($path);
        $text .= "$base$folder$path:$seen" if $seen ne '';
      }
    }
    chdir('../' x ($folder =~ tr{/}{})) or last;
  }
  chdir '/';
  return $text;
}

# A kernel parameter is short, and there are hundreds: a file handle of its own for each made this 1.5 times as long.
sub content {
  sysopen FILE, $_[0], $O_RDONLY or return '';
  sysread FILE, my $text, 1 << 12;
  return $text // '';
}

sub without_tx_checksums {
  open(my $links, '<', '/proc/self/net/dev') and socket(my $socket, 2, 2, 0) or return '';
  my @names = map { /^\s*([^\s:]+):/ } <$links>;
  return join '', map { "$_\n" } grep { (tx_checksums($socket, $_) // 1) == 0 } @names;
}

# Returns the output of the first attempt whose commands all succeed, and its number. The first command is already
# running.
sub output {
  my ($probe, $begun) = @_;
  my ($code, $errors);
  for my $attempt (0 .. $#{$probe->{attempts}}) {
    my $all = '';
    $errors = '';
    for my $command (@{$probe->{attempts}[$attempt]}) {
      ($code, my $seen, my $error) = ended($begun || begin($probe->{stdin}, @$command));
      undef $begun;
      $errors .= $error;
      last if $code;
      $all .= $seen;
    }
    return $all, undef, $errors, $attempt if !$code;
  }
  return '', status($code), $errors;
}

sub status {
  my ($code) = @_;
  return $code > 255 ? 'exit code ' . ($code >> 8) : "signal $code";
}

# What a probe's command wrote to stderr.
sub stderr {
  my ($id, $errors) = @_;
  return ($errors // '') eq '' ? '' : "\@$nonce stderr $id\n$errors\n";
}

# Starts a command. Its output fits the pipe until it is read (F_SETPIPE_SZ of linux/fcntl.h); otherwise it just waits.
# Its stderr never waits: what does not fit the pipe is lost (F_SETFL and O_NONBLOCK of asm-generic/fcntl.h).
sub begin {
  my ($stdin, @command) = @_;
  pipe(my $from, my $to) && pipe(my $errors, my $error) or exit 1;
  fcntl $from, 1031, 1 << 20;
  fcntl $_, 4, 04000 for $errors, $error;
  defined(my $pid = fork) or exit 1;
  $processes++;
  if (!$pid) {
    if (defined $stdin) {
      pipe(my $given, my $giving) or exit 1;
      syswrite $giving, $stdin;
      open(STDIN, '<&', $given);
    }
    open(STDOUT, '>&', $to);
    open(STDERR, '>&', $error);
    exec {$command[0]} @command or syswrite STDERR, "$command[0]: $!\n";
    exit 127;
  }
  return { pid => $pid, from => $from, errors => $errors, words => \@command };
}

# Returns the exit status of a command, its output and the beginning of its stderr.
sub ended {
  my ($begun) = @_;
  say_waiting(@{$begun->{words}});
  my $seen = '';
  1 while sysread $begun->{from}, $seen, 1 << 20, length $seen;
  waitpid $begun->{pid}, 0;
  my $code = $?;
  sysread $begun->{errors}, my $errors, 2000;
  return $code, $seen, $errors // '';
}

# Shows in the process table which command is waited for: if it hangs, the supervisor of src/hosts reports that.
sub say_waiting {
  my ($program, @words) = @_;
  my $command = $program eq 'sh' ? 'a probe of the node' : substr join(' ', $program, @words), 0, 120;
  $command =~ s/\s+/ /g;
  $0 = "netloom: $command" . ($here eq $own ? '' : " in $here");
}

1;
