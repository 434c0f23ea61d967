import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { readPcapng, type Packet } from '../../support/pcapng.ts';
import { MAIN, netloom, startNetloom } from '../support/cli.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';

const FLOATING = '11.11.11.11';
const FIXED = '10.10.10.11';

/** Returns `SOURCE > DESTINATION TYPE` of an ICMP packet in an Ethernet frame. */
function icmp({ bytes }: Packet): string {
  const ip = bytes.subarray(14);
  const address = (at: number): string => [...ip.subarray(at, at + 4)].join('.');
  return `${address(12)} > ${address(16)} ${String(ip[(ip.readUInt8(0) & 15) * 4])}`;
}

ownLabs();

describe('lab capture', () => {
  const network = labOf(() => example('e2e-capture'));
  let folder = '';
  let file = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-capture-'));
    file = path.join(folder, 'topology.yaml');
    writeFileSync(file, textOf(network().doc));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Starts a capture into a file, and waits until it sees packets. */
  async function started(place: string, ...more: readonly string[]) {
    const output = path.join(folder, `${place.replaceAll('/', '-')}.pcapng`);
    const run = startNetloom(['lab', 'capture', '-w', output, file, place, ...more]);
    let said = '';
    run.child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    await until(
      () => Promise.resolve(said),
      (text) => text.includes('Ctrl-C ends.'),
    );
    return { ...run, read: () => readPcapng(readFileSync(output)) };
  }
  const ping = (): Promise<string> => network().in('outside', `ping -c 2 -i 0.2 -W 2 ${FLOATING}`);

  it('before the apply, the error says that the port has no device yet', async () => {
    const { code, stderr } = await netloom('lab', 'capture', '-w', path.join(folder, 'none'), file, 'test1');
    expect(code).toBe(1);
    expect(stderr).toMatch(/NLL017.*instance\/test1\/eth0 does not exist yet/);
    expect(stderr).toContain(`netloom apply --lab ${file}`);
    const router = await netloom('lab', 'capture', '-w', path.join(folder, 'none'), file, 'router1');
    expect([router.code, router.stderr]).toEqual([1, expect.stringContaining('NLL016')]);
  });

  it('the pings to a floating IP, as the outside sends them and as the guest gets them', async () => {
    await network().apply();
    await expect(network()).toPing('outside', FLOATING);
    const outside = await started('test1-public', '-c', '4', '--', 'icmp');
    const guest = await started('test1', '--', 'icmp');
    await ping();
    expect(await outside.ended).toMatchObject({ code: 0 });
    const { linkType, options, packets } = outside.read();
    expect(linkType).toBe(1);
    expect(options.get(2)).toBe(network().resolved.floatingIps[0]?.device);
    expect(options.get(11)).toBe(`\0host ${FLOATING} and ( icmp )`);
    const [request, reply] = [`11.11.11.111 > ${FLOATING} 8`, `${FLOATING} > 11.11.11.111 0`];
    expect(packets.map(icmp)).toEqual([request, reply, request, reply]);
    for (const { time } of packets) expect(Math.abs(Date.now() - time / 1000)).toBeLessThan(60_000);

    await until(
      () => Promise.resolve(guest.read().packets.length),
      (length) => length >= 4,
    );
    guest.child.kill('SIGINT');
    const ended = await guest.ended;
    expect([ended.code, ended.stderr]).toEqual([
      0,
      expect.stringMatching(/Captured 4 packets at instance\/test1\/eth0 to /),
    ]);
    const [inside, answer] = [`11.11.11.111 > ${FIXED} 8`, `${FIXED} > 11.11.11.111 0`];
    expect(guest.read().packets.map(icmp)).toEqual([inside, answer, inside, answer]);
  });

  it('tcpdump reads what comes out of a pipe, from a bridge and from a whole namespace', async () => {
    for (const place of ['compute1/brq30acf3ad-b9', 'router1']) {
      const line = `"${process.execPath}" "${MAIN}" lab capture -c 2 "${file}" ${place} -- icmp | tcpdump -n -r -`;
      const pipe = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { out: '', err: '' };
      pipe.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
      pipe.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
      const closed = new Promise((settle) => pipe.once('close', settle));
      await until(
        () => Promise.resolve(said.err),
        (text) => text.includes('Ctrl-C ends.'),
      );
      await ping();
      await closed;
      expect(said.out, said.err).toMatch(/ICMP echo request/);
    }
  });

  it('a filter is data, and a wrong one is an error in the words of tcpdump', async () => {
    const { code, stderr } = await netloom('lab', 'capture', '-w', '/dev/null', file, 'test1', '--', '-w', '$(id)');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/NLL017[^]*syntax error[^]*pcap-filter\(7\)/)]);
  });

  it('leaves no tcpdump behind when netloom is killed', async () => {
    const { child, ended } = await started('test2', '--', 'icmp');
    child.kill('SIGKILL');
    await ended;
    await network().in('test1', 'ping -c 2 -i 0.2 10.10.10.12');
    const running = (): Promise<string> => network().in('test2', 'pgrep -x tcpdump || true');
    expect((await until(running, (pids) => pids.trim() === '')).trim()).toBe('');
  });
});
