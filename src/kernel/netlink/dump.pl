use strict;

# Reads the kernel's tables by netlink(7), for the programs that follow. The numbers are those of linux/netlink.h.
# Perl's Socket module takes longer to load than a dump takes.
my ($AF_NETLINK, $SOCK_RAW, $REQUEST_DUMP, $NLMSG_ERROR, $NLMSG_DONE) = (16, 3, 0x301, 2, 3);
my $NLM_F_DUMP_INTR = 0x10;

# Returns a socket of a netlink protocol; nothing if the kernel does not have it.
sub netlink_socket {
  my ($protocol) = @_;
  socket(my $socket, $AF_NETLINK, $SOCK_RAW, $protocol) or return;
  return $socket;
}

# Returns the bodies of all messages of a dump, without their headers; nothing if the kernel refuses it, because it
# lacks that part. `$$interrupted` becomes true if the table changed meanwhile.
sub netlink_dump {
  my ($socket, $type, $body, $interrupted) = @_;
  my @messages;
  syswrite $socket, pack('L S S L L', 16 + length $body, $type, $REQUEST_DUMP, 1, 0) . $body or return;
  while (sysread $socket, my $text, 1 << 17) {
    while (length $text >= 16) {
      my ($length, $is, $flags) = unpack 'L S S', $text;
      $$interrupted = 1 if $interrupted && $flags & $NLM_F_DUMP_INTR;
      return if $length < 16 || $is == $NLMSG_ERROR;
      return \@messages if $is == $NLMSG_DONE;
      push @messages, substr $text, 16, $length - 16;
      substr($text, 0, ($length + 3) & ~3) = '';
    }
  }
  return;
}

# Returns the same as a list; an empty one if the kernel refuses it.
sub dumped { return @{netlink_dump(@_) || []} }

# Returns the attributes of a message (struct nlattr) from an offset on, as pairs of type and value.
sub attribute_pairs {
  my ($body, $at) = @_;
  my @pairs;
  while ($at + 4 <= length $body) {
    my ($length, $type) = unpack 'S S', substr $body, $at, 4;
    last if $length < 4;
    push @pairs, $type & 0x3fff, substr $body, $at + 4, $length - 4;
    $at += ($length + 3) & ~3;
  }
  return @pairs;
}

# Returns the attributes by type. Of several with one type the last counts.
sub attributes { return +{attribute_pairs(@_)} }

1;
