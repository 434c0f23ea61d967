import type { Examples } from '../example.ts';
import { COMMAND_EXAMPLES } from './commands.ts';
import { APPLY_EXAMPLES, GUARD_EXAMPLES, OBSERVE_EXAMPLES } from './engine.ts';
import { OTHER_FILES, SHORT_FILES } from './files.ts';
import { HELD_EXAMPLES } from './held.ts';
import { HOST_EXAMPLES } from './hosts.ts';
import { LAB_EXAMPLES } from './lab.ts';
import { LIMIT_EXAMPLES } from './limits.ts';
import { PLAN_EXAMPLES } from './plan.ts';
import { WINDOW_EXAMPLES } from './window.ts';

/** The example of each code. */
export const EXAMPLES: Examples = {
  ...SHORT_FILES,
  ...OTHER_FILES,
  ...HOST_EXAMPLES,
  ...OBSERVE_EXAMPLES,
  ...PLAN_EXAMPLES,
  ...LIMIT_EXAMPLES,
  ...HELD_EXAMPLES,
  ...GUARD_EXAMPLES,
  ...APPLY_EXAMPLES,
  ...WINDOW_EXAMPLES,
  ...LAB_EXAMPLES,
  ...COMMAND_EXAMPLES,
};
