import { fill, h } from '../dom.ts';

/** Returns what makes a link for another browser. */
export function linkMaker(): HTMLElement {
  const answer = h('p', { class: 'new-link', role: 'status' });
  const make = async (): Promise<void> => {
    const response = await fetch('/api/link', { method: 'POST' }).catch(() => undefined);
    if (response?.ok !== true) {
      fill(answer, 'netloom did not answer.');
      return;
    }
    const { token } = (await response.json()) as { readonly token: string };
    fill(answer, h('code', {}, `${location.origin}/#${token}`), ' works once, for an hour.');
  };
  return h(
    'footer',
    { class: 'foot' },
    h('button', { type: 'button', class: 'button', onclick: () => void make() }, 'Link for another browser'),
    answer,
  );
}
