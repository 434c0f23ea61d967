import type { WatchEvent } from '../../model/event.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';

type Running = Extract<WatchEvent, { readonly type: 'run' | 'done' | 'gone' | 'trouble' }>;

/** Returns one event of a watched file as a line. */
export function watchLine(event: Running, file: string, colours: Paint): string {
  const name = clean(file);
  switch (event.type) {
    case 'run':
      return colours.bold(`\n── ${name}, run ${String(event.number)} ──`);
    case 'done':
      return event.ok
        ? colours.dim(`Watching ${name}; Ctrl-C ends.`)
        : colours.yellow(`Waiting for a change of ${name}; Ctrl-C ends.`);
    case 'gone':
      return colours.yellow(`${name} does not exist any more; the network stays as it is until the file is back.`);
    case 'trouble':
      return colours.yellow(`Watching ${name}: ${clean(event.message)}`);
  }
}
