import type { ChangeRow, DriftRow, GroupRow, PlanSection } from '../../wire/changes.ts';
import type { ApplyRequest } from '../../wire/requests.ts';
import type { RunRow, Work } from '../../wire/runs.ts';
import { post } from '../connection.ts';
import { fill, h, rows, type Child } from '../dom.ts';
import { machineCard } from '../machine.ts';
import { actionSign, impactTag, mark } from '../marks.ts';
import { problemList } from '../problems.ts';
import { setCount, viewHead, type View } from '../shell.ts';
import type { Store } from '../store.ts';
import { age, clockText, lengthText } from '../time.ts';

/** What an apply would change, what changed by itself, and what was applied. */
export function changesView(store: Store): View {
  const glance = h('div');
  const work = h('div', { class: 'work', role: 'status' });
  const groups = h('div', { class: 'groups' });
  const notes = h('div');
  const drift = h('ol', { class: 'drift' });
  const runs = h('div');
  const machine = h('div');
  const element = h(
    'section',
    { class: 'view', 'aria-label': 'Changes' },
    viewHead('Changes', glance),
    work,
    groups,
    notes,
    h(
      'article',
      { class: 'card wide', 'aria-label': 'Drift' },
      h('header', { class: 'card-head' }, h('h2', {}, 'Drift')),
      drift,
    ),
    h(
      'article',
      { class: 'card wide', 'aria-label': 'Runs' },
      h('header', { class: 'card-head' }, h('h2', {}, 'Runs')),
      runs,
    ),
    machine,
  );
  store.show(['machine'], ({ machine: now }) => {
    fill(machine, machineCard(now));
  });
  store.show(['changes', 'sight', 'about', 'work'], ({ changes, sight, about, work: now }) => {
    setCount('changes', changes?.groups.length ?? 0, 'objects differ from the file');
    const mayApply = about.mayApply && changes !== null && now.state !== 'running' && sight.state === 'seen';
    fill(glance, glanceOf(changes, sight.words, sight.state), mayApply && applyButton(changes));
  });
  store.show(['changes'], ({ changes }) => {
    rows(groups, changes?.groups ?? [], ({ label }) => label, groupCard);
    fill(notes, changes !== null && notesOf(changes));
  });
  store.show(['work'], ({ work: now }) => {
    fill(work, workWords(now));
  });
  store.show(['drift'], ({ drift: list }) => {
    if (list.length === 0)
      fill(drift, h('li', { class: 'empty' }, 'Nothing changed by itself since the page began to watch.'));
    else rows(drift, list, ({ id }) => String(id), driftItem);
  });
  store.show(['runs'], ({ runs: list }) => {
    fill(runs, list.length === 0 ? h('p', { class: 'empty' }, 'No run was archived on this machine.') : runTable(list));
  });
  return { id: 'changes', title: 'Changes', strokes: 'M5 8h11l-3.5-3.5M19 16H8l3.5 3.5', element };
}

function glanceOf(changes: PlanSection | null, words: string, sight: string): Child {
  if (sight === 'first') return h('p', { class: 'lead loading' }, 'The nodes are being read …');
  if (sight === 'failed')
    return h('p', { class: 'lead' }, mark('bad', 'The nodes cannot be read: what follows is older'));
  if (sight === 'blocked')
    return h('p', { class: 'lead' }, mark('warn', 'The file has errors: what follows is of its last good version'));
  if (changes === null) return h('p', { class: 'lead' }, mark(words.startsWith('No changes') ? 'good' : 'warn', words));
  return [
    h('p', { class: 'lead' }, mark('warn', changes.words)),
    h('p', { class: 'quiet' }, `Impact on traffic: ${changes.impacts}.`),
  ];
}

function notesOf({ notes, unlisted }: PlanSection): Child {
  return [
    notes.length > 0 &&
      h(
        'ul',
        { class: 'notes' },
        notes.map((note) => h('li', {}, note)),
      ),
    unlisted > 0 &&
      h('p', { class: 'quiet' }, `${String(unlisted)} more changes are not listed; \`netloom plan --full\` shows all.`),
  ];
}

function groupCard(group: GroupRow): HTMLElement {
  return h(
    'details',
    { class: 'card group' },
    h(
      'summary',
      {},
      actionSign(group.action),
      h(
        'span',
        { class: 'group-name' },
        h('strong', {}, group.label),
        group.details !== '' && h('span', { class: 'quiet' }, ` ${group.details}`),
      ),
      impactTag(group.impact),
      h('span', { class: 'group-counts quiet' }, group.counts.join('; ')),
      group.feels !== '' && h('span', { class: 'feels' }, group.feels),
    ),
    h(
      'ul',
      { class: 'changes' },
      group.changes.map((change) => changeItem(change)),
    ),
  );
}

function changeItem({ action, what, node, netns, impact, reason, lines }: ChangeRow): HTMLElement {
  return h(
    'li',
    {},
    h('div', { class: 'change-head' }, actionSign(action), h('code', {}, what), impactTag(impact)),
    h('p', { class: 'quiet' }, `${`${node} ${netns}`.trim()} · ${reason}`),
    lines.length > 0 &&
      h(
        'pre',
        { tabindex: '0', role: 'region', 'aria-label': `Difference of ${what}` },
        lines.map((line) => h('span', { class: lineClass(line) }, `${line}\n`)),
      ),
  );
}

