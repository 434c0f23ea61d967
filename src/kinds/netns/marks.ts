import { ipProbe } from '../../kernel/probes/ip.ts';
import { canBeOurs, nameInMark } from '../../model/mark.ts';
import type { Marks } from '../../model/trace.ts';

/** Aliases: that of `lo` is the mark of a namespace, any other one that of the link, whatever its kind. */
export const aliasMarks: Marks = {
  probes: [ipProbe],
  *traces({ node, namespaces }) {
    for (const { netns, get } of namespaces) {
      for (const { ifname, ifalias } of get(ipProbe)?.links ?? []) {
        const says = nameInMark(ifalias);
        if (says === undefined) continue;
        const isNamespace = ifname === 'lo' && canBeOurs(netns);
        if (isNamespace) yield { node, netns: null, sort: 'namespace', name: netns ?? '', says };
        else yield { node, netns, sort: 'link', name: ifname, says };
      }
    }
  },
};
