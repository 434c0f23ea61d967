import { describe, expect, test } from 'vitest';
import { ipProbe } from '../../src/kernel/probes/ip.ts';
import { sysctlProbe } from '../../src/kernel/probes/sysctl.ts';
import { iptablesSaveProbes } from '../../src/kernel/netfilter/iptables-save.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { parseView, withLostMarks } from '../../src/observe/view.ts';

const NONCE = 'c0ffee';

/** The output of the script for a namespace that was read to its end. */
function namespace(name: string, links: string, more = ''): string {
  return `@${NONCE} namespace ${name}\n@${NONCE} probe ip\n${links}\n[]\n${more}\n@${NONCE} end\n`;
}

function whole(...parts: readonly string[]): string {
  return [`@${NONCE} node\n\n@${NONCE} end node\n`, namespace('', '[{"ifname":"lo","flags":[]},{}]'), ...parts].join(
    '',
  );
}

function lo(alias?: string): string {
  return JSON.stringify([{ ifname: 'lo', flags: ['UP'], ...(alias !== undefined && { ifalias: alias }) }]);
}

function read(text: string): NodeView {
  return parseView('node1', NONCE, text);
}

function failureOf(text: string): unknown {
  try {
    read(text).namespaces.forEach(({ get }) => get(ipProbe));
    return undefined;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0];
    throw error;
  }
}

