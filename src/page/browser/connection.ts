import type { Exchange } from '../wire/requests.ts';
import type { PageState } from '../wire/state.ts';

/** `closed`: the server does not know this browser, and it needs a new link. */
export type Connection = 'connecting' | 'open' | 'lost' | 'closed';

/** Without a message for so long the connection counts as lost. The server sends a sign of life every 10 s. */
const SILENCE_MS = 25_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;

/** Exchanges the token in the address for a cookie, if there is one, and removes it from the address. */
export async function enter(): Promise<void> {
  const token = location.hash.slice(1);
  if (!/^[\w-]{43}$/.test(token)) return;
  history.replaceState(null, '', location.pathname);
  await post('/api/session', { token } satisfies Exchange);
}

/** Sends a request, and returns its status; 0: the server did not answer. */
export async function post(path: string, body: object = {}): Promise<number> {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).then(
    ({ status }) => status,
    () => 0,
  );
}

/** Reads the stream of the server for as long as the page is open, and connects again when it is lost. */
export function follow(
  onState: (sections: Partial<PageState>) => void,
  onConnection: (connection: Connection) => void,
): void {
  let source: EventSource | undefined;
  let pause = FIRST_PAUSE_MS;
  let silence: number | undefined;
  const lose = (): void => {
    source?.close();
    clearTimeout(silence);
    void isKnown().then((known) => {
      if (known === false) {
        onConnection('closed');
        return;
      }
      onConnection('lost');
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  const listen = (): void => {
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE_MS);
  };
  const open = (): void => {
    source = new EventSource('/api/stream');
    source.addEventListener('state', (event: MessageEvent<string>) => {
      const sections = JSON.parse(event.data) as Partial<PageState>;
      pause = FIRST_PAUSE_MS;
      listen();
      onConnection('open');
      onState(sections);
    });
    source.addEventListener('beat', listen);
    source.addEventListener('error', lose);
  };
  open();
}

/** Returns whether the server knows this browser; `undefined`: it does not answer. */
async function isKnown(): Promise<boolean | undefined> {
  return fetch('/api/session').then(
    ({ status }) => status !== 401,
    () => undefined,
  );
}
