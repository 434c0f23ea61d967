import type { Problem } from '../wire/sight.ts';
import { h, type Child } from './dom.ts';
import { mark } from './marks.ts';

/** Returns errors and warnings as a list. */
export function problemList(problems: readonly Problem[]): Child {
  if (problems.length === 0) return undefined;
  return h(
    'ul',
    { class: 'problems' },
    problems.map(({ severity, code, summary, detail, hint, place }) =>
      h(
        'li',
        { class: `problem ${severity}` },
        h(
          'div',
          { class: 'problem-head' },
          mark(severity === 'error' ? 'bad' : severity === 'warning' ? 'warn' : 'calm', severity),
          h('strong', {}, summary),
        ),
        detail.length > 0 && h('pre', {}, detail.join('\n')),
        hint !== '' && h('p', {}, hint),
        h('p', { class: 'quiet' }, [code, place].filter((text) => text !== '').join(' · ')),
      ),
    ),
  );
}
