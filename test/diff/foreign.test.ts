import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { route } from '../../src/kinds/route/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Disturbance, Observed } from '../../src/model/resource.ts';
import { graphOf, inShort, ORIGIN } from '../support/engine.ts';
import { asObserved } from '../support/ordered.ts';
import { contextOf } from '../support/view.ts';

const router = netns('node1', 'qrouter-1', ORIGIN);
const inside = { node: 'node1', netns: 'qrouter-1' };
const own = route(inside, '10.9.0.0/16', [{ device: 'qr-1' }], ORIGIN);
const all = graphOf([router, own]);

/** A foreign route of the router. */
function foreign(name: string, disturbs: Partial<Disturbance> = {}, more: Partial<Observed> = {}): Observed {
  const spec = { ...own.spec, protocol: 'boot' };
  const about = { what: `route ${name}`, why: 'changes a route', ...disturbs };
  return { ...inside, kind: own.kind, name, spec, owner: 'foreign', disturbs: about, ...more };
}

function difference(graph: DesiredGraph, objects: readonly Observed[]) {
  const { changes, diagnostics, foreign: left } = diff(graph, [...asObserved(all), ...objects], contextOf(graph));
  return { changes: inShort(changes), diagnostics, left: left.map(({ name }) => name) };
}

describe('a foreign object that disturbs traffic in a namespace of ours', () => {
  test('is a warning that names it, and stays', () => {
    const { changes, diagnostics, left } = difference(all, [foreign('10.0.0.7/32')]);
    expect(changes).toEqual([]);
    expect(left).toEqual(['10.0.0.7/32']);
    expect(diagnostics).toEqual([
      {
        code: 'NLP40',
        severity: 'warning',
        summary: 'a foreign object in qrouter-1 on node1 can disturb its traffic',
        detail: 'route 10.0.0.7/32: changes a route',
        place: { node: 'node1', netns: 'qrouter-1' },
        hint: '`apply --heal-foreign` deletes it',
      },
    ]);
  });

  test('is deleted with healForeign', () => {
    const { changes, diagnostics, left } = difference({ ...all, healForeign: true }, [foreign('10.0.0.7/32')]);
    expect(changes).toEqual(['delete node1/qrouter-1/route/10.0.0.7/32']);
    expect([diagnostics, left]).toEqual([[], []]);
  });

  test('is deleted without healForeign if a desired object cannot work beside it', () => {
    const objects = [
      foreign('10.9.0.0/16@5', { blocks: [own] }),
      foreign('10.8.0.0/16', { blocks: [{ ...own, name: 'x' }] }),
    ];
    const { changes, left } = difference(all, objects);
    expect(changes).toEqual(['delete node1/qrouter-1/route/10.9.0.0/16@5']);
    expect(left).toEqual(['10.8.0.0/16']);
  });

  test('at the address of a desired object it is overwritten', () => {
    const rival = foreign(own.name);
    const { changes, diagnostics } = diff(all, [...asObserved(graphOf([router])), rival], contextOf(all));
    expect(inShort(changes)).toEqual(['update node1/qrouter-1/route/10.9.0.0/16 (protocol)']);
    expect(diagnostics).toEqual([]);
  });

  test('is not told if its namespace is deleted', () => {
    const { changes, diagnostics, left } = difference(graphOf([]), [foreign('10.0.0.7/32')]);
    expect(changes).toContain('delete node1/-/netns/qrouter-1');
    expect([diagnostics, left]).toEqual([[], []]);
  });

  test('on the node itself it is told and never deleted', () => {
    const there = foreign('10.0.0.7/32', { blocks: [own] }, { netns: null });
    const { changes, diagnostics, left } = difference({ ...all, healForeign: true }, [there]);
    expect([changes, left]).toEqual([[], ['10.0.0.7/32']]);
    expect(diagnostics.map(({ summary }) => summary)).toEqual(['a foreign object on node1 can disturb traffic']);
  });

  test('at most 20 of a namespace are named; foreign text is bounded and stays on its line', () => {
    const many = Array.from({ length: 25 }, (_, i) =>
      foreign(`10.0.0.${String(i)}/32`, i === 0 ? { what: `a\nb${'x'.repeat(500)}` } : {}),
    );
    const [warning, ...more] = difference(all, many).diagnostics;
    expect(more).toEqual([]);
    const lines = warning?.detail?.split('\n') ?? [];
    expect(lines).toHaveLength(21);
    expect(lines[0]).toHaveLength(200);
    expect(lines[20]).toBe('and 5 more');
  });
});
