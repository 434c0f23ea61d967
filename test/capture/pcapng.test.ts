import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPcapng } from '../../src/lab/capture/pcapng.ts';
import { readPcapng, type Packet } from '../support/pcapng.ts';

const ETHERNET = 1;
const DEVICE = { name: 'eth0', description: 'instance/vm1/eth0 in the lab demo', filter: 'icmp or arp' };

/** Returns a file of tcpdump. */
function pcap(packets: readonly Packet[], order: 'LE' | 'BE'): Buffer {
  const words = (...numbers: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 * numbers.length);
    for (const [i, number] of numbers.entries()) bytes[`writeUInt32${order}`](number, 4 * i);
    return bytes;
  };
  const version = Buffer.from(order === 'LE' ? '02000400' : '00020004', 'hex');
  const records = packets.flatMap(({ time, length, bytes }) => [
    words(Math.floor(time / 1e6), time % 1e6, bytes.length, length),
    bytes,
  ]);
  return Buffer.concat([words(0xa1b2c3d4), version, words(0, 0, 262144, ETHERNET), ...records]);
}

async function converted(pieces: readonly Buffer[], onPacket = (): void => undefined): Promise<Buffer> {
  const stream = Readable.from(pieces).pipe(toPcapng(DEVICE, 'netloom 1.2.3', onPacket));
  return Buffer.concat(await stream.toArray());
}

const PACKET = fc
  .record({
    time: fc.integer({ min: 0, max: 4_294_967_295_999_999 }),
    more: fc.nat(9000),
    bytes: fc.uint8Array({ maxLength: 90 }),
  })
  .map(({ time, more, bytes }): Packet => ({ time, length: bytes.length + more, bytes: Buffer.from(bytes) }));

test('every packet arrives with its time and lengths, however the input is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(PACKET, { maxLength: 8 }),
      fc.constantFrom('LE' as const, 'BE' as const),
      fc.array(fc.nat(400), { maxLength: 10 }),
      async (packets, order, cuts) => {
        const file = pcap(packets, order);
        const at = [0, ...cuts.filter((cut) => cut < file.length).sort((a, b) => a - b), file.length];
        let seen = 0;
        const result = readPcapng(
          await converted(
            at.slice(1).map((to, i) => file.subarray(at[i], to)),
            () => seen++,
          ),
        );
        expect(result.packets).toEqual(packets);
        expect(seen).toBe(packets.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('the file names its device, place, filter and program', async () => {
  const bytes = await converted([pcap([], 'LE')]);
  const { linkType, options } = readPcapng(bytes);
  expect(linkType).toBe(ETHERNET);
  expect([...options]).toEqual([
    [2, 'eth0'],
    [3, 'instance/vm1/eth0 in the lab demo'],
    [9, '\u0006'],
    [11, '\0icmp or arp'],
  ]);
  expect(bytes.includes('netloom 1.2.3')).toBe(true);
});

test('a packet that was cut off when tcpdump was killed is left out', async () => {
  const packet = { time: 1, length: 4, bytes: Buffer.from('abcd') };
  const file = pcap([packet, packet], 'LE');
  expect(readPcapng(await converted([file.subarray(0, -1)])).packets).toEqual([packet]);
});

test.each([
  ['another format', Buffer.from('4d3cb2a1'.padEnd(48, '0'), 'hex')],
  ['a packet of 2 GB', Buffer.concat([pcap([], 'LE'), Buffer.from('0000000000000000ffffff7fffffff7f', 'hex')])],
])('%s is an error, not a file that Wireshark cannot read', async (_, file) => {
  await expect(converted([file])).rejects.toThrow(/tcpdump/);
});
