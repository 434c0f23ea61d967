import type { Shown } from '../../model/shown.ts';
import { asText } from '../words.ts';
import type { ProcessSpec } from './spec.ts';

/** Returns its command line. */
export function describe({ argv }: ProcessSpec): string {
  return argv.map(asText).join(' ');
}

export function shown({ name, spec: { argv } }: { readonly name: string; readonly spec: ProcessSpec }): Shown {
  return { process: `${argv[0] ?? '(ended)'} in ${name}` };
}
