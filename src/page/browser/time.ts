import { h } from './dom.ts';

/** The server's clock minus the browser's. */
let ahead = 0;

/** Sets the time of the server. */
export function setServerTime(now: number): void {
  ahead = now - Date.now();
}

/** Returns the time of the server. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** Returns a length of time in words: `12 s`, `5 min`, `3 h`, `2 days`. */
export function lengthText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${String(hours)} h`;
  return `${String(Math.floor(hours / 24))} days`;
}

/** Returns a time of the day, with the date unless it is today's. */
export function clockText(time: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const isToday = date.toDateString() === new Date(serverNow()).toDateString();
  return isToday ? clock : `${date.toLocaleDateString()} ${clock}`;
}

/** Returns an element that tells how long ago a time is, and goes on telling. */
export function age(since: number, before = '', after = ''): HTMLTimeElement {
  const element = h('time', { datetime: new Date(since).toISOString(), title: new Date(since).toLocaleString() });
  Object.assign(element.dataset, { since: String(since), before, after });
  update(element);
  return element;
}

function update(element: HTMLElement): void {
  const { since = '0', before = '', after = '' } = element.dataset;
  const text = `${before}${lengthText(serverNow() - Number(since))}${after}`;
  if (element.textContent !== text) element.textContent = text;
}

/** Keeps the ages on the page up to date. */
export function startClock(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>('time[data-since]')) update(element);
  }, 1000);
}
