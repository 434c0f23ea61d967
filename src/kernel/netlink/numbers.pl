use strict;

# Returns numbers of the kernel that differ between architectures: those of system calls that Perl has no name for
# (asm/unistd.h; inotify: those of inotify_init1 and inotify_add_watch), and O_NOFOLLOW (asm/fcntl.h). Empty if they are
# not known here. The header of Perl's own executable tells the architecture (e_machine of elf.h): the module Config
# takes 3 ms to load.
sub kernel_numbers {
  my @names = qw(setns unshare getsockopt nofollow clock inotify);
  my %numbers = (
    '1 3' => [346, 310, 365, 0400000, 265, [332, 292]],
    '1 40' => [375, 337, 295, 0100000, 263, [360, 317]],
    '1 20' => [350, 282, 340, 0100000, 246, [318, 276]],
    '2 21' => [350, 282, 340, 0100000, 246, [318, 276]],
    '2 22' => [339, 303, 365, 0400000, 260, [324, 285]],
    '2 62' => [308, 272, 55, 0400000, 228, [294, 254]],
    '2 183' => [268, 97, 209, 0100000, 113, [26, 27]],
    '2 243' => [268, 97, 209, 0400000, 113, [26, 27]],
    '2 258' => [268, 97, 209, 0400000, 113, [26, 27]],
  );
  sysopen my $file, '/proc/self/exe', 0 or return {};
  sysread $file, my $header, 20;
  my ($magic, $class, $machine) = unpack 'a4 C x13 S', $header // '';
  my $known = $magic eq "\x7fELF" && $numbers{"$class $machine"} or return {};
  return { map { $names[$_] => $known->[$_] } 0 .. $#names };
}

# Returns the seconds since the boot without those in which the machine slept (CLOCK_MONOTONIC), by clock_gettime(2).
# Where its number is not known: as /proc/uptime tells them, in hundredths.
sub monotonic {
  my $call = kernel_numbers()->{clock};
  my $time = pack 'l! l!', 0, 0;
  if ($call && syscall($call, 1, $time) == 0) {
    my ($seconds, $nanoseconds) = unpack 'l! l!', $time;
    return sprintf '%d.%06d', $seconds, $nanoseconds / 1000;
  }
  open(my $file, '<', '/proc/uptime') or return 0;
  return (split ' ', <$file>)[0];
}

1;
