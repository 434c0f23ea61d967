# Sends messages to systemd, as of sd_notify(3): one datagram for each line of standard input, in which the character
# with the number 31 stands for a line end. Ends with its input. Argument: the socket; `@` begins the name of an
# abstract one.
use strict;
use warnings;
use Socket qw(AF_UNIX SOCK_DGRAM pack_sockaddr_un);

my ($name) = @ARGV;
$name =~ s/^@/\0/;
socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!\n";
my $to = pack_sockaddr_un($name);
while (my $message = <STDIN>) {
  chomp $message;
  $message =~ tr/\x1f/\n/;
  # systemd may be restarting itself: the next message tells as much.
  send($socket, $message, 0, $to) // warn "notify: $!\n";
}
