import { beforeAll, describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/kinds/registry.ts';
import { DiagnosticError } from '../../../src/model/diagnostic.ts';
import type { NodeView } from '../../../src/model/probe.ts';
import { observeNode } from '../../../src/observe/observe.ts';
import { readScript } from '../../../src/observe/script.ts';
import { parseView } from '../../../src/observe/view.ts';
import { planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { expectQuiet, graphFor, nameOf, standing } from './support.ts';

const nodes = testNodes('ip', 'iptables');
const NONCE = 'cafe';
const graph = graphFor();
const ROUTER = nameOf(graph, 'netns', 'qrouter-');

/** Returns the result of an attempt: the code of an error, or nothing. */
function refusal(attempt: () => unknown): string {
  try {
    attempt();
    return '';
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]?.code ?? '';
    throw error;
  }
}

describe('a node that was read only in part', () => {
  let node: TestNode;
  let lines: readonly string[];
  const parsed = (some: readonly string[]): NodeView => parseView('node1', NONCE, some.join('\n'));
  /** Where the output of a namespace begins and ends; the node's own has no name. */
  const sections = (): { name: string; begin: number; end: number }[] => {
    const starts = lines.flatMap((line, i) => (/^@cafe (?:namespace |node$)/.test(line) ? [i] : []));
    return starts.flatMap((begin) => {
      // The last namespace is followed by what reading took, which may be missing.
      const end = lines.indexOf(`@${NONCE} end`, begin) + 1;
      const [, word, name = ''] = (lines[begin] ?? '').split(' ');
      return word === 'namespace' ? [{ name, begin, end }] : [];
    });
  };

  beforeAll(async () => {
    node = await standing(nodes, graph);
    await node.sh('ip netns add theirs; touch /run/netns/dead');
    const probes = [...new Map(KINDS.flatMap((kind) => kind.probes).map((probe) => [probe.id, probe])).values()];
    lines = (await node.shell.read(readScript(NONCE, probes, { topology: graph.topology }))).split('\n');
  });

  test('complete: it lists every namespace, and an empty file that is no namespace as unfinished', () => {
    const view = parsed(lines);
    expect(view.namespaces.map(({ netns }) => netns)).toEqual([null, '/run/netloom-guests/guest', ROUTER, 'theirs']);
    expect([view.unfinished, view.dead]).toEqual([['dead'], []]);
  });

  test('a namespace whose output is truncated anywhere is an error', () => {
    expect(sections()).toHaveLength(4);
    const missed = sections().flatMap(({ name, begin, end }) => {
      const most = Math.min(end - begin - 1, 40);
      return Array.from({ length: most }, (_, i) => i + 1)
        .filter((cut) => !refusal(() => parsed([...lines.slice(0, end - cut), ...lines.slice(end)])).startsWith('NLO'))
        .map((cut) => `${name}: the last ${cut} of ${end - begin} lines`);
    });
    expect(missed).toEqual([]);
  });

  test('a namespace without output is an error', () => {
    const missed = sections().filter(
      ({ begin, end }) => !refusal(() => parsed([...lines.slice(0, begin), ...lines.slice(end)])).startsWith('NLO'),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  test('no space in /tmp is needed', async () => {
    await node.sh('mount -t tmpfs -o size=4k,nr_inodes=1 t /tmp');
    try {
      await expectQuiet(node, graph);
    } finally {
      await node.sh('umount /tmp');
    }
  });

  test('a namespace of unknown state is an error, never an absence', async () => {
    await node.sh('touch /run/netns/other; mount --bind /proc/self/ns/uts /run/netns/other');
    try {
      await expect(planOn(node, graph)).rejects.toThrow('NLO01');
    } finally {
      await node.sh('umount /run/netns/other; rm /run/netns/other');
    }
  });

  test('a link to nowhere and a socket among the namespaces are dead', async () => {
    await node.sh(`ln -s /nowhere /run/netns/link
      perl -MSocket -e 'socket my $s, AF_UNIX, SOCK_STREAM, 0; bind $s, sockaddr_un("/run/netns/socket")'`);
    try {
      const view = await observeNode(node.shell, graph.topology);
      expect([view.unfinished, view.dead]).toEqual([['dead'], ['link', 'socket']]);
    } finally {
      await node.sh('rm /run/netns/link /run/netns/socket');
    }
  });
});

test('a control character in the alias of a foreign link does not stop the reading', async () => {
  const node = await standing(nodes, graph);
  await node.sh(`ip link add name theirs type bridge; ip link set dev theirs alias "$(printf 'a\\001b\\033[31m\\tc')"
    ip -n ${ROUTER} link add name more type bridge; ip -n ${ROUTER} link set dev more alias "$(printf '\\177\\002')"`);
  // A bridge in a router can take its devices.
  await expectQuiet(node, graph, ['NLP40']);
});
