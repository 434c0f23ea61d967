use strict;

# Keeps what programs printed in each namespace, in files of root's own, and returns it as long as the key of the
# namespace (cache-key.pl) is the same. A file is a cache, never a state: if it is missing, damaged or not ours, the
# programs are asked.
#
# In the folder, `common` holds a random id and what all namespaces of the node have in common. `own`, `n:NAME` and
# `g:NAME`, of the node's own namespace, a named one and a guest's, hold that id and, for each probe, its id, the key,
# the output, and a stamp that no other output has. dump.pl, numbers.pl, cache-key.pl and reader.pl are in the same
# program.
my $above = '/run/netloom';
my $folder;
# Of all files together, in bytes.
my $SIZE_LIMIT = 64 << 20;
# O_WRONLY, O_CREAT and O_EXCL of asm-generic/fcntl.h.
my $NEW_FILE = 01 | 0100 | 0200;

# `use`, `off`, or `compare`: the programs are asked as well, and another output is a failure. The tests use that, in a
# folder of its own, so that they see what is left on a node.
my $mode = 'off';
my ($id, $nofollow, $budget) = ('', 0, 0);
# What is known of the namespace that is read: a list of key, output and stamp by the id of the probe.
my ($path_of_entry, %entry, $is_changed, $rules_key, @differences);
my ($hits, $misses) = (0, 0);

# Opens the cache before any namespace is read. `$version` stands for this program; `$is_all` says that `@$names` are
# all namespaces of the node: files of others are removed.
sub open_cache {
  my ($wanted, $version, $probes, $names, $is_all) = @_;
  $nofollow = kernel_numbers()->{nofollow};
  return if $wanted eq 'off' || !$nofollow;
  if ($wanted eq 'compare') {
    $above = '/run/netloom-compare';
    mkdir $above, 0755;
  }
  $folder = "$above/.cache";
  return if !is_ours($above, 022);
  # Without a topology there is nothing to keep it for.
  return remove_cache() if $wanted eq 'use' && !grep { $_ ne '.cache' } entries($above);
  mkdir $folder, 0700;
  return if !is_ours($folder, 077);
  my $common = common_key($version, @$probes);
  return if $common eq '';
  my $size = $is_all ? clean_up(@$names) : $SIZE_LIMIT / 2;
  my ($known, $same) = fields("$folder/common");
  if (defined $same && $same eq $common) { $id = $known }
  else {
    $id = new_id();
    return if !write_fields("$folder/common", $id, $common);
  }
  # A part for each worker.
  $budget = ($SIZE_LIMIT - $size) / processors();
  $mode = $wanted;
}

# Whether a path is a folder of this user that others can't change.
sub is_ours {
  my ($path, $forbidden) = @_;
  my @file = lstat $path or return 0;
  return -d _ && $file[4] == $> && !($file[2] & $forbidden);
}

sub entries {
  opendir(my $open, $_[0]) or return;
  return sort grep { !/^\.\.?\z/ } readdir $open;
}

sub remove_cache {
  return if !is_ours($folder, 077);
  unlink map { "$folder/$_" } entries($folder);
  rmdir $folder and rmdir $above;
}

# Removes files of namespaces that are gone, and returns the size of the others.
sub clean_up {
  my %kept = map { $_ => 1 } 'common', map { file_name($_) } '', @_;
  my $size = 0;
  for my $name (entries($folder)) {
    if ($kept{$name}) { $size += (lstat "$folder/$name")[7] || 0 }
    else { unlink "$folder/$name" }
  }
  return $size;
}

# A namespace's name has no slash; that of a guest's is a path.
sub file_name {
  my ($name) = @_;
  return 'own' if $name eq '';
  return $name =~ m{([^/]+)\z} && $1 eq $name ? "n:$name" : "g:$1";
}

sub new_id {
  sysopen my $random, '/dev/urandom', 0 or return '';
  sysread $random, my $bytes, 12;
  return $bytes;
}

# Returns the fields of a file; none if it is not whole, or was not written by this user alone.
sub fields {
  my ($path) = @_;
  sysopen my $file, $path, $nofollow or return;
  my @file = stat $file;
  return if !-f _ || $file[4] != $> || $file[2] & 077 || $file[3] != 1 || $file[7] < 8 || $file[7] > $SIZE_LIMIT;
  return if sysread($file, my $text, $file[7]) != $file[7];
  my $sum = substr $text, -8, 8, '';
  return $sum eq checksum($text) ? unpack '(N/a)*', $text : ();
}

