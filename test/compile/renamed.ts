import type { Topology } from '../../src/topology/types.gen.ts';

/** The sections of renamed entries; ports and subnets are inside others. */
export type Renamable = 'networks' | 'subnets' | 'routers' | 'instances' | 'security_groups' | 'floating_ips';

/** The fields that refer to entries by their keys. */
const REFERENCES: Readonly<Record<string, Renamable>> = {
  network: 'networks',
  floating_network: 'networks',
  instance: 'instances',
  remote_group: 'security_groups',
  security_groups: 'security_groups',
};

/**
 * Returns a document in which each entry that `choose` selects has the key `new-KEY` and `renamed_from: KEY`, with all
 * references to it.
 */
export function renamed(doc: Topology, choose: (section: Renamable, key: string) => boolean): Topology {
  const keys = new Map<string, string>();
  const select = (section: Renamable, mapping: object | undefined): void => {
    for (const key of Object.keys(mapping ?? {})) {
      keys.set(`${section}/${key}`, choose(section, key) ? `new-${key}` : key);
    }
  };
  select('networks', doc.networks);
  for (const { subnets } of Object.values(doc.networks ?? {})) select('subnets', subnets);
  for (const section of ['routers', 'instances', 'security_groups', 'floating_ips'] as const) {
    select(section, doc[section]);
  }
  const now = (section: Renamable, key: string): string => keys.get(`${section}/${key}`) ?? key;
  const entries = <T>(section: Renamable, mapping: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(
      Object.entries(mapping ?? {}).map(([key, value]) => {
        const other = now(section, key);
        const inner = rewrite(value) as T;
        return [other, other === key ? inner : { ...inner, renamed_from: key }];
      }),
    );
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]: [string, unknown]) => {
        const section = REFERENCES[field];
        if (section !== undefined && typeof inner === 'string') return [field, now(section, inner)];
        if (section !== undefined && Array.isArray(inner))
          return [field, inner.map((key) => now(section, String(key)))];
        if (field === 'subnets') return [field, entries('subnets', inner as Record<string, object>)];
        if (field === 'interfaces') {
          const interfaces = Object.entries(inner as Record<string, unknown>);
          return [field, Object.fromEntries(interfaces.map(([key, spec]) => [now('subnets', key), rewrite(spec)]))];
        }
        return [field, rewrite(inner)];
      }),
    );
  };
  return {
    ...doc,
    networks: entries('networks', doc.networks),
    routers: entries('routers', doc.routers),
    instances: entries('instances', doc.instances),
    security_groups: entries('security_groups', doc.security_groups),
    floating_ips: entries('floating_ips', doc.floating_ips),
  };
}
