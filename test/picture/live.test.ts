import { describe, expect, test } from 'vitest';
import { layout } from '../../src/picture/layout/layout.ts';
import { marksOf } from '../../src/picture/live/marks.ts';
import type { Marks } from '../../src/picture/live/mark.ts';
import { sceneOf } from '../../src/picture/scene/draw.ts';
import type { Level, Scene } from '../../src/picture/scene/scene.ts';
import { renderSvg } from '../../src/picture/svg/svg.ts';
import { floatingIpsOf } from '../../src/render/show/floating-ips.ts';
import { servicesOf } from '../../src/render/show/services.ts';
import { kindWord, type Observed } from '../../src/model/resource.ts';
import { compiled } from '../support/compiled.ts';
import { asObserved, planFrom } from '../support/ordered.ts';
import { faultsOf } from './faults.ts';
import { manyInstances, read } from './draw.ts';

const TEXT = manyInstances(2, 1);
const { doc, resolved } = read(TEXT);

/** Returns the marks for what is left of the network on the nodes. */
function marksFor(isLeft: (object: Observed) => boolean, leftOut: readonly string[] = []): Marks {
  const { graph } = compiled(TEXT);
  const made = planFrom(asObserved(graph).filter(isLeft), graph);
  const plan = { ...made, leftOut };
  return marksOf(resolved, {
    services: servicesOf(resolved, plan, []),
    floatingIps: floatingIpsOf(resolved, plan, []),
    groups: plan.groups,
  });
}

function drawn(marks: Marks, level: Level = 'networks'): Scene {
  return sceneOf(level, { doc, resolved, marks, most: 200 });
}

function unwell({ things, containers }: Scene): readonly unknown[] {
  return [...containers, ...things].flatMap(({ name, mark }) =>
    mark === undefined || mark.health === 'ok' ? [] : [[name, mark.health, ...mark.lines]],
  );
}

describe('with --live', () => {
  test('a network as in the file has a tick at everything that is read', () => {
    const scene = drawn(marksFor(() => true));
    expect(unwell(scene)).toEqual([]);
    expect(scene.things.map(({ kind, mark }) => [kind, mark?.health])).toEqual([
      ['network', 'ok'],
      ['network', 'ok'],
      ['router', 'ok'],
      ['instance', 'ok'],
      ['instance', 'ok'],
    ]);
    expect(scene.about).toMatch(/ · all as in the file$/);
  });

  test('what is missing, and what an apply would do about it, is at its box', () => {
    const { tap } = resolved.instances.get('vm1')!.ports[0]!;
    const marks = marksFor(({ name }) => name !== tap);
    expect(unwell(drawn(marks))).toEqual([
      ['vm1', 'missing', 'missing', 'apply: 1 anti-spoofing filter, 1 link created on n2'],
    ]);
    expect(unwell(drawn(marks, 'devices'))).toEqual(expect.arrayContaining([...unwell(drawn(marks))]));
    expect(drawn(marks).about).toMatch(/ · 1 not as in the file$/);
  });

  test('a missing address of a floating IP is at its instance and at its router', () => {
    const { address } = resolved.floatingIps[0]!;
    const scene = drawn(marksFor(({ name }) => !name.startsWith(`${address}/`)));
    expect(unwell(scene)).toEqual([
      ['r', 'degraded', expect.stringContaining(address)],
      ['vm0', 'missing', `floating IP ${address} missing`, 'apply: 1 address created on n1'],
    ]);
  });

  test('a missing bridge is at the network, and at the level of devices at the bridge itself', () => {
    const { name } = resolved.bridges.find(({ node, networks }) => node === 'n2' && networks.includes('net'))!;
    const marks = marksFor((object) => object.node !== 'n2' || object.name !== name);
    const [net] = unwell(drawn(marks)) as [readonly string[]];
    expect(net.slice(0, 3)).toEqual(['net', 'missing', `bridge ${name} missing on n2`]);
    expect(unwell(drawn(marks, 'devices'))).toContainEqual([name, 'missing', 'missing']);
  });

  test('a node that is left out, and what is on it, was not read', () => {
    const scene = drawn(
      marksFor(() => true, ['n2']),
      'devices',
    );
    expect(unwell(scene).map((each) => (each as readonly string[]).slice(0, 3))).toEqual([
      ['n2', 'unknown', 'the node is left out'],
      [expect.stringMatching(/^brq/), 'unknown', 'the node is left out'],
      ['vm1', 'unknown', 'the node is left out'],
    ]);
  });

  test.each(['networks', 'devices'] as const)('health has a sign, a colour and words; level %s', async (level) => {
    const geometry = await layout(
      drawn(
        marksFor(({ kind }) => !/^(?:netns|bridge)$/.test(kindWord(kind))),
        level,
      ),
    );
    expect(faultsOf(geometry)).toEqual([]);
    const svg = renderSvg(geometry);
    expect(svg).toMatch(/<g class="thing router missing unwell"/);
    expect(svg).toMatch(/<text class="wrong"[^>]*>missing</);
    expect(svg).toMatch(/<desc[^>]*>[^<]*Not well: /);
  });
});
