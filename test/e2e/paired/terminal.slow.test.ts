import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shellLine } from '../../../src/hosts/quote.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { MAIN, netloomOk } from '../support/cli.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { textOf } from '../support/topology.ts';

const TOPOLOGY = `
name: e2e-terminal
physical_networks: { wire: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { s1: { cidr: 10.0.1.0/24 } } } }
`;

ownLabs();
const network = labOf(() => parse(TOPOLOGY) as Topology);
const folder = mkdtempSync(path.join(tmpdir(), 'netloom-terminal-'));
const pidFile = path.join(folder, 'pid');

/** Of the second subnet, which the changes add or remove. */
const MORE = '10.0.2.';

/** A file of the lab's network, with a second subnet or without. */
function file(more: boolean): string {
  const doc = parse(TOPOLOGY) as Topology;
  if (more) doc.networks!['lan']!.subnets!['s2'] = { cidr: `${MORE}0/24` };
  const name = path.join(folder, more ? 'more.yaml' : 'plain.yaml');
  writeFileSync(name, textOf(doc));
  return name;
}

/** An apply at a terminal of its own, whose countdown has begun. */
interface Waiting {
  readonly terminal: ChildProcess;
  /** Everything that was shown. */
  readonly shown: () => string;
  readonly ended: Promise<number | null>;
}

/** Applies at a terminal, types there before it is asked, and waits for the countdown. */
async function applyAtTerminal(name: string): Promise<Waiting> {
  const apply = shellLine([process.execPath, MAIN, 'apply', '--lab', '--yes', '--confirm', '60s', name]);
  const line = `echo $$ >${pidFile}; exec ${apply}`;
  const terminal = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let text = '';
  terminal.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  terminal.stdin.on('error', () => undefined);
  const ended = once(terminal, 'close').then(([code]) => code as number | null);
  terminal.stdin.write('\r');
  await until(
    () => Promise.resolve(text),
    (shown) => shown.includes('ENTER keeps them'),
    30_000,
  );
  // It counts down in place, and what was typed before the question does not answer it.
  await sleep(1500);
  expect(
    text.match(/\r\u001b\[K[^\n]*will revert in \d+ seconds[^\n]*ENTER keeps them, Ctrl-C reverts them now/g),
  ).not.toBe(null);
  expect(terminal.exitCode).toBeNull();
  return { terminal, shown: () => text, ended };
}

/** What the node has but for the report of a revert, which others read. */
const addresses = async (): Promise<string> =>
  network().in(
    'n1',
    'for n in $(ls /run/netns); do ip -n $n -4 -o address show scope global; done; ' +
      "ls -A /run/netloom | grep -v '^.reverted'",
  );

beforeAll(async () => {
  await netloomOk('apply', '--lab', '--yes', file(false));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** How the user decides, and what becomes of the change. */
const DECISIONS: readonly (readonly [string, (waiting: Waiting) => void, 'kept' | 'reverted'])[] = [
  ['Ctrl-C', ({ terminal }) => terminal.stdin?.write('\u0003'), 'reverted'],
  ['the end of the terminal', ({ terminal }) => terminal.kill('SIGKILL'), 'reverted'],
  ['ENTER', ({ terminal }) => terminal.stdin?.write('\r'), 'kept'],
  ['SIGUSR1', () => process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGUSR1'), 'kept'],
];

it.each(DECISIONS)('%s: the change is decided at a terminal', { timeout: 120_000 }, async (_, decide, end) => {
  const before = await addresses();
  const more = !before.includes(MORE);
  const waiting = await applyAtTerminal(file(more));
  expect((await addresses()).includes(MORE)).toBe(more);
  decide(waiting);
  const code = await waiting.ended;
  const decided = await until(addresses, (state) => !state.includes('.confirm'), 30_000);
  if (end === 'kept') {
    expect([code, decided.includes(MORE)], waiting.shown()).toEqual([0, more]);
    expect(waiting.shown()).toContain('Apply complete');
  } else {
    expect(code, waiting.shown()).not.toBe(0);
    expect(decided, waiting.shown()).toBe(before);
  }
});
