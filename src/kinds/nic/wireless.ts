import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** The mode of a Wi-Fi interface. */
interface WirelessMode {
  /** As `iw` prints it: `managed`, `AP`, …. */
  readonly type: string;
  /** Its frames have four addresses, so it can carry those of other MACs. */
  readonly hasFourAddresses: boolean;
}

/**
 * The Wi-Fi interfaces of a node, by name; without `iw` none is known. No process starts on a node whose kernel has no
 * Wi-Fi loaded.
 */
export const wirelessProbe: NodeProbe<ReadonlyMap<string, WirelessMode>> = {
  id: 'wireless',
  scope: 'node',
  where: { folder: '/sys/class', file: 'ieee80211' },
  script: programText(new URL('./wireless.sh', import.meta.url)),
  parse(text) {
    const modes = new Map<string, WirelessMode>();
    for (const interfaceText of text.split(/^\s*Interface /m).slice(1)) {
      const [name = ''] = interfaceText.split('\n');
      const type = /^\s*type (\S+)/m.exec(interfaceText)?.[1];
      if (type === undefined) continue;
      modes.set(name, { type, hasFourAddresses: /^\s*4addr: on$/m.test(interfaceText) });
    }
    return modes;
  },
};