function lineClass(line: string): string {
  if (/^\s*\+/.test(line)) return 'plus';
  return /^\s*-/.test(line) ? 'minus' : '';
}

/** The button shows the plan once more, and asks. */
function applyButton(plan: PlanSection): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'button primary',
      onclick: () => {
        ask(plan);
      },
    },
    'Apply …',
  );
}

function ask(plan: PlanSection): void {
  const answer = h('p', { role: 'status' });
  const send = async (): Promise<void> => {
    const status = await post('/api/apply', { checksum: plan.checksum } satisfies ApplyRequest);
    if (status === 202) dialog.close();
    else
      fill(
        answer,
        status === 409 ? 'Another apply runs.' : status === 0 ? 'netloom did not answer.' : 'netloom refused it.',
      );
  };
  const dialog = h(
    'dialog',
    { class: 'ask', 'aria-label': 'Apply this plan?' },
    h('h2', {}, 'Apply this plan?'),
    h('p', {}, plan.words),
    h('p', { class: 'quiet' }, `Impact on traffic: ${plan.impacts}.`),
    h(
      'ul',
      { class: 'ask-groups', tabindex: '0', role: 'list', 'aria-label': 'Objects' },
      plan.groups.map(({ action, label, feels }) =>
        h(
          'li',
          {},
          actionSign(action),
          h('span', {}, label, feels !== '' && h('span', { class: 'feels' }, ` ${feels}`)),
        ),
      ),
    ),
    h('p', { class: 'quiet' }, 'Exactly this plan is applied. If the file or the nodes change before, nothing is.'),
    answer,
    h(
      'div',
      { class: 'ask-buttons' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          onclick: () => {
            dialog.close();
          },
        },
        'Cancel',
      ),
      h('button', { type: 'button', class: 'button primary', onclick: () => void send() }, 'Apply'),
    ),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function workWords({ state, done, total, words, diagnostics, at }: Work): Child {
  switch (state) {
    case 'idle':
      return undefined;
    case 'running':
      return h(
        'div',
        { class: 'card note' },
        h('p', {}, 'Applying …', words !== '' && ` ${words}`),
        h('progress', { 'aria-label': 'Apply', max: Math.max(1, total), value: done }),
      );
    case 'settled':
    case 'failed':
    case 'stale': {
      const tone = state === 'settled' ? 'good' : state === 'failed' ? 'bad' : 'warn';
      return h(
        'div',
        { class: 'card note' },
        h('p', {}, mark(tone, words)),
        at !== null && h('p', { class: 'quiet' }, clockText(at)),
        problemList(diagnostics),
      );
    }
  }
}

function driftItem({ at, healed, cause, label, counts, impact }: DriftRow): HTMLElement {
  const word = cause === 'file' ? 'the file changed' : 'changed on the node';
  const open = cause === 'file' ? mark('calm', 'not applied') : mark('warn', 'drift');
  return h(
    'li',
    { class: healed === null ? 'open' : 'healed' },
    h('time', { datetime: new Date(at).toISOString(), class: 'quiet' }, clockText(at)),
    healed === null ? open : mark('good', cause === 'file' ? 'applied' : 'healed'),
    h(
      'div',
      {},
      h('strong', {}, label),
      impactTag(impact),
      h('p', { class: 'quiet' }, `${word} · ${counts.join('; ')}`),
    ),
    h('span', { class: 'quiet' }, healed === null ? age(at, 'for ') : `after ${shortText(healed - at)}`),
  );
}

const OUTCOMES: Readonly<Record<string, Parameters<typeof mark>[0]>> = {
  settled: 'good',
  failed: 'bad',
  'rolled-back': 'warn',
  reverted: 'warn',
  unfinished: 'calm',
};

function runTable(runs: readonly RunRow[]): HTMLElement {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Runs' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Run', 'Outcome', 'Started', 'Took', 'Changes', 'Impact', 'By'].map((text) =>
            h('th', { scope: 'col' }, text),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        runs.map((run) => runLine(run)),
      ),
    ),
  );
}

function runLine(run: RunRow): HTMLElement {
  const { create, update, replace, delete: remove } = run.changed;
  const more = run.undoes === null ? '' : ` of ${String(run.undoes)}`;
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, `${String(run.number)} ${run.command}${more}`),
    h(
      'td',
      {},
      mark(
        OUTCOMES[run.outcome] ?? 'calm',
        run.revertedBy === null ? run.outcome : `undone by ${String(run.revertedBy)}`,
      ),
    ),
    h('td', {}, clockText(run.started)),
    h('td', {}, run.ended === null ? '–' : secondsText(run.ended - run.started)),
    h('td', {}, `+${String(create + replace)} ~${String(update)} −${String(remove + replace)}`),
    h('td', {}, run.impact),
    h('td', {}, run.client || '–'),
  );
}

/** A watch heals within milliseconds. */
function shortText(milliseconds: number): string {
  return milliseconds < 1000 ? `${String(Math.round(milliseconds))} ms` : secondsText(milliseconds);
}

function secondsText(milliseconds: number): string {
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : lengthText(milliseconds);
}
