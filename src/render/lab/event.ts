import type { LabEvent } from '../../model/event.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';

/** Returns one event of the lab as a line. */
export function labEventLine(event: LabEvent, colours: Paint): string {
  const tick = colours.green('✔');
  switch (event.type) {
    case 'lab-started':
      return `  ${tick} lab ${clean(event.name)} ${colours.dim(`${String(event.milliseconds)} ms`)}`;
    case 'member-added':
      return `  ${tick} ${event.kind} ${clean(event.name)}`;
    case 'member-removed':
      return `  ${colours.red('-')} ${event.kind} ${clean(event.name)}`;
    case 'cable-added':
      return `  ${tick} cable ${clean(event.cable)}`;
    case 'cable-removed':
      return `  ${colours.red('-')} cable ${clean(event.cable)}`;
    case 'switch-started':
      return `  ${tick} Open vSwitch of node ${clean(event.node)}`;
    case 'lab-up': {
      const time = colours.dim(`${String(event.milliseconds)} ms`);
      const what = event.changed ? 'is up' : 'was up already, and matches the file';
      return colours.bold(`The lab ${clean(event.name)} ${what}.`) + ` ${time}`;
    }
    case 'lab-down':
      return `  ${colours.red('-')} lab ${clean(event.name)}`;
  }
}
