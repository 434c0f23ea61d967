import { expect, test } from 'vitest';
import { perlPrints } from '../support/program.ts';

/** What is said of a device's TX checksum offload. */
function asked(device: string): string {
  const code = 'socket my $s, 2, 2, 0 or die "socket: $!"; print tx_checksums($s, shift) // "refused"';
  return perlPrints('kernel/links/tx-checksums.pl', code, device);
}

test('the loopback device leaves checksums out, which the kernel does not let anybody change', () => {
  expect(asked('lo')).toBe('1');
});

test('of no device nothing is said', () => {
  expect(asked('no-such-device')).toBe('refused');
});
