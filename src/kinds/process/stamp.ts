import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';
import { contentOf } from '../../kernel/probes/files.ts';
import type { ProcessSpec } from './spec.ts';

/** What a daemon's command line does not say; written beside it once it has read its files. */
type Stamp = Pick<ProcessSpec, 'inputs' | 'reload' | 'seeds' | 'rootlessArgv' | 'rootArgv'> & {
  /** The namespace it runs in, or ran in. */
  readonly netns?: Netns;
};

/** A daemon without a stamp: only a restart is sure to bring it up to date. */
const NO_STAMP: Stamp = { inputs: '', reload: 'restart', seeds: {}, rootlessArgv: [], rootArgv: [] };

/** Returns the path of a daemon's stamp. */
export function stampFile(state: string): string {
  return `${state}/stamp`;
}

/** Returns the stamp in a state folder. */
export function readStamp(view: NodeView, state: string): Stamp {
  const text = contentOf(view, stampFile(state));
  try {
    return text === undefined ? NO_STAMP : { ...NO_STAMP, ...(JSON.parse(text) as Partial<Stamp>) };
  } catch {
    return NO_STAMP;
  }
}

/** Returns the command that records which files a daemon has read. Its own time says when. */
export function writeStamp(netns: Netns, state: string, spec: ProcessSpec): Command {
  const { inputs, reload, seeds, rootlessArgv, rootArgv } = spec;
  return {
    tool: 'write',
    path: stampFile(state),
    content: JSON.stringify({ netns, inputs, reload, seeds, rootlessArgv, rootArgv }),
    mode: '644',
  };
}
