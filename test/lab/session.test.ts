import { expect, test } from 'vitest';
import type { SessionEvent } from '../../src/model/event.ts';
import { approveAndApply, type Terms } from '../../src/session/approve-and-apply.ts';
import { createEngine } from '../../src/session/create-engine.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import { endLab, runInLab, startLab } from '../../src/session/lab.ts';
import { withNetwork } from '../../src/session/network.ts';
import { createSession } from '../../src/session/session.ts';
import { planOrThrow, emptyTarget, type Target } from '../../src/session/target.ts';
import { loadDesired } from '../../src/session/desired.ts';
import { needsNamespaces } from './support.ts';

needsNamespaces();

const FILE = new URL('../../topologies/minimal.yaml', import.meta.url).pathname;
const NO_MORE: Terms = {
  allow: { force: false, allowEmpty: false },
  consent: () => Promise.resolve(true),
  rollback: true,
};

test('a session plans, applies and destroys a network, and the guard refuses in between', async () => {
  const events: SessionEvent[] = [];
  const { signal } = new AbortController();
  const session = createSession({ engine: createEngine(), signal, onEvent: (event) => events.push(event) });
  const wanted = await loadDesired(session, FILE);
  const become = (which: (network: Target) => Target, terms: Terms) =>
    withNetwork(session, FILE, { lab: true }, async (network) => {
      const target = which(network);
      return approveAndApply(session, target, await planOrThrow(session, target), terms);
    });
  const [node = ''] = wanted.graph.nodes;
  const links = async (): Promise<string> =>
    (await runInLab(session, wanted.topology, node, ['ip', '-br', 'link'], { timeoutMs: 10_000 })).stdout;
  try {
    expect(await startLab(session, wanted), 'startLab brings a lab up').toBe(true);
    const bare = await links();
    expect((await become((network) => network, NO_MORE)).outcome).toBe('settled');
    const standing = await links();
    expect(standing).not.toBe(bare);
    await expect(become(emptyTarget, NO_MORE)).rejects.toThrow(/names nothing/);
    expect(await links()).toBe(standing);
    expect((await become(emptyTarget, { ...NO_MORE, allow: ALLOW_ALL_DELETIONS })).outcome).toBe('settled');
    expect(await links()).toBe(bare);
  } finally {
    await endLab(session, wanted.topology.doc.name);
  }
  const types = events.map(({ type }) => type);
  expect(types.filter((type) => ['lab-up', 'settled'].includes(type))).toEqual(['lab-up', 'settled', 'settled']);
  const times = events.map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});
