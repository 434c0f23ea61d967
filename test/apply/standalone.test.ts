import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNodeScript, nodeScript, READ_IDENTITY } from '../../src/apply/standalone/node-script.ts';
import { nodesFirst } from '../../src/apply/standalone/node-order.ts';
import { batchStep } from '../../src/apply/standalone/step.ts';
import type { Command } from '../../src/model/command.ts';
import type { Precondition } from '../../src/model/existence.ts';
import type { Batch } from '../../src/model/plan.ts';
import { shellFaults } from '../support/shellcheck.ts';

const HOSTILE = 'x\nrm -rf /\nEND_OF_OBJECTS\nNETLOOM_END\n$(id)`id`\'"\u202e';

function batch(id: number, node: string, after: readonly number[] = [], ...commands: readonly Command[]): Batch {
  const steps = commands.map((command, i) => ({ address: `${node}/-/x/${HOSTILE}${String(i)}`, command }));
  return { id, node, netns: null, lane: 'sh', steps, after };
}

function scriptOf(...batches: readonly Batch[]): string {
  return nodeScript({
    node: 'n1',
    title: `the plan of demo for n1 ${HOSTILE}`,
    about: ['', HOSTILE],
    identity: HOSTILE,
    holder: 'host=n1\n',
    preconditions: [
      {
        address: `n1/-/x/${HOSTILE}`,
        exists: true,
        test: { netns: `/run/${HOSTILE}`, argv: ['echo', HOSTILE], prints: HOSTILE, identity: HOSTILE },
      },
    ],
    steps: batches.map((each) => batchStep(each, { rootless: false })),
  });
}

describe('a script that a node runs by itself', () => {
  const write: Command = { tool: 'write', path: '/run/netloom/demo/a', content: HOSTILE, mode: '600' };
  const script = scriptOf(
    batch(0, 'n1', [], write),
    batch(1, 'n1', [], { tool: 'exec', netns: null, argv: ['echo', HOSTILE] }),
  );

  it('has nothing for shellcheck to find, whatever the names and values of the node', () => {
    expect(shellFaults(script)).toBe('');
  });

  it('has each hostile value as data alone', () => {
    // Outside quotes and here-documents, a line of the value would be a line of the script.
    expect(execFileSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toBe('');
    const comments = script.split('\n').filter((line) => line.startsWith('# '));
    expect(comments[0]).toContain('x\\u000arm -rf /');
    const [, objects = ''] = /<<'END_OF_OBJECTS'\n([^]*?)\nEND_OF_OBJECTS\n/.exec(script) ?? [];
    expect(objects.split('\n')).toEqual([
      expect.stringMatching(/^1 0 - n1\/-\/x\/x\\u000arm/),
      expect.stringMatching(/^2 0 - n1\/-\/x\/x\\u000arm/),
    ]);
  });

  it('is recognised, and no other script is', () => {
    expect(isNodeScript(script)).toBe(true);
    expect(isNodeScript('#!/bin/sh\necho netloom script\n')).toBe(false);
  });
});

describe('a script that runs', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-script-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a script of two steps, the first of which runs `first`: into a pipe to `output`, or in a group of its own. */
  function run(
    first: string,
    output?: string,
    preconditions: readonly Precondition[] = [],
  ): { readonly code: number | null; readonly err: string; made: string[] } {
    const step = (id: number, program: string): Batch =>
      batch(id, 'n1', [], { tool: 'exec', netns: null, argv: ['sh', '-c', program] });
    const text = nodeScript({
      node: 'n1',
      title: 'a test',
      about: [],
      identity: execFileSync('sh', ['-c', READ_IDENTITY], { encoding: 'utf8' }).trim(),
      holder: 'host=n1\n',
      preconditions,
      steps: [step(0, `${first}; echo said; : >${folder}/one`), step(1, `: >${folder}/two`)].map((each) =>
        batchStep(each, { rootless: false }),
      ),
    });
    writeFileSync(
      `${folder}/script`,
      text.replaceAll('/run/netloom.', `${folder}/netloom.`).replace('\nrequire_root\n', '\n'),
    );
    const { status, stderr } = output
      ? spawnSync('bash', ['-c', `sh ${folder}/script | ${output}; exit "\${PIPESTATUS[0]}"`], { encoding: 'utf8' })
      : spawnSync('setsid', ['-w', 'sh', `${folder}/script`], { encoding: 'utf8' });
    const made = readdirSync(folder).filter((name) => !['script', 'code'].includes(name));
    return { code: status, err: stderr, made };
  }

  it.each([
    ['its reader ends', 'sleep 0.1', 'true'],
    ['its terminal is closed', 'kill -HUP 0', undefined],
  ])('goes on to its end if %s', (_, first, output) => {
    expect(run(first, output)).toEqual({ code: 0, err: '', made: ['one', 'two'] });
  });

  it('ends after the step that runs at Ctrl-C, and says so', () => {
    const { code, err, made } = run('kill -INT 0');
    expect([code, made]).toEqual([130, ['one']]);
    expect(err).toMatch(/^netloom: stopped after step 1\n/);
  });

  it.each([
    ['alias netloom:demo', 0],
    ['alias netloom:demo,nic=eth0', 0],
    ['alias netloom:demo\\', 0],
    ['alias netloom:demo2', 1],
    ['alias netloom:demo-b', 1],
  ])('takes a link with `%s` for the one of netloom:demo, or not', (printed, code) => {
    const test = { netns: null, argv: ['echo', printed], identity: 'alias netloom:demo' };
    const { code: ended, made } = run('true', undefined, [{ address: 'n1/-/veth/tap1', exists: true, test }]);
    expect([ended, made.includes('one')]).toEqual([code, code === 0]);
  });

  it('lets only root read what its programs print', () => {
    expect(run(`[ "$(stat -c %a ${folder}/netloom.script.log)" = 600 ] || exit 1`).code).toBe(0);
    expect(run(`[ "$(stat -c %a ${folder}/netloom.script.log)" = 644 ] || exit 1`).code).toBe(1);
  });
});

describe('the order of the scripts of several nodes', () => {
  it('is that of the batches which wait for another node', () => {
    const order = nodesFirst([batch(0, 'a'), batch(1, 'b', [0]), batch(2, 'b', [1]), batch(3, 'c', [1])]);
    expect([...order].map(([node, first]) => [node, ...first])).toEqual([['a'], ['b', 'a'], ['c', 'b']]);
  });

  it('does not exist where two nodes wait for each other', () => {
    const both = [batch(0, 'a'), batch(1, 'b', [0]), batch(2, 'a', [1])];
    expect(() => nodesFirst(both)).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'NLA20' })] }),
    );
  });
});