# Writes a file at once, or not at all. Returns whether it did.
sub write_fields {
  my ($path, @fields) = @_;
  my $text = pack '(N/a*)*', @fields;
  $text .= checksum($text);
  my $new = "$folder/.new-$$";
  unlink $new;
  sysopen my $file, $new, $NEW_FILE | $nofollow, 0600 or return 0;
  my $written = syswrite $file, $text;
  return 1 if ($written // 0) == length $text && close $file and rename $new, $path;
  unlink $new;
  return 0;
}

# Tells a damaged file, not a forged one: nobody else can write it.
sub checksum { return pack 'Q', unpack '%64Q*', $_[0] . "\0" x 8 }

# Begins with a namespace.
sub open_entry {
  my ($name) = @_;
  (%entry, @differences) = ();
  undef $_ for $is_changed, $rules_key;
  return if $mode eq 'off';
  $path_of_entry = "$folder/" . file_name($name);
  my ($known, @fields) = fields($path_of_entry);
  return if !defined $known || $known ne $id || @fields % 4;
  while (my ($probe, @known) = splice @fields, 0, 4) { $entry{$probe} = \@known }
}

# Returns the outputs that are known, by the id of the probe, and, if some are not, what `keep_outputs` needs to keep
# them. `$names`: what kernel_names prints.
sub known_outputs {
  my ($names, @asked) = @_;
  my @covered = grep { covered_as($_) } @asked;
  return {} if $mode eq 'off' || !@covered;
  my %sorts = map { covered_as($_) => 1 } @covered;
  my $keys = keys_of($names, keys %sorts);
  $rules_key = $keys->{nftables};
  my %known;
  for my $probe (@covered) {
    my ($key, $entry) = ($keys->{covered_as($probe)}, $entry{$probe->{id}});
    $known{$probe->{id}} = $entry->[1] if $entry && $key ne '' && $entry->[0] eq $key;
  }
  $hits += keys %known;
  $misses += @covered - keys %known;
  return \%known if $mode eq 'use' && @covered == keys %known;
  my $listener = listener();
  my $round = $listener && { keys => keys_of($names, keys %sorts), listener => $listener, outputs => {} };
  return $mode eq 'use' ? \%known : {}, $round;
}

# Keeps the outputs of a round whose key is still the same.
sub keep_outputs {
  my ($round, @asked) = @_;
  my @printed = grep { covered_as($_) && defined $round->{outputs}{$_->{id}} } @asked;
  my %sorts = map { covered_as($_) => 1 } @printed;
  my $after = keys_of($sorts{nftables} ? kernel_names() : '', keys %sorts);
  return if has_heard($round->{listener});
  for my $probe (@printed) {
    my ($id, $sort) = ($probe->{id}, covered_as($probe));
    keep($id, $after->{$sort}, $sort, $round->{outputs}{$id}) if $round->{keys}{$sort} eq $after->{$sort};
  }
}

# Returns the text that a function returned under the present key of nf_tables, or calls it.
sub kept_text {
  my ($name, $make) = @_;
  return $make->() if $mode eq 'off';
  $rules_key //= rules_key();
  return $entry{$name}[1] if $mode eq 'use' && $entry{$name} && $entry{$name}[0] eq $rules_key && $rules_key ne '';
  my $text = $make->();
  # The name of a device can change alone.
  keep($name, $rules_key, 'text', $text) if $text !~ /^hook(?: \S+){6} /m && rules_key() eq $rules_key;
  return $text;
}

sub keep {
  my ($name, $key, $sort, $text) = @_;
  return if $key eq '';
  my ($known_key, $known, $stamp) = @{$entry{$name} || ['', '', '']};
  my $difference = difference($name, map { comparable($sort, $_) } $known, $text);
  push @differences, $difference if defined $difference && $known_key eq $key;
  $entry{$name} = [$key, $text, defined $difference || $stamp eq '' ? new_id() : $stamp];
  $is_changed = 1;
}

# Returns the stamp of a probe's output, with the id of the cache: that changes with the programs. `undef` if there is
# none.
sub stamp_of {
  my ($probe, $text) = @_;
  my $known = covered_as($probe) && $entry{$probe->{id}} or return;
  return $known->[1] eq $text && $known->[2] ne '' ? "$id$known->[2]" : undef;
}

# Returns where two texts differ; nothing if they are the same.
sub difference {
  my ($name, $known, $text) = @_;
  return if $known eq $text;
  my ($same) = ($known ^ $text) =~ /^(\0*)/;
  my $from = length $same > 40 ? length($same) - 40 : 0;
  my @parts = map { $from < length $_ ? substr($_, $from, 120) =~ s/[[:cntrl:]]/ /gr : '' } $known, $text;
  return "$name the cache has another output: $parts[0] instead of $parts[1]";
}

# Returns what was found to differ since the last call: the name of the output, and how.
sub differences { return splice @differences }

# Returns how many outputs were known and how many were not since the last call.
sub hits_and_misses {
  my @counts = ($hits, $misses);
  ($hits, $misses) = (0, 0);
  return @counts;
}

# Ends with the namespace.
sub close_entry {
  return if !$is_changed;
  my @fields = map { ($_, @{$entry{$_}}) } sort keys %entry;
  my $size = 0;
  $size += length for @fields;
  return if $size > $budget;
  $budget -= $size;
  write_fields($path_of_entry, $id, @fields);
}

1;
