use strict;

# Returns numbers of the kernel that differ between architectures: those of system calls that Perl has no name for
# (asm/unistd.h; inotify: those of inotify_init1 and inotify_add_watch), and O_NOFOLLOW (asm/fcntl.h). Empty if they
# are not known here. The header of Perl's own executable tells the architecture (e_machine of elf.h): the module
# Config takes 3 ms to load.
sub kernel_numbers {
  my %numbers = (
    '1 3' => { setns => 346, getsockopt => 365, nofollow => 0400000, clock => 265, inotify => [332, 292] },
    '1 40' => { setns => 375, getsockopt => 295, nofollow => 0100000, clock => 263, inotify => [360, 317] },
    '1 20' => { setns => 350, getsockopt => 340, nofollow => 0100000, clock => 246, inotify => [318, 276] },
    '2 21' => { setns => 350, getsockopt => 340, nofollow => 0100000, clock => 246, inotify => [318, 276] },
    '2 22' => { setns => 339, getsockopt => 365, nofollow => 0400000, clock => 260, inotify => [324, 285] },
    '2 62' => { setns => 308, getsockopt => 55, nofollow => 0400000, clock => 228, inotify => [294, 254] },
    '2 183' => { setns => 268, getsockopt => 209, nofollow => 0100000, clock => 113, inotify => [26, 27] },
    '2 243' => { setns => 268, getsockopt => 209, nofollow => 0400000, clock => 113, inotify => [26, 27] },
    '2 258' => { setns => 268, getsockopt => 209, nofollow => 0400000, clock => 113, inotify => [26, 27] },
  );
  sysopen my $file, '/proc/self/exe', 0 or return {};
  sysread $file, my $header, 20;
  my ($magic, $class, $machine) = unpack 'a4 C x13 S', $header // '';
  return $magic eq "\x7fELF" && $numbers{"$class $machine"} || {};
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
