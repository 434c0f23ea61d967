use strict;

# Prints the time, and then a line for each file and folder on standard input (`TYPE MODE OWNER CTIME PATH`, ended by
# NUL), with the content of a file before its path. The content is hexadecimal, because Perl's base has no base64. One
# program reads all files: the metadata of one instance alone is a dozen of them.
print 'now ', time, "\n";
$/ = "\0";
while (my $entry = <STDIN>) {
  chomp $entry;
  my ($facts, $path) = $entry =~ /^((?:\S+ ){4})(.*)/s or next;
  my $text = '';
  if ($facts =~ /^f/) {
    open(my $file, '<:raw', $path) or next;
    $text = do { local $/; <$file> } // '';
  }
  print $facts, unpack('H*', $text), " $path\n";
}
