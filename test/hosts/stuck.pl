use strict;

# Mounts a FUSE file system that takes requests and never answers: a process that opens a file of it waits in state D
# and cannot be killed until this program ends. Argument: the mount point. Prints `ready`. The numbers are of
# linux/fuse.h, protocol 7.31.
my ($at) = @ARGV;
my $INIT_REPLY = pack('L L L L S S L L S S', 7, 31, 65536, 0, 12, 9, 131072, 1, 32, 0) . "\0" x 32;
my $LARGEST = 1 << 18;
$^F = 99;
open(my $device, '+<', '/dev/fuse') or die "/dev/fuse: $!\n";
my $options = 'fd=' . fileno($device) . ',rootmode=40000,user_id=0,group_id=0';
system('mount', '-i', '-t', 'fuse', '-o', $options, 'stuck', $at) == 0 or die "mount failed\n";
sysread $device, my $request, $LARGEST;
my $unique = unpack 'x8 Q', $request;
syswrite $device, pack('L l Q', 16 + length $INIT_REPLY, 0, $unique) . $INIT_REPLY;
$| = 1;
print "ready\n";
1 while sysread $device, $request, $LARGEST;
