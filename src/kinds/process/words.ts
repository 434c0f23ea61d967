import type { Shown } from '../../model/shown.ts';
import { inWords } from '../words.ts';
import type { ProcessSpec } from './spec.ts';

/** Its command line. */
export function describe({ argv }: ProcessSpec): string {
  return argv.map(inWords).join(' ');
}

export function shown({ name, spec: { argv } }: { readonly name: string; readonly spec: ProcessSpec }): Shown {
  return { process: `${argv[0] ?? '(ended)'} in ${name}` };
}
