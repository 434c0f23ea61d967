import type { Kind } from '../../model/kind.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { missingProgram, programsProbe } from '../../kernel/probes/programs.ts';
import { familyOfSet, originalOf } from '../../kernel/netfilter/set-names.ts';
import { alter, destroy, make } from './commands.ts';
import { cutMembers } from './flows.ts';
import { MARKING_TABLE, observeSets } from './observe.ts';
import { ipsetFields } from './fields.ts';
import type { IpsetSpec } from './spec.ts';
import { usersOf } from './users.ts';
import { anyTableMarker, tableMarker } from '../chain/spec.ts';
import { IPSET } from './spec.ts';
import { describe } from './words.ts';

/** A set of addresses and blocks in a node's own namespace: what rules for a remote security group match. */
export const ipsetKind: Kind<IpsetSpec> = {
  name: IPSET,
  ...ipsetFields,
  ownership: {
    ours: 'the filter table of its IP version, in the node’s own namespace, holds the empty chain `netloom-<topology>`; and its name is one of Neutron’s (`NIPv4…`, `NIPv6…`, a twin’s with `-n`)',
    notes:
      'a set has no place for a mark; where such sets stand without the chain, the table can’t be marked: they would be taken for ours. Other names are nobody’s business',
  },
  describe,
  probes: [ipsetSaveProbe, iptablesSaveProbes[4], iptablesSaveProbes[6], programsProbe],
  observe: observeSets,

  *needs({ netns, name, spec }) {
    // It is known by the mark: it comes after it, and goes before.
    const table = `${familyOfSet(name) ?? spec.family}/${MARKING_TABLE}/`;
    yield anyTableMarker(netns, table);
    // A twin that was left behind goes before another one is made.
    const original = originalOf(name);
    if (original !== undefined) yield { kind: IPSET, netns, name: original };
  },

  companions: ({ node, spec: { family }, origin }, topology) => [
    tableMarker({ node, family, table: MARKING_TABLE }, topology, origin),
  ],

  create: ({ name, spec }) => make(name, spec),
  update: ({ name, spec }, observed) => alter(name, spec, observed.spec),
  remove: ({ name }) => [destroy(name)],

  effects({ action, desired, observed }, context) {
    // A set that goes takes its rules with it, and they say what is owed.
    if (action !== 'update' || !observed || !desired) return [];
    const { family, members } = desired.spec;
    const gone = observed.spec.members.filter((member) => !members.includes(member));
    return cutMembers(context.view(observed.node), family, observed.name, gone);
  },

  inspect(resource, change, context) {
    const { node, name, origin } = resource;
    const view = context.view(node);
    if (change === undefined || !view) return [];
    if (change.action !== 'replace')
      return missingProgram(resource, 'ipset', { purpose: 'which makes the sets of security groups' }, context);
    const users = usersOf(name, view, context.topology);
    if (users.length === 0) return [];
    return [
      {
        code: 'NLP21',
        severity: 'error',
        summary: `the set ${name} of ${node} can't be made anew: ${change.reason}`,
        detail: `The kernel keeps it as long as a rule names it, and swaps only sets of one sort:\n${users.map(({ rule }) => rule).join('\n')}`,
        place: { node },
        hint: `take these rules away by hand (-D instead of -A); apply makes those that are ours again, with the set`,
        ...(origin.range && { range: origin.range }),
      },
    ];
  },

  inspectRemoval({ node, name }, context) {
    const view = context.view(node);
    const theirs = view ? usersOf(name, view, context.topology).filter(({ isOurs }) => !isOurs) : [];
    if (theirs.length === 0) return [];
    return [
      {
        code: 'NLP22',
        severity: 'error',
        summary: `the set ${name} of ${node} is to go, but a rule that is not ours names it`,
        detail: `The kernel keeps it as long as the rule stands:\n${theirs.map(({ rule }) => rule).join('\n')}`,
        place: { node },
        hint: 'take the rule away by hand (-D instead of -A)',
      },
    ];
  },
};
