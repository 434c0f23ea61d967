import type { NodeProbe } from '../../model/probe.ts';

/** The number that each named namespace has in the node's own one: the meaning of a link's `link-netnsid` there. */
export const netnsIdsProbe: NodeProbe<ReadonlyMap<string, number>> = {
  id: 'netns-ids',
  scope: 'node',
  where: { folder: '/run', file: 'netns' },
  script: 'ip -j netns list',
  command: 'ip -j netns list',
  parse(text) {
    // As of an alias, iproute2 prints some control characters of a name unescaped.
    const json = text.trim().replace(/[\u0000-\u001f]/g, '\ufffd');
    // Nothing is read where /run/netns does not exist.
    const rows = (json === '' ? [] : JSON.parse(json)) as readonly {
      readonly name: string;
      readonly id?: number;
    }[];
    return new Map(rows.flatMap(({ name, id }) => (id === undefined ? [] : [[name, id] as const])));
  },
};
