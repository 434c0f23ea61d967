use strict;

# Prints of each file that standard input names, a NUL behind each name, a line with its mode, its content and its
# path. The content is hexadecimal, because Perl's base has no base64. One program for all files: an instance's
# metadata alone is a dozen.
$/ = "\0";
while (my $path = <STDIN>) {
  chomp $path;
  open(my $file, '<:raw', $path) or next;
  my $text = do { local $/; <$file> } // '';
  printf "%o %s %s\n", (stat $file)[2] & 07777, unpack('H*', $text), $path;
}
