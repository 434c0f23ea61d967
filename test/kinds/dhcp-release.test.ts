import { describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { perlOutput } from '../support/program.ts';

/** Hexadecimal without the blanks between its fields. */
function bytes(fields: string): string {
  return fields.replaceAll(' ', '');
}

const PROGRAM = 'kernel/daemons/dhcp-release.pl';

describe('a DHCPRELEASE', () => {
  const hex = perlOutput(
    PROGRAM,
    'print unpack "H*", dhcp_release($ARGV[0], $ARGV[1], inet_aton($ARGV[2]), 0x01020304)',
    ...['10.0.0.9', 'fa:16:3e:00:0a:ff', '10.0.0.2'],
  );

  test('is a BOOTREQUEST over Ethernet, from the released address', () => {
    expect(hex.slice(0, 56)).toBe(bytes('01010600 01020304 00000000 0a000009 00000000 00000000 00000000'));
  });

  test('has the MAC of the client, and names neither server nor file', () => {
    expect(hex.slice(56, 88)).toBe(`fa163e000aff${'00'.repeat(10)}`);
    expect(hex.slice(88, 472)).toBe('00'.repeat(192));
  });

  test('has the magic cookie, message type 7 and the server, and at least the 300 bytes of BOOTP', () => {
    expect(hex.slice(472, 504)).toBe(bytes('63825363 350107 36040a000002 ff 0000'));
    expect(hex.length / 2).toBeGreaterThanOrEqual(300);
  });
});

describe("a lease in dnsmasq's file", () => {
  const held = (file: string, ip: string, mac: string): string =>
    perlOutput(PROGRAM, 'print held(@ARGV) ? "held" : "free"', file, ip, mac);

  test('is held by its MAC and its IP address together', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
    const file = join(folder, 'leases');
    writeFileSync(file, '1700000000 fa:16:3e:00:00:01 10.0.0.9 host-10-0-0-9 01:fa:16:3e:00:00:01\n');
    try {
      expect(held(file, '10.0.0.9', 'fa:16:3e:00:00:01')).toBe('held');
      expect(held(file, '10.0.0.9', 'fa:16:3e:00:00:02')).toBe('free');
      expect(held(file, '10.0.0', 'fa:16:3e:00:00:01')).toBe('free');
      expect(held(file, '10.0.0.90', 'fa:16:3e:00:00:01')).toBe('free');
      expect(held(file, '10.0.0..', 'fa:16:3e:00:00:01')).toBe('free');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is free where the file is missing', () => {
    expect(held('/no/such/file', '10.0.0.9', 'fa:16:3e:00:00:01')).toBe('free');
  });
});
