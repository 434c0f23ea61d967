import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { COMMAND_BLOCKS, commandsOf, missing, normalised, runsNetloom } from '../../docs/commands.ts';
import { baseText } from '../../docs/topologies.ts';
import { netloomOk } from '../support/cli.ts';
import { ownLabs } from '../support/suite.ts';

ownLabs();

/** The folder of the reader: `topologies/` as in the clone, `topology.yaml`, and `netloom` among the commands. */
const folder = mkdtempSync(path.join(tmpdir(), 'netloom-reader-'));
const topology = path.join(folder, 'topology.yaml');
const bin = path.join(folder, 'bin');
mkdirSync(bin);
symlinkSync(path.join(ROOT, 'topologies'), path.join(folder, 'topologies'));
for (const [name, words] of [
  ['netloom', ''],
  // `npx netloom …` is what a reader of the clone types.
  ['npx', 'shift\n'],
]) {
  const main = path.join(ROOT, 'dist/main.cjs');
  writeFileSync(path.join(bin, name!), `#!/bin/sh\n${words!}exec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(path.join(bin, name!), 0o755);
}
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a line as its reader does. Output on stdout and stderr is one text, as on a terminal. */
function typed(line: string): Promise<{ readonly code: number; readonly output: string }> {
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return new Promise((resolve) => {
    execFile('bash', ['-c', `{ ${line}\n} 2>&1`], { cwd: folder, env }, (error, output) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output });
    });
  });
}

const runnable = COMMAND_BLOCKS.filter(({ notes }) => notes['not run'] === undefined)
  .map((block) => ({ ...block, commands: commandsOf(block).filter(runsNetloom) }))
  .filter(({ commands }) => commands.length > 0);

const pages = [...new Set(runnable.map(({ page }) => page))];

describe.each(pages)('the commands of %s', (name) => {
  const blocks = runnable.filter(({ page }) => page === name);
  const bases = new Set(blocks.map(({ notes }) => notes['in'] ?? 'topologies/linuxbridge-flat.yaml'));
  afterAll(async () => {
    for (const base of bases) {
      writeFileSync(topology, baseText(base));
      await netloomOk('lab', 'down', topology);
    }
  });

  it('run in order, and have the exit codes and the output of the page', async () => {
    for (const { notes, commands } of blocks) {
      if (notes['in'] !== undefined) {
        writeFileSync(topology, baseText(notes['in']));
        if (!commands.some(({ command }) => command.includes('lab up'))) await netloomOk('lab', 'up', topology);
      }
      for (const { command, code, output: shown, page, line } of commands) {
        const { code: was, output } = await typed(command);
        expect(was, `${page}:${String(line)}: ${command}\n${output}`).toBe(code);
        if (shown.length === 0) continue;
        const lacks = missing(shown, output);
        expect(
          lacks,
          `${page}:${String(line)}: ${command} printed\n${normalised(output).slice(-60).join('\n')}`,
        ).toBeUndefined();
      }
    }
  });
});

it('the topology of README comes up in the lab and does what it expects', async () => {
  writeFileSync(topology, baseText('README.md'));
  await netloomOk('lab', 'up', topology);
  await netloomOk('apply', '--lab', '--yes', topology);
  expect(await netloomOk('verify', '--lab', topology)).toContain('1 of 1 as expected.');
  await netloomOk('lab', 'down', topology);
});
