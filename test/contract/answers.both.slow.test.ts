import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { shellQuote } from '../../src/hosts/quote.ts';
import { DiagnosticError, type Diagnostic } from '../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { survey } from '../../src/gc/survey.ts';
import { inShort, planOn } from '../support/engine.ts';
import { testedMechanism } from '../support/mechanism.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { healGraph, prepare } from './heal/network.ts';
import { becomes, nothingOf } from './regress/support.ts';

const nodes = testNodes('ip', 'iptables', 'ipset', 'nft', 'dnsmasq', 'haproxy');

/** How a program can fail to answer. */
const FAILURES = {
  'prints nothing': 'exit 0',
  'prints garbage': 'echo "Hello, world!"; exit 0',
  'is cut off': '"$real" "$@" | head -c 40; exit 0',
  fails: 'echo "no such luck" >&2; exit 1',
  'is killed': 'kill -KILL $$',
} as const;

/** Every program that reading a node runs. */
const PROGRAMS = [
  ...['ip', 'iptables', 'ip6tables', 'iptables-save', 'ip6tables-save', 'ipset', 'nft'],
  ...['ovs-vsctl', 'ovs-appctl', 'grep', 'find', 'stat', 'readlink', 'base64', 'tr', 'sed', 'awk'],
  // Without it no shell opens, so it fails for some seconds only.
  'perl',
];

const FAKES = '/run/iptables';

/** What a node is believed to be: the changes to three states, and the topologies found without a file. */
async function belief(node: TestNode, graph: DesiredGraph): Promise<Readonly<Record<string, () => Promise<unknown>>>> {
  const changes = async (desired: DesiredGraph): Promise<unknown> => {
    const { plan, diagnostics } = await planOn(node, desired);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new DiagnosticError(errors);
    return inShort(plan.changes);
  };
  return Promise.resolve({
    apply: () => changes(graph),
    destroy: () => changes(nothingOf(graph)),
    gc: async () => (await survey(node.shells)).topologies.map(({ topology, traces }) => [topology, traces.length]),
  });
}

/** Opens a shell as soon as one can be opened. */
async function reopened(node: TestNode): Promise<void> {
  for (let i = 0; ; i += 1) {
    try {
      await node.reopen();
      return;
    } catch (error) {
      if (i === 20) throw error;
      await sleep(500);
    }
  }
}

describe('a program that does not answer is never taken for absence', () => {
  let node: TestNode;
  let graph: DesiredGraph;
  const truth = new Map<string, unknown>();
  beforeAll(async () => {
    node = await nodes.open({ iptables: 'nft' });
    graph = await healGraph(node);
    await prepare(node, graph);
    await becomes(node, graph);
    for (const [verb, ask] of Object.entries(await belief(node, graph))) truth.set(verb, await ask());
  }, 60_000);

  test('with all programs as they are, the truth is known', () => {
    expect(truth.get('apply')).toEqual([]);
    expect(truth.get('destroy')).not.toEqual([]);
    expect(truth.get('gc')).toEqual([['demo', expect.any(Number)]]);
  });

  describe.each(PROGRAMS)('%s', (program) => {
    test.each(Object.entries(FAILURES))('%s', async (_, script) => {
      if (program.startsWith('ovs-') && testedMechanism() !== 'openvswitch') return;
      const wrong: string[] = [];
      const unnamed: Diagnostic[] = [];
      await node.sh(`mkdir -p /run/real; ln -sfn "$(/bin/readlink -f "$(command -v ${program})")" /run/real/${program}
        rm -f ${FAKES}/${program}
        printf '#!/bin/sh\nreal=/run/real/${program}\n[ "$(cut -d. -f1 /proc/uptime)" -lt %s ] || exec "$real" "$@"\n%s\n' \
          "$(($(cut -d. -f1 /proc/uptime) + ${program === 'perl' ? 4 : 100}))" ${shellQuote(script)} >${FAKES}/${program}
        chmod +x ${FAKES}/${program}`);
      try {
        await node.reopen();
        for (const [verb, ask] of Object.entries(await belief(node, graph))) {
          try {
            const found = await ask();
            if (JSON.stringify(found) !== JSON.stringify(truth.get(verb))) wrong.push(verb);
          } catch (error) {
            if (!(error instanceof DiagnosticError)) throw error;
            unnamed.push(...error.diagnostics.filter(({ place }) => place?.node !== 'node1'));
          }
        }
      } catch (error) {
        // No shell opens with such a perl.
        if (program !== 'perl' || !(error instanceof DiagnosticError)) throw error;
        await reopened(node);
      } finally {
        await node.shell.job(`ln -sfn "$(/bin/readlink -f /run/real/${program})" ${FAKES}/${program}`);
      }
      expect(wrong).toEqual([]);
      expect(unnamed).toEqual([]);
    });
  });
});
