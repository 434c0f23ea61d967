import { kindName } from '../../src/model/resource.ts';
import { expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import type { Command } from '../../src/model/command.ts';
import { paint } from '../../src/render/colour.ts';
import { planDocument } from '../../src/render/plan/json.ts';
import { renderPlan } from '../../src/render/plan/text.ts';
import { showDocument } from '../../src/render/show/json.ts';
import { batch, change, plan } from './plan/make.ts';

const SECRET = '#cloud-config\npassword: hunter2\n';
const ENCODED = Buffer.from(`${SECRET}\0`).toString('base64');
const STAND_IN = '(sensitive, 32 bytes, sha256 fd2dccab…)';
const file = { kind: 'file', name: '/run/f' } as const;

/** Returns a change of a file’s text and mode. */
function updated(from: object, to: object): Change {
  const content = (spec: object): unknown => ('content' in spec ? spec.content : '');
  const made = change({
    ...file,
    action: 'update',
    fields: [{ field: 'content', from: content(from), to: content(to) }],
  });
  return { ...made, desired: { ...made.desired!, spec: to }, observed: { ...made.observed!, spec: from } };
}

const secret = { content: SECRET, mode: '600' };
const changes: Readonly<Record<string, Change>> = {
  created: change({ ...file, action: 'create', spec: secret }),
  deleted: change({ ...file, action: 'delete', spec: secret }),
  'with new content': updated(secret, { content: ENCODED, encoding: 'base64', mode: '400' }),
  'made readable by others': updated(secret, { content: `${SECRET}more\n`, mode: '644' }),
  'of a recorded state': updated(
    { content: '', mode: '600', sealed: { bytes: 32, sha256: 'fd2dccab' } },
    { content: `${SECRET}more\n`, mode: '600' },
  ),
  'no longer readable by others': updated({ content: `${SECRET}more\n`, mode: '644' }, secret),
};

for (const [what, made] of Object.entries(changes)) {
  test(`a file that only its owner may read, ${what}: neither text nor JSON shows its content`, () => {
    const write: Command = { tool: 'write', path: '/run/f', ...secret };
    const steps = [{ address: made.address, command: write }];
    const planned = plan([made], [{ ...batch(0, []), lane: 'sh', steps }]);
    const texts = [
      renderPlan(planned, { colours: paint(false), detail: 'full' }),
      JSON.stringify(planDocument(planned, [])),
    ];
    for (const text of texts) {
      expect(text).toContain(STAND_IN);
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain(ENCODED);
    }
  });
}

test('a file that others may read is shown', () => {
  const made = plan([change({ ...file, action: 'create', spec: { content: 'hunter2', mode: '640' } })]);
  expect(renderPlan(made, { colours: paint(false) })).toContain('hunter2');
  expect(JSON.stringify(planDocument(made, []))).toContain('"content":"hunter2"');
});

test('the JSON of observed objects has no secret content', () => {
  const document = showDocument({
    topology: 't',
    services: [],
    floatingIps: [],
    state: [],
    leftOut: [],
    observed: [{ node: 'n', netns: null, ...file, kind: kindName(file.kind), owner: 'ours', spec: secret }],
    diagnostics: [],
  });
  expect(document).toMatchObject({ objects: [{ spec: { content: STAND_IN, sensitive: true } }] });
});
