import { expect, test } from 'vitest';
import { sysctlProbe } from '../../src/kernel/probes/sysctl.ts';
import { perlOutput } from '../support/program.ts';

/** Prints what the reader reads of files, and after a line `--` each whole path by which it opened or entered one. */
const READ = `
  my @whole;
  BEGIN { *CORE::GLOBAL::chdir = sub { push @whole, $_[0] if $_[0] =~ m{^/.}; CORE::chdir($_[0]) } }
  no warnings 'redefine';
  my $content = \\&content;
  *content = sub { push @whole, $_[0] if $_[0] =~ m{^/}; $content->(@_) };
  my $text = files(@ARGV);
  print $text, "--\\n", map { "$_\\n" } @whole`;

const PATHS = 'files' in sysctlProbe.read ? sysctlProbe.read.files : [];

test('parameters of a namespace are found by two paths from the root, however many there are', () => {
  const [text = '', whole = ''] = perlOutput('observe/reader.pl', READ, ...PATHS).split('--\n');
  const values = sysctlProbe.parse(text);
  expect(values.get('net/ipv4/ip_forward')).toMatch(/^[01]$/);
  expect(values.get('net/ipv4/ip_nonlocal_bind')).toMatch(/^[01]$/);
  expect(values.get('net/ipv4/conf/lo/arp_notify')).toMatch(/^[01]$/);
  expect(values.get('net/ipv4/conf/all/promote_secondaries')).toMatch(/^[01]$/);
  expect(whole.split('\n')).toEqual(['/proc/sys/net/ipv4/', '/proc/sys/net/ipv6/', '']);
});

test('other files are read by their paths, and a missing one is left out', () => {
  const [text] = perlOutput('observe/reader.pl', READ, '/proc/sys/kernel/ostype', '/proc/sys/net/nowhere/x').split(
    '--\n',
  );
  expect(text).toBe('/proc/sys/kernel/ostype:Linux\n');
});
