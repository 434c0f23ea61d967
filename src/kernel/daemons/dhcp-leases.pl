use strict;

# Writes the lease file that a DHCP server finds when it runs as before an apply. A lease that the apply has ended is
# there again: without it the server refuses the renewal (dnsmasq: DHCPNAK, "lease not found"), and the client gives up
# its address. A lease that was granted since stays if its client was one before; any other lease is deleted.
# Arguments: lease file, the leases of the start as lines, those held before as `address mac` ….
exit write_leases(@ARGV) unless caller;

sub write_leases {
  my ($file, $start, @held) = @_;
  my $present = content($file);
  my $text = resumed($present, $start, @held);
  return 0 if defined $present && $text eq $present;
  unlink "$file.new";
  # O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW: nothing is written through another user's link.
  sysopen(my $new, "$file.new", 01 | 0100 | 0200 | 0400000, 0644) or die "$file.new: $!\n";
  print $new $text or die "$file.new: $!\n";
  close $new or die "$file.new: $!\n";
  rename "$file.new", $file or die "$file: $!\n";
  return 0;
}

# Returns the text of the lease file, from the present one (undef: there is none).
sub resumed {
  my ($present, $start, @held) = @_;
  my %may = map { $_ => 1 } @held;
  my @start = split /^/m, $start;
  $may{lease_of($_)} = 1 for @start;
  my (@kept, %kept);
  for my $line (split /^/m, $present // '') {
    my $lease = lease_of($line);
    next if $lease ne '' && !$may{$lease};
    push @kept, $line;
    $kept{$lease} = 1;
  }
  return join '', @kept, grep { !$kept{lease_of($_)} } @start;
}

# Returns a line's lease as `address mac`; empty for any other line.
sub lease_of { return $_[0] =~ /^\d+ ([0-9a-f:]{17}) ([0-9.]+) / ? "$2 $1" : '' }

# Returns the text of a file; undef if there is none. What a link leads to is not read: all may read the lease file.
sub content {
  my ($file) = @_;
  !-l $file && -f _ && open(my $leases, '<', $file) or return undef;
  local $/;
  return scalar <$leases>;
}

1;
