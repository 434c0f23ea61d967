import type { DiagnosticError } from '../model/diagnostic.ts';
import { hasDhcp, isUp } from '../topology/defaults.ts';
import { labError } from './errors.ts';
import { labShape } from './shape-of.ts';
import type { LabTopology, Member } from './shape.ts';

/** The name of what `lab exec` can enter: a member of the lab, a router, or the DHCP server of a network. */
export interface NamedTarget {
  readonly kind: Member['kind'] | 'router' | 'dhcp';
  readonly name: string;
}

/** The namespace of a lab in which a program runs. */
export interface LabTarget extends NamedTarget {
  /** The member whose mount, PID and other namespaces the program enters. */
  readonly member: Pick<Member, 'kind' | 'name'>;
  /** The name of a network namespace on that member; `null`: the member's own network namespace. */
  readonly netns: string | null;
}

/** Returns the unambiguous name of a target: `node/n1`, `router/r1`, `dhcp/private`. */
export function targetName({ kind, name }: NamedTarget): string {
  return `${kind}/${name}`;
}

/** Returns the targets of a topology's lab: nodes, instances, outside hosts, routers and DHCP servers that are up. */
export function labTargets(topology: Pick<LabTopology, 'doc'>): NamedTarget[] {
  const { routers = {}, networks = {} } = topology.doc;
  const running = Object.entries(routers).filter(([, router]) => isUp(router));
  const served = Object.entries(networks).filter(([, network]) => isUp(network) && hasDhcp(network));
  return [
    ...labShape(topology).members.map(({ kind, name }) => ({ kind, name })),
    ...running.map(([name]) => ({ kind: 'router', name }) as const),
    ...served.map(([name]) => ({ kind: 'dhcp', name }) as const),
  ];
}

/** The number of names listed in a hint. */
const SHOWN = 30;

/** Returns the error for a name that the lab does not have (NLL011); its hint lists the targets. */
export function noSuchTarget(topology: Pick<LabTopology, 'doc'>, word: string): DiagnosticError {
  const targets = labTargets(topology);
  const names = targets.slice(0, SHOWN).map(targetName);
  if (targets.length > SHOWN) names.push(`${String(targets.length - SHOWN)} more`);
  return labError({
    code: 'NLL011',
    summary: `The lab ${topology.doc.name} has no ${JSON.stringify(word)}`,
    hint: `it has: ${names.join(', ')}`,
  });
}

/**
 * Finds a target by its name, or by KIND/NAME.
 * @throws DiagnosticError NLL011 if no target has the name, NLL015 if several have it
 */
export function findTarget(topology: Pick<LabTopology, 'doc'>, word: string): NamedTarget {
  const targets = labTargets(topology);
  const exact = targets.find((target) => targetName(target) === word);
  if (exact !== undefined) return exact;
  const found = targets.filter(({ name }) => name === word);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) throw noSuchTarget(topology, word);
  throw labError({
    code: 'NLL015',
    summary: `The name ${word} is ambiguous in the lab ${topology.doc.name}`,
    hint: `write one of: ${found.map(targetName).join(', ')}`,
  });
}
