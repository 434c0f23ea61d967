import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { shellLine } from '../../../src/hosts/quote.ts';
import { MAIN } from '../support/cli.ts';
import { itOnlyWith } from '../support/mechanism.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';
import { Watching, type Line } from '../support/watching.ts';

/** Everything is read so often. */
const RESYNC = ['--resync', '1s'];
/** What is not done within two readings is not done. */
const LONG_MS = 2500;

ownLabs();

describe('the terms of a watch', () => {
  const network = labOf(() => example('e2e-watch-terms'));
  const folder = mkdtempSync(path.join(tmpdir(), 'netloom-terms-'));
  const file = path.join(folder, 'topology.yaml');
  let watching: Watching | undefined;

  const router = (): { readonly node: string; readonly netns: string } => {
    const { node, netns } = network().resolved.routers.get('router1')!;
    return { node, netns: netns! };
  };
  const inRouter = (script: string): Promise<string> =>
    network().in(router().node, `set -e; R=${router().netns}; X="nsenter --net=/run/netns/$R"\n${script}`);
  const deleteRoute = (): Promise<string> => inRouter('ip -n $R route del default');
  const defaultRoute = (): Promise<string> => inRouter('ip -n $R route show default');
  const isOfType = (type: string) => (line: Line) => line.type === type;
  const start = async (...flags: readonly string[]): Promise<Watching> => {
    watching = await Watching.start(file, ...flags);
    return watching;
  };
  /** Does damage on a node, which is healed. Returns what was told of it. */
  const healed = async (on: Watching, node: string, script: string): Promise<Line> => {
    const from = on.lines.length;
    await network().in(node, `set -e\n${script}`);
    const drift = await on.heard(from, (line) => line.type === 'watch-drift' && line.node === node);
    await on.heard(from, (line) => line.type === 'watch-healed' && line.node === node);
    expect(changesOf(await network().plan())).toEqual([]);
    return drift;
  };

  beforeAll(async () => {
    writeFileSync(file, textOf(network().doc));
    await network().apply();
  });
  afterEach(async () => {
    await watching?.stop();
    watching = undefined;
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('--heal report tells what differs, once, and changes nothing', async () => {
    const on = await start('--heal', 'report', ...RESYNC);
    const from = on.lines.length;
    await deleteRoute();
    const drift = await on.heard(from, isOfType('watch-drift'));
    expect(drift).toMatchObject({ netns: router().netns, objects: [{ kind: 'route', name: 'default' }] });
    await sleep(LONG_MS);
    expect(on.said(from)).toEqual(['watch-drift']);
    expect(await defaultRoute()).toBe('');
    // A save is applied all the same.
    expect(await on.save(textOf(network().doc))).toMatchObject({ ok: true });
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('--heal off tells nothing and changes nothing until a save', async () => {
    const on = await start('--heal', 'off', ...RESYNC);
    const from = on.lines.length;
    await deleteRoute();
    await sleep(LONG_MS);
    expect(on.lines.slice(from)).toEqual([]);
    expect(await defaultRoute()).toBe('');
    expect(await on.save(textOf(network().doc))).toMatchObject({ ok: true });
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('--max-impact refuses to heal what would disturb more, and heals what disturbs less', async () => {
    const on = await start('--max-impact', 'none', ...RESYNC);
    const from = on.lines.length;
    const kept = await inRouter(`$X iptables -t nat -S neutron-l3-agent-snat | grep -e -A
      $X iptables -t nat -F neutron-l3-agent-snat`);
    const told = await on.heard(from, ({ diagnostics = [] }) => diagnostics.length > 0);
    expect(told.diagnostics?.map(({ code }) => code)).toEqual(['NLP80']);
    await sleep(LONG_MS);
    expect(on.said(from).filter((type) => /batch|healed/.test(type))).toEqual([]);
    expect(await inRouter('$X iptables -t nat -S neutron-l3-agent-snat | grep -c -e -A || true')).toBe('0\n');
    const lines = kept.trim().split('\n');
    await inRouter(lines.map((rule) => `$X iptables -t nat ${rule}`).join('\n'));
    expect(changesOf(await network().plan())).toEqual([]);
    await healed(on, router().node, `ip -n ${router().netns} route del default`);
  });

  it('--approve asks before it heals', async () => {
    const line = shellLine([process.execPath, MAIN, 'watch', '--lab', '--approve', file]);
    const terminal = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
    let text = '';
    terminal.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = once(terminal, 'close');
    const shown = (words: RegExp): Promise<string> =>
      until(() => Promise.resolve(text), words.test.bind(words), 30_000);
    try {
      await shown(/Watching /);
      await deleteRoute();
      await shown(/apply these changes/);
      await sleep(500);
      expect(await defaultRoute()).toBe('');
      terminal.stdin.write('yes\r');
      await until(defaultRoute, (route) => route !== '', 30_000);
      text = '';
      await deleteRoute();
      await shown(/apply these changes/);
    } finally {
      terminal.stdin.write('\u0003');
      terminal.kill();
      await ended;
    }
    expect(await defaultRoute()).toBe('');
    await network().apply();
  });

  it('--resync heals what has no event: a kernel parameter, a file, a set of addresses', async () => {
    const on = await start(...RESYNC);
    const { node, netns } = router();
    const sysctl = `nsenter --net=/run/netns/${netns} sysctl -qw net.ipv4.conf.all.arp_notify=0`;
    const drift = await healed(on, node, sysctl);
    expect(drift).toMatchObject({ reason: 'resync', objects: [{ kind: 'sysctl' }] });
    const hosts = 'rm $(find /run/netloom/e2e-watch-terms/dhcp -name host)';
    expect((await healed(on, node, hosts)).objects?.map(({ kind }) => kind)).toContain('file');
    const sets = 'for s in $(ipset list -n); do ipset flush $s; done';
    expect(await healed(on, 'compute1', sets)).toMatchObject({ objects: [{ kind: 'ipset' }] });
  });

  it('a bad file leaves the last good one in force, also for what has no event', async () => {
    const on = await start(...RESYNC);
    const from = on.lines.length;
    const text = textOf(network().doc);
    expect(await on.save(text.replace('10.10.10.0/24', '10.10.10.0/99'))).toMatchObject({ ok: false });
    await on.heard(from, isOfType('watch-blocked'));
    const { node, netns } = router();
    await healed(on, node, `ip -n ${netns} route del default`);
    await healed(on, node, `nsenter --net=/run/netns/${netns} sysctl -qw net.ipv4.conf.all.arp_notify=0`);
    expect(await on.save(text)).toMatchObject({ ok: true });
    await on.heard(from, isOfType('watch-unblocked'));
  });

  itOnlyWith('openvswitch', 'a deleted port, another tag and a deleted bridge of Open vSwitch are healed', async () => {
    const on = await start(...RESYNC);
    const { node } = router();
    const port = `p=$(ovs-vsctl list-ports br-int | grep ^qr- | head -1)`;
    await healed(on, node, `${port}; ovs-vsctl del-port $p`);
    await healed(on, node, `${port}; ovs-vsctl set Port $p tag=99`);
    await healed(on, 'compute1', 'ovs-vsctl del-br br-int');
  });

  it('a node that goes down is backed off from, the others are kept, and it is put right when it is back', async () => {
    const on = await start(...RESYNC);
    const from = on.lines.length;
    // Nothing that netloom runs there starts any more, and what runs is ended.
    await network().in(
      'compute1',
      `printf '#!/bin/sh\\nexit 1\\n' >/run/e2e-down; chmod 755 /run/e2e-down
      mount --bind /run/e2e-down "$(readlink -f "$(command -v perl)")"
      for p in /proc/[0-9]*; do
        [ "$(readlink $p/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] || continue
        case $(cat $p/comm) in 'netloom: '*) kill -9 \${p#/proc/} ;; esac
      done 2>/dev/null; true`,
    );
    try {
      await on.heard(from, (line) => line.type === 'watch-backing-off' && line.attempt === 2);
      expect(on.lines.slice(from).flatMap(({ type, node }) => (type === 'watch-backing-off' ? [node] : []))).toEqual([
        'compute1',
        'compute1',
      ]);
      const away = on.lines.length;
      await deleteRoute();
      await on.heard(away, ({ type, node }) => type === 'watch-healed' && node === router().node);
      expect(await defaultRoute()).not.toBe('');
      await network().in('compute1', `iptables -F "$(iptables -S | grep -oE 'neutron-[a-z]+-sg-fallback' | head -1)"`);
    } finally {
      await network().in('compute1', 'umount -l "$(readlink -f "$(command -v perl)")"; rm /run/e2e-down');
    }
    await on.heard(from, (line) => line.type === 'watch-recovered' && line.node === 'compute1');
    await until(
      () => network().plan(),
      (result) => changesOf(result).length === 0,
    );
  });
});
