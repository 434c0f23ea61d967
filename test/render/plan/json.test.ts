import { expect, test } from 'vitest';
import { planDocument } from '../../../src/render/plan/json.ts';
import { batch, change, plan } from './make.ts';

test('the JSON document of a plan has every key; absent values are null', () => {
  const created = change({
    kind: 'bridge',
    name: 'brq1',
    action: 'create',
    fields: [{ field: 'mtu', from: undefined, to: 1500 }],
  });
  const document: unknown = JSON.parse(
    JSON.stringify(planDocument(plan([created], [batch(0, [created.address])]), [])),
  );
  expect(document).toEqual({
    format_version: '1.1',
    topology: 'demo',
    summary: { create: 1, update: 0, replace: 0, delete: 0 },
    owned: 10,
    left_out: [],
    foreign: [],
    groups: [
      {
        label: 'object somewhere',
        subject: {
          type: 'object',
          name: 'somewhere',
          node: null,
          details: null,
          origin: { path: 'somewhere', file: null, line: null, column: null },
        },
        reason: null,
        action: 'create',
        impact: 'none',
        becomes: null,
        counts: [{ node: 'n1', action: 'create', what: 'bridge', number: 1 }],
        changes: ['n1/-/bridge/brq1'],
      },
    ],
    notes: [],
    changes: [
      {
        address: 'n1/-/bridge/brq1',
        node: 'n1',
        netns: null,
        kind: 'bridge',
        name: 'brq1',
        action: 'create',
        reason: '',
        impact: 'none',
        fields: [{ field: 'mtu', from: null, to: 1500, replace: false }],
        desired: {},
        observed: null,
        origin: { path: 'somewhere', file: null, line: null, column: null },
      },
    ],
    batches: [
      {
        id: 0,
        node: 'n1',
        netns: null,
        lane: 'ip',
        steps: [{ address: 'n1/-/bridge/brq1', command: { tool: 'ip', netns: null, words: ['link'] } }],
        after: [],
      },
    ],
    diagnostics: [],
  });
});
