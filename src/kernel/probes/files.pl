use strict;

# Prints the time, and then a line for each file and folder on standard input (`TYPE MODE OWNER CTIME PATH`, ended by
# NUL), with the content of a file before its path. The content is hexadecimal, because Perl's base has no base64. Last
# comes `later N`, the number of those that changed later than now. One program reads all files: the metadata of one
# instance alone is a dozen of them. Argument: the topology's folder.
# find(1) lists the paths, because Perl's base tells no fractions of a second; this program walks the folder as well,
# and fails if find left out a path.
my $started = time;
my (%listed, $later);
print "now $started\n";
$/ = "\0";
while (my $entry = <STDIN>) {
  chomp $entry;
  my ($facts, $path) = $entry =~ /^((?:\S+ ){4})(.*)/s or next;
  $listed{$path} = 1;
  ++$later if $facts =~ / (\d+)\S* $/ && $1 > $started;
  my $text = '';
  if ($facts =~ /^f/) {
    open(my $file, '<:raw', $path) or next;
    $text = do { local $/; <$file> } // '';
  }
  print $facts, unpack('H*', $text), " $path\n";
}
print "later $later\n" if $later;
my @open = @ARGV;
while (defined(my $path = shift @open)) {
  lstat $path or next;
  my $is_folder = -d _;
  # One that is new may have been created since.
  die "find did not list $path\n" if ($is_folder || -f _) && !$listed{$path} && (lstat _)[10] < $started - 1;
  next if !$is_folder;
  opendir(my $folder, $path) or next;
  push @open, map { "$path/$_" } grep { !/^\.\.?\z/ } readdir $folder;
}
