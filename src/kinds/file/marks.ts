import { RUN_FOLDER, topologyOfPath } from '../../kernel/probes/files.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Marks } from '../../model/trace.ts';
import { programText } from '../../programs/text.ts';

/**
 * The paths of everything in the folders of all topologies, without the folders themselves.
 */
export const pathsProbe: NodeProbe<readonly string[]> = {
  id: 'paths',
  scope: 'node',
  script: 'perl -e "$@"',
  arguments: () => [programText(new URL('./paths.pl', import.meta.url)), RUN_FOLDER],
  parse(text) {
    const lines = text.split('\n');
    if (!lines.includes('end')) throw new Error('its last line is missing');
    return lines.flatMap((line) => (line.startsWith('p ') ? [Buffer.from(line.slice(2), 'hex').toString('utf8')] : []));
  },
};

/** Files, by the folder they are in. */
export const pathMarks: Marks = {
  probes: [pathsProbe],
  *traces({ node, get }) {
    for (const path of get(pathsProbe) ?? []) {
      const says = topologyOfPath(path);
      if (says !== undefined) yield { node, netns: null, sort: 'file', name: path, says };
    }
  },
};
