use strict;

# Prints a line for each file named on standard input (names end with NUL): mode, content and path. The content is
# hexadecimal, because Perl's base has no base64. One program reads all files: the metadata of one instance alone is a
# dozen of them.
$/ = "\0";
while (my $path = <STDIN>) {
  chomp $path;
  open(my $file, '<:raw', $path) or next;
  my $text = do { local $/; <$file> } // '';
  printf "%o %s %s\n", (stat $file)[2] & 07777, unpack('H*', $text), $path;
}
