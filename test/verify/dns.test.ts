import { describe, expect, test } from 'vitest';
import { perlOutput } from '../support/program.ts';

const PROGRAM = 'verify/dns.pl';

const QUESTION = '0377656207' + '6578616d706c65' + '03' + '6f7267' + '00' + '0001' + '0001';
const HEAD = '1234' + '8180' + '0001';
const A_RECORD = 'c00c' + '0001' + '0001' + '0000003c' + '0004';

/**
 * Returns the addresses in an answer to the question above, from its number of answers and the bytes after the
 * question.
 */
function addresses(count: string, answers: string): readonly string[] {
  const at = (HEAD.length + 12 + QUESTION.length) / 2;
  const hex = `${HEAD}${count}00000000${QUESTION}${answers}`;
  return perlOutput(PROGRAM, 'print join " ", addresses_in(pack("H*", shift), shift)', hex, String(at))
    .split(' ')
    .filter((address) => address !== '');
}

test('a query asks for the A records of the name, without search domains', () => {
  const hex = perlOutput(PROGRAM, 'print unpack "H*", query(0x1234, "web.example.org")');
  expect(hex).toBe(`123401000001${'0000'.repeat(3)}${QUESTION}`);
});

test('the name servers are the IPv4 addresses of resolv.conf, in their order', () => {
  const lines = ['search a.org\n', 'nameserver 10.0.0.2\n', '#nameserver 1.1.1.1\n', 'nameserver ::1\n'];
  const more = ['nameserver\t10.0.0.3 \n', 'nameserver 10.0.0.4'];
  expect(perlOutput(PROGRAM, 'print join " ", servers_in(@ARGV)', ...lines, ...more)).toBe(
    '10.0.0.2 10.0.0.3 10.0.0.4',
  );
});

describe('the addresses in an answer', () => {
  test('are those of its A records, in their order', () => {
    expect(addresses('0002', `${A_RECORD}0a000005${A_RECORD}0a000006`)).toEqual(['10.0.0.5', '10.0.0.6']);
  });

  test('are found after a record of another type, and after a name without a pointer', () => {
    const alias = 'c00c' + '0005' + '0001' + '0000003c' + '0004' + '0177c010';
    const whole = '0177c010' + A_RECORD.slice(4);
    expect(addresses('0002', `${alias}${whole}0a000005`)).toEqual(['10.0.0.5']);
  });

  test('are none without an answer, and the complete ones of a truncated answer', () => {
    expect(addresses('0000', '')).toEqual([]);
    expect(addresses('0002', `${A_RECORD}0a000005${A_RECORD.slice(0, 12)}`)).toEqual(['10.0.0.5']);
    expect(addresses('ffff', '3f')).toEqual([]);
  });
});
