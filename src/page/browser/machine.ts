import type { BackingOff, Machine, MachineNote } from '../wire/machine.ts';
import type { Sight } from '../wire/sight.ts';
import { h, type Child } from './dom.ts';
import { mark, type Tone } from './marks.ts';
import { clockText, serverNow } from './time.ts';

const PHASES: Readonly<Record<Machine['phase'], readonly [Tone, string]>> = {
  idle: ['good', 'live'],
  settling: ['good', 'live'],
  checking: ['calm', 'reading'],
  applying: ['warn', 'applying'],
  'standing-still': ['warn', 'standing still'],
};

/** Returns how the watch is, in one mark. */
export function machineMark({ phase, blocked, backingOff }: Machine, sight: Sight['state']): HTMLElement {
  if (sight === 'first') return mark('calm', 'reading');
  if (sight === 'failed') return mark('bad', 'cannot read');
  if (blocked) return mark('warn', 'blocked');
  if (phase === 'idle' && backingOff.length > 0) return mark('warn', 'backing off');
  return mark(...PHASES[phase]);
}

const TASKS: Readonly<Record<Machine['task'], string>> = {
  shows: 'What differs is shown, and left as it is.',
  reports: 'netloom watch applies every save, and only tells what differs in between.',
  heals: 'netloom watch applies every save, and puts right what differs in between.',
  applies: 'netloom watch applies every save.',
};

const DOES: Readonly<Record<Machine['phase'], string>> = {
  idle: 'Waiting for the file or a node to change.',
  settling: 'Something has changed, and settles.',
  checking: 'The file is compared with the nodes.',
  applying: 'What differs is put right.',
  'standing-still': 'An apply was reverted. Nothing is changed until the file is saved.',
};

/** Returns what the watch does, hears, and waits for. */
export function machineCard(machine: Machine): HTMLElement {
  const { task, phase, blocked, backingOff, hears, notes } = machine;
  return h(
    'article',
    { class: 'card wide watch', 'aria-label': 'Watch' },
    h('header', { class: 'card-head' }, h('h2', {}, 'Watch'), machineMark(machine, 'seen')),
    h(
      'p',
      {},
      blocked
        ? 'The file has errors. The network is compared with its last good version until a save is good.'
        : DOES[phase],
    ),
    h('p', { class: 'quiet' }, TASKS[task], ' ', hearsText(hears)),
    backingOff.length > 0 &&
      h(
        'ul',
        { class: 'notes' },
        backingOff.map((one) => backingOffItem(one)),
      ),
    notes.length > 0 &&
      h(
        'ul',
        { class: 'notes' },
        notes.map((note) => noteItem(note)),
      ),
  );
}

function hearsText({ nodes, namespaces }: Machine['hears']): string {
  if (nodes === 0) return 'No node tells what changes there: everything is read from time to time.';
  const places = namespaces === 1 ? '1 namespace' : `${String(namespaces)} namespaces`;
  return `${nodes === 1 ? 'One node tells' : `${String(nodes)} nodes tell`} at once what changes in ${places}.`;
}

function backingOffItem({ node, attempt, at, why }: BackingOff): Child {
  const seconds = Math.max(0, Math.round((at - serverNow()) / 1000));
  const times = attempt === 1 ? 'failed' : `failed ${String(attempt)} times`;
  const next = seconds > 0 ? `is tried again at ${clockText(at)}` : 'is tried again now';
  return h('li', {}, mark('warn', 'left out'), h('span', {}, `${node} ${times} and ${next}: ${why}`));
}

function noteItem({ at, text }: MachineNote): Child {
  return h(
    'li',
    {},
    h('time', { datetime: new Date(at).toISOString(), class: 'quiet' }, clockText(at)),
    h('span', {}, text),
  );
}
