import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetloom } from './support/cli.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';

interface Line {
  readonly type: string;
  readonly time: string;
  readonly netns?: string | null;
  readonly objects?: readonly { readonly kind: string; readonly difference: string }[];
  readonly ok?: boolean;
  readonly name?: string;
}

/** On a quiet machine it takes 0.1 s. */
const LIMIT_MS = 3000;

ownLabs();

describe('a watch', () => {
  const network = labOf(() => example('e2e-watch-heals'));
  const said: Line[] = [];
  const times: string[] = [];
  let folder: string;
  let file: string;
  let running: ReturnType<typeof startNetloom>;

  const save = (text: string): void => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  const heard = async (type: string, from: number): Promise<Line> => {
    const after = (): Promise<Line[]> => Promise.resolve(said.slice(from).filter((line) => line.type === type));
    const [line] = await until(after, ({ length }) => length > 0, 10_000);
    return line!;
  };
  const router = (): { node: string; netns: string } => {
    const { node, netns } = network().resolved.routers.get('router1')!;
    return { node, netns: netns! };
  };
  /** Does damage on the router's node, and returns the milliseconds until it was healed. */
  const healed = async (script: string): Promise<number> => {
    const from = said.length;
    const at = await network().in(router().node, `set -e\n${script}\ndate +%s%3N`);
    const line = await heard('watch-healed', from);
    const took = Date.parse(line.time) - Number(at.trim().split('\n').at(-1));
    expect(took).toBeLessThan(LIMIT_MS);
    return took;
  };
  /** Saves the file again: the watch forgets how often it has put what right. */
  const again = async (): Promise<void> => {
    const from = said.length;
    save(textOf(network().doc));
    expect(await heard('watch-done', from)).toMatchObject({ ok: true });
  };
  const pidOf = (): number => running.child.pid!;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-heals-'));
    file = path.join(folder, 'topology.yaml');
    save(textOf(network().doc));
    running = startNetloom(['watch', '--lab', '--yes', '--json', '--resync', '0', file]);
    createInterface({ input: running.child.stdout! }).on('line', (line) => said.push(JSON.parse(line) as Line));
    expect(await heard('watch-done', 0)).toMatchObject({ ok: true });
  });
  afterAll(() => {
    running.child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
    process.stdout.write(`${times.join('\n')}\n`);
  });

  it('does not take its own changes for those of others', async () => {
    await sleep(500);
    expect(said.filter(({ type }) => type === 'watch-drift')).toEqual([]);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  const inRouter = (script: (netns: string) => string) => (): string => script(router().netns);
  it.each([
    ['a deleted default route', inRouter((netns) => `ip -n ${netns} route del default`)],
    [
      'a deleted rule',
      inRouter((netns) => `nsenter --net=/run/netns/${netns} iptables -t nat -F neutron-l3-agent-float-snat`),
    ],
    ['a deleted address', inRouter((netns) => `ip -n ${netns} addr del 11.11.11.11/32 dev "$(ls_qg ${netns})"`)],
    ['a link that is set down', inRouter((netns) => `ip -n ${netns} link set dev "$(ls_qg ${netns})" down`)],
    [
      'forwarding that is turned off',
      inRouter((netns) => `nsenter --net=/run/netns/${netns} sysctl -qw net.ipv4.ip_forward=0`),
    ],
    ['a killed dnsmasq', () => `kill -9 $(cat $(find /run/netloom -name pid | head -1))`],
  ])('heals %s', async (what, script) => {
    const LS = `ls_qg() { ip -n "$1" -br link | sed -n 's/^\\(qg-[^@ ]*\\).*/\\1/p'; }\n`;
    const first = await healed(LS + script());
    const second = await healed(LS + script());
    times.push(`${what}: healed after ${String(first)} and ${String(second)} ms`);
    expect(changesOf(await network().plan())).toEqual([]);
    await expect(network()).toPing('outside', '11.11.11.11');
  });

  it('leaves the objects of others as they are', async () => {
    const { node, netns } = router();
    const from = said.length;
    const theirs = `ip -n ${netns} route show table 77; nsenter --net=/run/netns/${netns} nft list table inet theirs;
      ip addr show theirs0 | grep -v inet6`;
    await network().in(
      node,
      `set -e; ip -n ${netns} route add blackhole 10.77.0.0/16 table 77
      nsenter --net=/run/netns/${netns} nft add table inet theirs
      ip link add theirs0 type bridge; ip addr add 10.78.0.1/24 dev theirs0; ip link set theirs0 up`,
    );
    const before = await network().in(node, theirs);
    await healed(`ip -n ${netns} route del default`);
    await sleep(300);
    expect(await network().in(node, theirs)).toBe(before);
    expect(said.slice(from).filter(({ type }) => type === 'watch-drift')).toHaveLength(1);
    await network().in(
      node,
      `ip -n ${netns} route del blackhole 10.77.0.0/16 table 77; ip link del theirs0
      nsenter --net=/run/netns/${netns} nft delete table inet theirs`,
    );
  });

  it('keeps the last good version of a file that has become bad', async () => {
    await again();
    const from = said.length;
    save(textOf(network().doc).replace('10.10.10.0/24', '10.10.10.0/99'));
    await heard('watch-blocked', from);
    await healed(`ip -n ${router().netns} route del default`);
    expect(changesOf(await network().plan())).toEqual([]);
    save(textOf(network().doc));
    await heard('watch-unblocked', from);
  });

  it('names an object that another program changes back again and again, and leaves it alone', async () => {
    await again();
    const { node, netns } = router();
    const from = said.length;
    const delRoute = `ip -n ${netns} route del default`;
    for (let i = 0; i < 5; i++) await healed(delRoute);
    await network().in(node, delRoute);
    expect(await heard('watch-contested', from)).toMatchObject({ netns, name: 'default' });
    await sleep(300);
    expect(await network().in(node, `ip -n ${netns} route show default`)).toBe('');
    const saved = said.length;
    save(textOf(network().doc));
    await heard('watch-done', saved);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('reads everything again at SIGHUP', async () => {
    const from = said.length;
    running.child.kill('SIGHUP');
    expect(await heard('watch-done', from)).toMatchObject({ ok: true });
  });

  it('is idle between events: no process is started, and at most a hundredth of a core is used', async () => {
    await sleep(1000);
    const [from, ticks, forks] = [said.length, ticksOf(pidOf()), childrenOf(pidOf())];
    await sleep(5000);
    const used = (ticksOf(pidOf()) - ticks) / 100 / 5;
    const rss = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pidOf()}/status`, 'utf8'))?.[1]) / 1024;
    times.push(`idle: ${(used * 100).toFixed(2)} % of a core, ${rss.toFixed(0)} MB`);
    expect(used).toBeLessThan(0.01);
    expect(childrenOf(pidOf())).toEqual(forks);
    expect(said.slice(from)).toEqual([]);
  });

  it('ends at SIGTERM and leaves the network; started again it changes nothing', async () => {
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
    expect(changesOf(await network().plan())).toEqual([]);
    const from = said.length;
    running = startNetloom(['watch', '--lab', '--yes', '--json', file]);
    createInterface({ input: running.child.stdout! }).on('line', (line) => said.push(JSON.parse(line) as Line));
    expect(await heard('watch-done', from)).toMatchObject({ ok: true });
    expect(said.slice(from).some(({ type }) => type === 'batch-start')).toBe(false);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
  });
});

/** The processor time of a process and of all its children that have ended, in hundredths of a second. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/.*\) /, '')
    .split(' ')
    .map(Number);
  return [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
}

function childrenOf(pid: number): string {
  return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
}
