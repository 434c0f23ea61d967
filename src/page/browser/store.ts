import type { PageState, SectionName } from '../wire/state.ts';

/** The state as the server sent it, and those who are told of its changes. */
export interface Store {
  readonly state: Partial<PageState>;
  /** When the last message came, by the browser's clock. */
  readonly at: number;
  /** Takes sections from the server. */
  take(sections: Partial<PageState>): void;
  /** Calls this now and whenever one of the sections has changed, once all of them are there. */
  show<Names extends SectionName>(names: readonly Names[], draw: (state: Pick<PageState, Names>) => void): void;
}

/** Creates an empty store. */
export function createStore(): Store {
  const state: Partial<Record<SectionName, unknown>> = {};
  const shows: { readonly names: readonly SectionName[]; readonly draw: (state: PageState) => void }[] = [];
  let at = Date.now();
  const draws = (names: readonly SectionName[], draw: (state: PageState) => void): void => {
    if (names.every((name) => name in state)) draw(state as unknown as PageState);
  };
  return {
    get state() {
      return state as Partial<PageState>;
    },
    get at() {
      return at;
    },
    take(sections) {
      at = Date.now();
      Object.assign(state, sections);
      for (const { names, draw } of shows) if (names.some((name) => name in sections)) draws(names, draw);
    },
    show(names, draw) {
      const show = { names, draw: draw as (state: PageState) => void };
      shows.push(show);
      draws(names, show.draw);
    },
  };
}
