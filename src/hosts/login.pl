use strict;

# Returns the SSH connection by which a process is reached, in the words of SSH_CONNECTION (ssh(1)): its own variable,
# that of its nearest ancestor that has one, because sudo clears it, or the socket of the sshd that is an ancestor.
# Empty: none is known. A shell can outlive its session (tmux, screen) and keep the variable, so it counts only if its
# socket is there; if no other is known, it is returned with a true second value.
sub login_connection {
  my ($own, $pid, $proc) = @_;
  my (%seen, @texts, @processes);
  @texts = ($own) if $own;
  push @processes, "$proc/self";
  while ($pid && $pid > 1 && !$seen{$pid}++) {
    my ($name, $parent) = start_of("$proc/$pid/stat") =~ /^\d+ \((.*)\) \S (\d+)/s or last;
    my $socket = $name =~ /^sshd/ ? socket_of("$proc/$pid") : '';
    push @texts, $socket if $socket;
    push @processes, "$proc/$pid";
    last if $name =~ /^sshd/;
    push @texts, $1 if whole("$proc/$pid/environ") =~ /(?:^|\0)SSH_CONNECTION=([^\0]+)/;
    $pid = $parent;
  }
  for my $text (@texts) { return $text if is_live($text, @processes) }
  return @texts ? ($texts[0], 1) : '';
}

# Whether a connection is among those of these processes, which may be in other namespaces; true if nothing tells.
sub is_live {
  my ($text, @processes) = @_;
  my ($client, $from, $server, $to) = split ' ', $text;
  my $wanted = join ' ', expanded($client), $from // '', expanded($server // ''), $to // '';
  # A busy node has many thousands of connections: only those with these ports are looked at.
  my $ports = sprintf ':%04X [0-9A-F]+:%04X 01 ', map { /^\d{1,5}$/ ? $_ : 0 } $to // '', $from // '';
  my ($known, %read);
  for my $process (@processes) {
    next if $read{ readlink("$process/ns/net") // $process }++;
    for my $file ("$process/net/tcp", "$process/net/tcp6") {
      open(my $lines, '<', $file) or next;
      $known = 1;
      while (<$lines>) {
        next if !/$ports/;
        my (undef, $local, $remote) = split ' ';
        return 1 if $wanted eq join ' ', endpoint($remote), endpoint($local);
      }
    }
  }
  return !$known;
}

# Returns an IPv6 address with all its groups, as `endpoint` does, without its device; any other text as it is.
sub expanded {
  my ($address) = $_[0] =~ /^([^%]*)/;
  return $1 if $address =~ /^::ffff:([\d.]+)$/i;
  return $address if $address !~ /^[\da-f:]+$/i || $address !~ /:/;
  my ($head, $tail) = map { [split /:/] } split /::/, $address, 2;
  my @middle = $address =~ /::/ ? (0) x (8 - @$head - @{ $tail // [] }) : ();
  return join ':', map { sprintf '%x', hex } @$head, @middle, @{ $tail // [] };
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
