use strict;

# Prints the paths of everything in the folders of all topologies, without folders, each as a line `p PATH` in
# hexadecimal, because a name may hold a line end; and then `end`. Argument: the folder that holds the topologies'
# folders, and the cache of reads (cache.pl), which is no topology's.
my @open = @ARGV;
while (defined(my $path = shift @open)) {
  opendir(my $folder, $path) or next;
  for my $name (grep { !/^\.\.?\z/ } readdir $folder) {
    my $one = "$path/$name";
    next if $one eq "$ARGV[0]/.cache";
    if (!-l $one && -d _) { push @open, $one }
    elsif ($path ne $ARGV[0]) { print 'p ', unpack('H*', $one), "\n" }
  }
}
print "end\n";
