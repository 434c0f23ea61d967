import type { NamespaceProbe } from '../../model/probe.ts';

/** The links of a namespace that hand on nothing without its checksum: TX checksum offload is off. */
export const unsummedProbe: NamespaceProbe<ReadonlySet<string>> = {
  id: 'unsummed',
  scope: 'namespace',
  read: { links: 'without-tx-checksums' },
  parse: (text) => new Set(text.split('\n').filter((name) => name !== '')),
};
