import { RUN_FOLDER, topologyOfPath } from '../../kernel/probes/files.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Marks } from '../../model/trace.ts';
import { programText } from '../../programs/text.ts';

/**
 * The paths of everything in the folders of all topologies, without the folders themselves. In base64, because a name
 * may hold a line end.
 */
export const pathsProbe: NodeProbe<readonly string[]> = {
  id: 'paths',
  scope: 'node',
  script: programText(new URL('./paths.sh', import.meta.url)),
  arguments: () => [RUN_FOLDER],
  parse: (text) =>
    Buffer.from(text, 'base64')
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== ''),
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
