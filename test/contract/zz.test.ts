import { expect, test } from 'vitest';
import { testNodes } from '../support/node.ts';
import { snapshot } from '../support/snapshot.ts';
import { compiled } from '../support/compiled.ts';
import { applyOn } from '../support/engine.ts';
import { readFileSync } from 'node:fs';
const nodes = testNodes();
test.each([false, true])('x rootless %s', async (rootless) => {
  const t0 = Date.now();
  const node = await nodes.open({ rootless });
  const t1 = Date.now();
  await node.nic('eth0', 'fa:16:3e:00:00:01');
  const { graph } = compiled(readFileSync('topologies/minimal.yaml', 'utf8'));
  for (const n of new Set([...graph.resources.values()].map((r) => r.netns)))
    if (n?.startsWith('/')) await node.guest(n);
  const t2 = Date.now();
  const a = await applyOn(node, graph);
  const t3 = Date.now();
  const s = await snapshot(node);
  const t4 = Date.now();
  process.stdout.write(
    JSON.stringify({ open: t1 - t0, setup: t2 - t1, apply: t3 - t2, snap: t4 - t3, rounds: a.rounds }) + '\n',
  );
  if (!rootless) process.stdout.write(JSON.stringify(s, null, 1));
  expect(1).toBe(1);
});
