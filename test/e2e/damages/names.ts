import type { ResolvedPort, ResolvedTopology } from '../../../src/resolve/resolved.ts';
import { compileText, textOf } from '../support/topology.ts';
import { damagedTopology } from './topology.ts';

/** The names and scripts of which damages are made. */
export interface Names {
  /** The topology's name; its files are below `/run/netloom/TOPOLOGY`. */
  readonly topology: string;
  /** Namespaces. */
  readonly router: string;
  readonly dhcp: string;
  /** Ports: `device` in its namespace, `tap` on the node, `mac`, `bridge`. */
  readonly gateway: ResolvedPort;
  readonly inner: ResolvedPort;
  readonly server: ResolvedPort;
  readonly www: ResolvedPort;
  readonly near: ResolvedPort;
  readonly sql: ResolvedPort;
  readonly far: ResolvedPort;
  /** The folder of the DHCP server of the inner network. */
  readonly folder: string;
  /** Returns a script that runs another one in the router's namespace, or in the DHCP server's. */
  readonly inRouter: (script: string) => string;
  readonly inDhcp: (script: string) => string;
}

/** Returns the names that follow from the damaged topology, over the mechanism of this run. */
export function damageNames(): Names {
  const { resolved } = compileText(textOf(damagedTopology()), 'damages.yaml');
  return namesOf(resolved);
}

function namesOf(resolved: ResolvedTopology): Names {
  const { netns: router, gateway, interfaces } = the(resolved.routers.get('gw'));
  const network = the(resolved.networks.get('inner'));
  const server = the(network.dhcp);
  const portOf = (instance: string): ResolvedPort => the(resolved.instances.get(instance)?.ports[0]);
  return {
    topology: resolved.name,
    router: the(router),
    dhcp: server.netns,
    gateway: the(gateway),
    inner: the(interfaces[0]),
    server,
    www: portOf('www'),
    near: portOf('near'),
    sql: portOf('sql'),
    far: portOf('far'),
    folder: `/run/netloom/${resolved.name}/dhcp/${network.id}`,
    inRouter: (script) => inside(the(router), script),
    inDhcp: (script) => inside(server.netns, script),
  };
}

/** Returns a script that runs another one in a namespace. */
export function inside(netns: string, script: string): string {
  return `nsenter --net=/run/netns/${netns} sh -ec '${script.replaceAll("'", `'\\''`)}'`;
}

function the<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the damaged topology lacks something');
  return value;
}
