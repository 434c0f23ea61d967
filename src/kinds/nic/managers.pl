use strict;

# Prints a line for each link that another program manages: `networkd FILE:…`, `NetworkManager FILE:…`, or `dhcp` and
# the command line of a client that runs in our namespace; and then `end`. The process that reads the node has this text
# in its command line, so no word of it is the name of a client.
sub names {
  opendir(my $folder, $_[0]) or return;
  return grep { !/^\.\.?\z/ } sort readdir $folder;
}

sub content {
  open(my $file, '<', $_[0]) or return '';
  local $/;
  return scalar <$file> // '';
}

sub managed {
  my ($program, $folder, $pattern) = @_;
  for my $path (map { "$folder/$_" } names($folder)) {
    print "$program $path:$1\n" if content($path) =~ /^($pattern)/m;
  }
}

managed('networkd', '/run/systemd/netif/links', 'ADMIN_STATE=(?:configured|configuring|pending|linger)');
managed('NetworkManager', '/run/NetworkManager/devices', 'managed=true');
my $clients = join '|', 'dh' . 'client', 'dh' . 'cpcd', 'ud' . 'hcpc', 'busybox.' . 'ud' . 'hcpc';
my $own = readlink '/proc/self/ns/net';
# Any user can write any command line: only a client of root counts, or one that has given up root's rights.
my %users = map { $_ => 1 } 'root', 'dh' . 'cpcd', '_dh' . 'cpcd';
for my $process (map { /^\d+\z/ ? "/proc/$_" : () } names('/proc')) {
  my $words = content("$process/cmdline");
  next if $words !~ m{(?:^|/)(?:$clients)} || (readlink("$process/ns/net") // '') ne $own;
  my ($uid) = content("$process/status") =~ /^Uid:\s+(\d+)/m or next;
  next if !$users{getpwuid($uid) // ''};
  $words =~ tr/\0\n/  /;
  print "dhcp $words\n";
}
print "end\n";
