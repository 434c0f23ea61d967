import { it, expect } from 'vitest';
import { labOf, ownLabs } from './support/suite.ts';
import { example } from './support/topology.ts';
import { Monitors } from './support/monitors.ts';
ownLabs();
const net = labOf(() => example('e2e-zz'));
it('x', async () => {
  await net().apply();
  const m = await Monitors.start(net());
  await m.calm();
  await m.forget();
  await net().in('controller', 'ip -n qrouter-7a51a575-00f1-4709-badc-3d2866084c84 link set dev lo alias foo; ls -la /run/e2e-monitors; ps ax | grep monitor');
  console.log(await m.heard());
  await net().in('controller', 'ip -n qrouter-7a51a575-00f1-4709-badc-3d2866084c84 link set dev lo alias foo2; ip -n qrouter-7a51a575-00f1-4709-badc-3d2866084c84 addr add 9.9.9.9/32 dev lo');
  await new Promise(r => setTimeout(r, 500));
  console.log(await m.heard());
  console.log(await net().in('controller', 'ls -la /run/e2e-monitors; ps ax | grep monitor'));
});
