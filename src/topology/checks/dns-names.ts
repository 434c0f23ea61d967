import type { Diagnostic } from '../../model/diagnostic.ts';
import { DEFAULT_DNS_DOMAIN, usesDnsNames } from '../defaults.ts';
import { show } from '../show.ts';
import type { At, CheckContext } from './context.ts';

/**
 * A DNS name belongs to one port of a network. dnsmasq would give it to one of two, and which one is undefined. Under
 * the default domain it has no effect.
 */
export function checkDnsNames(t: CheckContext): Diagnostic[] {
  const first = new Map<string, At>();
  const found: Diagnostic[] = [];
  for (const [instance, { ports }] of Object.entries(t.doc.instances ?? {})) {
    for (const [device, { network, dns_name: name }] of Object.entries(ports ?? {})) {
      if (name === undefined) continue;
      const key = `${network}\n${name}`;
      const at: At = { path: ['instances', instance, 'ports', device, 'dns_name'] };
      const spec = t.doc.networks?.[network];
      if (spec !== undefined && !usesDnsNames(t.doc, spec)) {
        found.push(noEffect(t, at, name));
        continue;
      }
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

function noEffect(t: CheckContext, at: At, name: string): Diagnostic {
  const summary = `${show(name)} has no effect under the default domain ${DEFAULT_DNS_DOMAIN}`;
  const hint = 'set dns_domain at the top of the file or on the network: dns_domain: example.org';
  return t.report('NL670', at, summary, { hint, severity: 'warning' });
}
