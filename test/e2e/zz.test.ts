import { it, expect } from 'vitest';
import { labOf, ownLabs } from './support/suite.ts';
import { example } from './support/topology.ts';
import { changesOf } from './support/network.ts';
ownLabs();
const net = labOf(() => example('e2e-zz'));
const ROUTER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
it('x', async () => {
  await net().apply();
  await net().in(
    'controller',
    `ip netns exec ${ROUTER} setsid sleep 600 </dev/null >/dev/null 2>&1 & sleep 0.2; ip netns del ${ROUTER}`,
  );
  const p = await net().plan();
  console.log(changesOf(p).join('\n').slice(0, 3000));
  for (const b of p.plan.batches)
    console.log(
      b.id,
      b.node,
      b.netns,
      b.lane,
      b.after,
      b.steps
        .filter((s) => JSON.stringify(s).includes('tap') || JSON.stringify(s).includes('netns-add'))
        .map((s) => s.address + ' ' + JSON.stringify(s.command))
        .join('\n'),
    );
  await net().apply();
});
