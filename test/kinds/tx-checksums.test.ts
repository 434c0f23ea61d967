import { expect, test } from 'vitest';
import { perlOutput } from '../support/program.ts';

/** Returns the state of a device's TX checksum offload. */
function asked(device: string): string {
  const code = 'socket my $s, 2, 2, 0 or die "socket: $!"; print tx_checksums($s, shift) // "refused"';
  return perlOutput('kernel/links/tx-checksums.pl', code, device);
}

test('the loopback device has TX checksum offload on, which the kernel does not let change', () => {
  expect(asked('lo')).toBe('1');
});

test('a missing device has no value', () => {
  expect(asked('no-such-device')).toBe('refused');
});
