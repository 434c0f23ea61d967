import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetrics } from '../../support/prometheus.ts';
import { MAIN } from '../support/cli.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';

/** Receives as systemd does. */
const RECEIVER = String.raw`
use strict; use warnings; use Socket;
socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die $!;
bind($socket, pack_sockaddr_un($ARGV[0])) or die $!;
$| = 1;
print "listens\n";
while (defined recv($socket, my $message, 65536, 0)) { $message =~ tr/\n/|/; print "$message\n" }
`;

ownLabs();

describe('watch as a service', () => {
  const network = labOf(() => example('e2e-metrics'));
  let folder = '';
  let file = '';
  let base = '';
  const heard: string[] = [];
  let ended: Promise<number | null>;
  let watch: ReturnType<typeof spawn>;
  let receiver: ReturnType<typeof spawn>;

  const metrics = async (): Promise<ReadonlyMap<string, number>> =>
    readMetrics(await (await fetch(`${base}/metrics`)).text());
  const health = async (): Promise<readonly [number, string]> => {
    const response = await fetch(`${base}/healthz`);
    return [response.status, await response.text()];
  };
  const hears = (text: RegExp): Promise<string[]> =>
    until(
      () => Promise.resolve(heard),
      (all) => all.some((each) => text.test(each)),
      30_000,
    );

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-metrics-'));
    file = path.join(folder, 'topology.yaml');
    writeFileSync(file, textOf(network().doc));
    const socket = path.join(folder, 'notify');
    receiver = spawn('perl', ['-e', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: receiver.stdout! }).on('line', (line) => heard.push(line));
    await hears(/^listens$/);
    const port = await freePort();
    base = `http://127.0.0.1:${String(port)}`;
    watch = spawn(process.execPath, [MAIN, 'watch', '--lab', '--yes', '--metrics', String(port), file], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1000000' },
    });
    ended = new Promise((settle) => watch.once('exit', settle));
    await hears(/^READY=1\|/);
  });
  afterAll(() => {
    watch.kill('SIGKILL');
    receiver.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('systemd hears that the network is ready after the first apply, and not before', async () => {
    const ready = heard.findIndex((each) => each.startsWith('READY=1'));
    expect(heard.slice(0, ready).some((each) => each.startsWith('STATUS=Applying '))).toBe(true);
    expect(await health()).toEqual([200, 'ok\n']);
    await hears(/^WATCHDOG=1$/);
  });

  it('a scrape tells of the run and of the objects that it created', async () => {
    const found = await metrics();
    expect(found.get('netloom_runs_total{result="ok"}')).toBe(1);
    expect(found.get('netloom_run_duration_seconds_count{result="ok"}')).toBe(1);
    expect(found.get('netloom_changes_total{kind="bridge",action="create"}')).toBe(network().resolved.bridges.length);
    expect(found.get('netloom_changes_total{kind="netns",action="create"}')).toBe(2);
    expect(Math.abs((found.get('netloom_last_success_timestamp_seconds') ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    expect(found.get('netloom_healthy')).toBe(1);
  });

  it('a file with a mistake is unhealthy, with the reason, until it is good again', async () => {
    writeFileSync(file, 'name: [\n');
    await until(health, ([status]) => status === 503);
    expect((await health())[1]).toMatch(/^(the last run failed|the file has errors: NL\d+)\n$/);
    expect((await metrics()).get('netloom_healthy')).toBe(0);
    writeFileSync(file, textOf(network().doc));
    await until(health, ([status]) => status === 200);
  });

  it('SIGHUP reads the file and the nodes again, and systemd hears when that has ended', async () => {
    const before = heard.length;
    watch.kill('SIGHUP');
    const again = await until(
      () => Promise.resolve(heard.slice(before).filter((each) => /^(RELOADING|READY)=1/.test(each))),
      ({ length }) => length === 2,
    );
    expect(again.map((each) => each.split('|')[0])).toEqual(['RELOADING=1', 'READY=1']);
    expect(await health()).toEqual([200, 'ok\n']);
  });

  it('what others delete is healed, and counted', async () => {
    const { node, netns } = network().resolved.routers.get('router1')!;
    await network().in(node, `ip -n ${netns} route del default`);
    const found = await until(metrics, (all) => (all.get(`netloom_healed_objects_total{node="${node}"}`) ?? 0) > 0);
    expect(found.get(`netloom_drift_objects_total{node="${node}",reason="kernel"}`)).toBeGreaterThan(0);
    expect(await network().in(node, `ip -n ${netns} route show default`)).toMatch(/^default via /);
    expect(await health()).toEqual([200, 'ok\n']);
  });

  it('ends in an orderly way, and says so', async () => {
    watch.kill('SIGTERM');
    expect(await ended).toBe(0);
    await hears(/^STOPPING=1\|/);
  });
});

/** Returns a port on which nothing listens. */
function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        settle(port);
      });
    });
  });
}