describe('the view of a node', () => {
  test('has its own namespace first, then the others by name, each with its mark', () => {
    const view = read(
      whole(
        namespace('qrouter-b', lo('netloom:demo,ct=0a000001')),
        namespace('/run/netloom-guests/g', lo()),
        namespace('qrouter-a', lo('netloom:other')),
      ),
    );
    expect(view.namespaces.map(({ netns, mark }) => [netns, mark?.topology, mark?.tokens])).toEqual([
      [null, undefined, undefined],
      ['/run/netloom-guests/g', undefined, undefined],
      ['qrouter-a', 'other', []],
      ['qrouter-b', 'demo', ['ct=0a000001']],
    ]);
  });

  test('tells what reading it took', () => {
    const text = `${whole()}@${NONCE} stats processes=7 hits=3 misses=1\n`;
    expect(read(text).cost).toEqual({ processes: 7, hits: 3, misses: 1, bytes: text.length });
    expect(read(whole()).cost).toBeUndefined();
  });

  test('passes each probe’s text to its parser, once; a probe that did not run has no value', () => {
    const view = read(
      whole(namespace('qrouter-a', lo('netloom:demo'), `@${NONCE} probe iptables-save\n*nat\n:X - [0:0]\nCOMMIT`)),
    );
    const [own, router] = view.namespaces;
    expect(router?.get(iptablesSaveProbes[4])?.get('nat')?.get('X')).toEqual({ policy: '-', rules: [] });
    expect(router?.get(iptablesSaveProbes[4])).toBe(router?.get(iptablesSaveProbes[4]));
    expect(own?.get(iptablesSaveProbes[4])).toBeUndefined();
    expect(own?.get(ipProbe)?.links.map(({ ifname }) => ifname)).toEqual(['lo']);
  });

  test('lists a name without a namespace as dead, and one deleted in the meantime not at all', () => {
    const names = ['qrouter-a', 'file', 'gone'].map((name) => `@${NONCE} name ${name}\n`).join('');
    const view = read(`${names}@${NONCE} dead file\n@${NONCE} gone gone\n${whole(namespace('qrouter-a', lo()))}`);
    expect(view.dead).toEqual(['file']);
    expect(view.namespaces.map(({ netns }) => netns)).toEqual([null, 'qrouter-a']);
  });

  test('treats a line with another nonce as text', () => {
    const view = read(
      whole(
        namespace(
          'qrouter-a',
          lo('netloom:demo'),
          `@${NONCE} probe sysctl\n@decaf namespace fake\n/proc/sys/net/ipv4/ip_forward:1`,
        ),
      ),
    );
    expect(view.namespaces.map(({ netns }) => netns)).toEqual([null, 'qrouter-a']);
    expect(view.namespaces[1]?.get(sysctlProbe)?.get('net/ipv4/ip_forward')).toBe('1');
  });

  test('reports a missing program, a failed probe and unparsable text with their location', () => {
    expect(failureOf(`@${NONCE} lacks iptables-save\n@${NONCE} lacks nsenter\n${whole()}`)).toMatchObject({
      code: 'NLO03',
      summary: expect.stringContaining('iptables-save, nsenter') as string,
    });
    expect(failureOf(whole(namespace('qrouter-a', '', `@${NONCE} failed ip 2`)))).toMatchObject({
      code: 'NLO01',
      place: { node: 'node1', netns: 'qrouter-a' },
      detail: expect.stringContaining('2') as string,
    });
    expect(failureOf(whole(namespace('qrouter-a', '[{"ifname":')))).toMatchObject({
      code: 'NLO02',
      place: { node: 'node1', netns: 'qrouter-a' },
    });
  });

  test('reports what a failed probe wrote to stderr, and its command', () => {
    const text = whole(namespace('qrouter-a', lo(), `@${NONCE} stderr ip\nip: no\n@${NONCE} failed ip exit code 2`));
    expect(() => parseView('node1', NONCE, text, [ipProbe])).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            detail: 'exit code 2\nip: no',
            place: { node: 'node1', netns: 'qrouter-a', command: 'ip -j -d -batch -' },
          }),
        ],
      }) as Error,
    );
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['one list', lo()],
    ['lists without lo', '[{"ifname":"eth0","ifindex":2,"flags":[]}]\n[]'],
    ['three lists', `${lo()}\n[]\n[]`],
    ['no lists', '{}\n{}'],
    ['a list that is cut off', `${lo()}\n[{"dst":"def`],
  ])('takes %s from ip as no answer, never as absence', (_, printed) => {
    const text = `@${NONCE} stderr ip\nsome warning\n`;
    const own = `@${NONCE} namespace \n@${NONCE} probe ip\n${printed}\n${text}@${NONCE} end\n`;
    expect(failureOf(`@${NONCE} node\n\n@${NONCE} end node\n${own}`)).toMatchObject({
      code: 'NLO02',
      detail: expect.stringContaining('some warning') as string,
    });
  });

  test('reports truncated output as an error, never as absence', () => {
    const text = whole(namespace('qrouter-a', lo('netloom:demo')));
    expect(failureOf(text.slice(0, text.lastIndexOf('@')))).toMatchObject({ code: 'NLO04' });
    expect(failureOf(`@${NONCE} name qrouter-b\n@${NONCE} alive qrouter-b\n${text}`)).toMatchObject({ code: 'NLO04' });
  });
});

describe('a namespace that lost its mark', () => {
  const holding = namespace(
    'qrouter-a',
    '[{"ifname":"lo","flags":[]},{"ifname":"qr-1","flags":[],"ifalias":"netloom:demo"}]',
  );
  const marks = (text: string, wanted: boolean): unknown =>
    withLostMarks(read(whole(text)), 'demo', () => wanted).namespaces[1]?.mark;

  test('is ours if it is desired and holds a link of ours', () => {
    expect(marks(holding, true)).toEqual({ topology: 'demo', tokens: ['mark'] });
  });

  test('is foreign if it is not desired, if it holds nothing of ours, or if it carries another mark', () => {
    expect(marks(holding, false)).toBeUndefined();
    expect(marks(holding.replace('netloom:demo', 'netloom:demo2'), true)).toBeUndefined();
    expect(marks(namespace('qrouter-a', lo()), true)).toBeUndefined();
    expect(marks(holding.replace('"ifname":"lo"', '"ifname":"lo","ifalias":"netloom:other"'), true)).toEqual({
      topology: 'other',
      tokens: [],
    });
  });
});
