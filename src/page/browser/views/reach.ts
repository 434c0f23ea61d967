import type { Reach, ReachRow } from '../../wire/reach.ts';
import { post } from '../connection.ts';
import { fill, h, type Child } from '../dom.ts';
import { mark, type Tone } from '../marks.ts';
import { problemList } from '../problems.ts';
import { setCount, viewHead, type View } from '../shell.ts';
import type { Store } from '../store.ts';
import { clockText } from '../time.ts';

/** The expectations of the file as a matrix: who reaches whom. */
export function reachView(store: Store): View {
  const glance = h('div');
  const problems = h('div');
  const matrix = h('div');
  const list = h('div');
  const element = h(
    'section',
    { class: 'view', 'aria-label': 'Reachability' },
    viewHead('Reachability', glance),
    problems,
    matrix,
    list,
  );
  store.show(['reach'], ({ reach }) => {
    setCount('reach', reach.rows.filter(({ ok }) => ok === false).length, 'not as expected');
    fill(glance, glanceOf(reach), tryButton(reach));
    fill(problems, problemList(reach.diagnostics));
    fill(matrix, reach.rows.length > 0 && matrixOf(reach.rows));
    fill(list, reach.rows.length > 0 && listOf(reach.rows));
  });
  return { id: 'reach', title: 'Reachability', strokes: 'M5 12h14M13 6l6 6-6 6M5 6v12', element };
}

function glanceOf({ state, at, rows }: Reach): Child {
  const tried = rows.filter(({ ok }) => ok !== null);
  const failed = tried.filter(({ ok }) => ok === false).length;
  if (state === 'running') return h('p', { class: 'lead loading' }, 'Being tried …');
  if (state === 'failed') return h('p', { class: 'lead' }, mark('bad', 'It could not be tried'));
  if (state === 'idle' || at === null) {
    const words =
      rows.length === 0
        ? 'The file expects nothing: every service is asked.'
        : `${String(rows.length)} expectations, not tried yet.`;
    return h('p', { class: 'lead' }, words);
  }
  if (rows.length === 0) return h('p', { class: 'lead' }, 'There is no service that can be asked.');
  const words =
    failed === 0
      ? `All ${String(tried.length)} as expected`
      : `${String(failed)} of ${String(tried.length)} not as expected`;
  return [
    h('p', { class: 'lead' }, mark(failed === 0 ? 'good' : 'bad', words)),
    h('p', { class: 'quiet' }, `Tried at ${clockText(at)}.`),
  ];
}

function tryButton({ state }: Reach): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'button primary', disabled: state === 'running', onclick: () => void post('/api/verify') },
    state === 'idle' ? 'Try now' : 'Try again',
  );
}

function matrixOf(rows: readonly ReachRow[]): HTMLElement {
  const from = [...new Set(rows.map((row) => row.from))];
  const to = [...new Set(rows.map((row) => row.to))];
  return h(
    'div',
    { class: 'card wide scroll', tabindex: '0', role: 'region', 'aria-label': 'Matrix of expectations' },
    h(
      'table',
      { class: 'matrix' },
      h('caption', { class: 'unseen' }, 'Who reaches whom: senders in rows, targets in columns'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', { class: 'corner quiet' }, 'from ↓ to →'),
          to.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        from.map((sender) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, sender),
            to.map((target) =>
              h(
                'td',
                {},
                rows
                  .filter((row) => row.from === sender && row.to === target)
                  .map((row) => h('div', { class: 'cell' }, mark(toneOf(row), row.protocol))),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function toneOf({ ok }: ReachRow): Tone {
  return ok === null ? 'calm' : ok ? 'good' : 'bad';
}

function listOf(rows: readonly ReachRow[]): HTMLElement {
  return h(
    'article',
    { class: 'card wide', 'aria-label': 'Expectations' },
    h(
      'ul',
      { class: 'services reach' },
      rows.map((row) =>
        h(
          'li',
          { class: 'service' },
          mark(toneOf(row), row.ok === null ? 'not tried' : row.ok ? 'as expected' : 'not as expected'),
          h(
            'div',
            { class: 'service-name' },
            h('strong', {}, `${row.from} → ${row.to}`),
            h('code', {}, row.protocol),
            h('p', { class: 'quiet' }, sentence(row)),
          ),
        ),
      ),
    ),
  );
}

function sentence({ expected, result, detail }: ReachRow): string {
  const got = {
    answered: 'an answer',
    refused: 'a refusal',
    other: 'another answer',
    'no-answer': 'no answer',
    failed: 'no answer',
    undecided: 'undecided',
  }[result];
  const parts = [`expected ${expected}`, got === undefined ? '' : `got ${got}`, detail];
  return parts.filter((part) => part !== '').join(' · ');
}
