import type { PageState, SectionName } from '../wire/state.ts';

/** The state that is sent to all browsers. */
export interface Board {
  readonly state: PageState;
  /** Replaces sections. Those that are as before are not sent. */
  put(sections: Partial<PageState>): void;
  /** Returns the state, and then what changes of it, as server-sent events; `undefined`: there are too many readers. */
  open(): ReadableStream<Uint8Array> | undefined;
  /** How many browsers read. */
  readonly readers: number;
  /** Ends all streams. */
  close(): void;
}

/** The most streams at a time. */
const MOST_READERS = 16;
/** A sign of life is sent so often: the browser notices a lost connection, the server a browser that does not read. */
const BEAT_MS = 10_000;
/** A reader that takes nothing for so long is dropped. */
const PATIENCE_MS = 30_000;

/** One stream. It holds at most one message: what changes meanwhile is sent in one later, as it is by then. */
interface Reader {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly stale: Set<SectionName>;
  lastRead: number;
}

/** Creates a board. `onReader` is called when a browser comes. */
export function createBoard(
  first: PageState,
  { onReader = () => undefined, now = Date.now }: { readonly onReader?: () => void; readonly now?: () => number } = {},
): Board {
  let state = first;
  const texts = new Map<SectionName, string>(names(first).map((name) => [name, JSON.stringify(first[name])]));
  const readers = new Set<Reader>();
  const drop = (reader: Reader): void => {
    readers.delete(reader);
    try {
      reader.controller.close();
    } catch {
      // The browser has closed it.
    }
  };
  const send = (reader: Reader): void => {
    if (reader.stale.size === 0 || (reader.controller.desiredSize ?? 0) <= 0) return;
    const fields = [...reader.stale].map((name) => `${JSON.stringify(name)}:${texts.get(name) ?? 'null'}`);
    reader.stale.clear();
    reader.controller.enqueue(bytes(`event: state\ndata: {${fields.join(',')}}\n\n`));
  };
  const beat = setInterval(() => {
    for (const reader of readers) {
      if ((reader.controller.desiredSize ?? 0) > 0) reader.controller.enqueue(bytes('event: beat\ndata: \n\n'));
      else if (now() - reader.lastRead > PATIENCE_MS) drop(reader);
    }
  }, BEAT_MS);
  beat.unref();
  return {
    get state() {
      return state;
    },
    get readers() {
      return readers.size;
    },
    put(sections) {
      const changed = names(sections).filter((name) => {
        if (sections[name] === state[name]) return false;
        const text = JSON.stringify(sections[name]);
        if (texts.get(name) === text) return false;
        texts.set(name, text);
        return true;
      });
      if (changed.length === 0) return;
      state = { ...state, ...sections };
      for (const reader of readers) {
        for (const name of changed) reader.stale.add(name);
        send(reader);
      }
    },
    open() {
      if (readers.size >= MOST_READERS) return undefined;
      let own: Reader | undefined;
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            own = { controller, stale: new Set(names(state)), lastRead: now() };
            readers.add(own);
            onReader();
          },
          pull() {
            if (own === undefined) return;
            own.lastRead = now();
            send(own);
          },
          cancel() {
            if (own) readers.delete(own);
          },
        },
        { highWaterMark: 1 },
      );
    },
    close() {
      clearInterval(beat);
      for (const reader of readers) drop(reader);
    },
  };
}

function names(sections: Partial<PageState>): SectionName[] {
  return Object.keys(sections) as SectionName[];
}

const encoder = new TextEncoder();

function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}
