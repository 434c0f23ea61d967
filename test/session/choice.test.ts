import { describe, expect, test } from 'vitest';
import { hostError } from '../../src/hosts/errors.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { Host } from '../../src/model/host.ts';
import { openNodes } from '../../src/session/nodes.ts';
import { netloom, TOPOLOGY } from '../support/fake-world.ts';

const NODE = '{ reach: { via: lab }, nics: { eth1: { physical_network: lan } } }';
const THREE = TOPOLOGY.replace('  n1: ', `  n2: ${NODE}\n  n3: ${NODE}\n  n1: `);
const files = { 't.yaml': THREE };

function unreachable(node: string, why: string): DiagnosticError {
  const summary = `Node ${node} (ssh ${node}) cannot be reached: exit code 255`;
  return hostError({ code: 'NLH003', node, summary, detail: why, hint: `Try: ssh ${node} true` });
}

describe('--node and --except', () => {
  test.each([
    [['--node', 'n1'], 'open n1'],
    [['--node', 'n1,n3'], 'open n3 n1'],
    [['--node', 'n1', '--node', 'n2'], 'open n2 n1'],
    [['--except', 'n1'], 'open n2 n3'],
    [['--except', 'n1', '--except', 'n2'], 'open n3'],
    [['--node', 'n1,n2', '--except', 'n2'], 'open n1'],
    [[], 'open'],
  ])('%j', async (flags, opened) => {
    for (const verb of ['plan', 'show', 'apply --yes', 'destroy --yes']) {
      const { calls } = await netloom([...verb.split(' '), ...flags, 't.yaml'], { files });
      expect([verb, calls[0]]).toEqual([verb, opened]);
    }
  });

  test('every unknown name is an error with a suggestion, and nothing is opened', async () => {
    for (const verb of ['plan', 'show', 'apply --yes', 'destroy --yes']) {
      const flags = ['--node', 'n1,n33', '--except', 'm2'];
      const { code, err, calls } = await netloom([...verb.split(' '), ...flags, 't.yaml'], { files });
      expect([verb, code, calls]).toEqual([verb, 1, []]);
      expect(err.match(/error\[NLX22\]/g)).toHaveLength(2);
      expect(err).toContain('did you mean "n2"?');
    }
  });

  test('a choice of no node is an error', async () => {
    const { code, err, calls } = await netloom(['plan', '--except', 'n1,n2,n3', 't.yaml'], { files });
    expect([code, calls]).toEqual([1, []]);
    expect(err).toContain('NLX55');
  });
});

describe('nodes that cannot be reached', () => {
  test('are named at once, with the command line that works on the others', async () => {
    const hosts = new Map(
      ['n1', 'n2', 'n3'].map((node): [string, Host] => [
        node,
        {
          node,
          description: node,
          open: () =>
            node === 'n1'
              ? Promise.resolve({ close: () => Promise.resolve() } as never)
              : Promise.reject(unreachable(node, `no route to ${node}`)),
        },
      ]),
    );
    const { code, err } = await netloom(['apply', '--yes', 't.yaml'], {
      files,
      engine: () => ({ open: () => openNodes(hosts) }),
    });
    expect(code).toBe(1);
    expect(err.match(/error\[/g)).toHaveLength(1);
    expect(err).toContain('error[NLH008]: 2 of 3 nodes cannot be reached: n2, n3');
    expect(err).toContain('no route to n2');
    expect(err).toContain('no route to n3');
    expect(err).toContain('hint: to work on the others: `netloom apply --except n2,n3 --yes t.yaml`\n');
  });

  const failing = (...errors: readonly Error[]): Promise<unknown> =>
    openNodes(
      new Map(
        errors.map((error, i): [string, Host] => [
          `n${i}`,
          { node: `n${i}`, description: '', open: () => Promise.reject(error) },
        ]),
      ),
    ).catch((error: unknown) => error);

  test('without any that can, there is no command line; a single node keeps its own error', async () => {
    const [one, two] = [unreachable('n0', 'a'), unreachable('n1', 'b')];
    expect(await failing(one, two)).toMatchObject({ all: true, nodes: ['n0', 'n1'] });
    expect(await failing(one)).toBe(one);
  });

  test('another error than that is not hidden behind them', async () => {
    const down = new DiagnosticError([{ code: 'NLL003', severity: 'error', summary: 'the lab is not up' }]);
    expect(await failing(unreachable('n0', 'a'), down)).toBe(down);
  });
});
