use strict;

# Returns the SSH connection by which a process is reached, in the words of SSH_CONNECTION (ssh(1)): the variable of its
# nearest ancestor that has one, because sudo clears it, or the socket of the sshd that is an ancestor. Empty: none is
# known.
sub login_connection {
  my ($pid, $proc) = @_;
  my %seen;
  while ($pid && $pid > 1 && !$seen{$pid}++) {
    my ($name, $parent) = start_of("$proc/$pid/stat") =~ /^\d+ \((.*)\) \S (\d+)/s or last;
    return socket_of("$proc/$pid") if $name =~ /^sshd/;
    return $1 if whole("$proc/$pid/environ") =~ /(?:^|\0)SSH_CONNECTION=([^\0]+)/;
    $pid = $parent;
  }
  return '';
}

# Returns the connection of a process of sshd: its first socket that is connected. Others are of forwarded ports.
sub socket_of {
  my ($process) = @_;
  my %connected;
  for my $file ("$process/net/tcp", "$process/net/tcp6") {
    open(my $lines, '<', $file) or next;
    while (<$lines>) {
      my (undef, $local, $remote, $state, @fields) = split ' ';
      $connected{$fields[5]} = [$remote, $local] if defined $fields[5] && $state eq '01';
    }
  }
  opendir(my $folder, "$process/fd") or return '';
  for my $fd (sort { $a <=> $b } grep { /^\d+$/ } readdir $folder) {
    my ($inode) = (readlink("$process/fd/$fd") // '') =~ /^socket:\[(\d+)\]$/ or next;
    my $ends = $connected{$inode} or next;
    return join ' ', map { endpoint($_) } @$ends;
  }
  return '';
}

# Returns the address and the port of `0100007F:0016`: the kernel prints an address in words of its own byte order.
sub endpoint {
  my ($address, $port) = split /:/, $_[0];
  my @bytes = map { unpack 'C4', pack 'L', hex } $address =~ /(.{8})/g;
  my $mapped = @bytes == 16 && join('', @bytes[0 .. 11]) eq '0' x 10 . '255255';
  return join('.', @bytes[-4 .. -1]) . ' ' . hex $port if @bytes == 4 || $mapped;
  return join(':', map { sprintf '%x', 256 * $bytes[2 * $_] + $bytes[2 * $_ + 1] } 0 .. 7) . ' ' . hex $port;
}

# Returns a file; nothing if it cannot be read, or only its beginning if it is large.
sub whole {
  open(my $file, '<', $_[0]) or return '';
  read $file, my $text, 1 << 18;
  return $text // '';
}

1;
