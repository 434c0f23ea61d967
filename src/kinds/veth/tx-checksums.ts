import type { NamespaceProbe } from '../../model/probe.ts';

/** The links of a namespace whose TX checksum offload is off: the kernel writes the checksums itself. */
export const txChecksumsProbe: NamespaceProbe<ReadonlySet<string>> = {
  id: 'tx-checksums',
  scope: 'namespace',
  read: { links: 'without-tx-checksums' },
  parse: (text) => new Set(text.split('\n').filter((name) => name !== '')),
};
