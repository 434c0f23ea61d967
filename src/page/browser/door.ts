import { h } from './dom.ts';

/** Shows what a browser sees that the server does not know. */
export function showDoor(): void {
  document.title = 'netloom';
  document.body.replaceChildren(
    h(
      'main',
      { class: 'door' },
      h('h1', {}, 'This page opens by a link'),
      h('p', {}, 'netloom prints one when it starts, and it works once:'),
      h('pre', {}, 'netloom serve topology.yaml'),
      h('p', { class: 'quiet' }, 'A browser that is in can make another link, at the bottom of Services.'),
    ),
  );
}
