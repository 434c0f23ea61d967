import type { Diagnostic } from '../../model/diagnostic.ts';
import { show } from '../show.ts';
import type { At, CheckContext } from './context.ts';

/** A DNS name belongs to one port of a network. dnsmasq would give it to one of two, and which one is undefined. */
export function checkDnsNames(t: CheckContext): Diagnostic[] {
  const first = new Map<string, At>();
  const found: Diagnostic[] = [];
  for (const [instance, { ports }] of Object.entries(t.doc.instances ?? {})) {
    for (const [device, { network, dns_name: name }] of Object.entries(ports ?? {})) {
      if (name === undefined) continue;
      const key = `${network}\n${name}`;
      const at: At = { path: ['instances', instance, 'ports', device, 'dns_name'] };
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, at);
        continue;
      }
      const related = [{ message: 'the other one', at: other }];
      found.push(t.report('NL724', at, `two ports of ${show(network)} have the DNS name ${show(name)}`, { related }));
    }
  }
  return found;
}
