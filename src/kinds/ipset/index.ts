import type { Kind } from '../../model/kind.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { missingProgram, programsProbe } from '../../kernel/probes/programs.ts';
import { familyOfSet, originalOf, swapSetOf } from '../../kernel/netfilter/set-names.ts';
import { updateSet, destroySet, createSet, restoreSet } from './commands.ts';
import { cutMembers } from './flows.ts';
import { MARKING_TABLE, observeSets } from './observe.ts';
import { ipsetFields } from './fields.ts';
import type { IpsetSpec } from './spec.ts';
import { usersOf } from './users.ts';
import { anyTableMarker, tableMarker } from '../chain/spec.ts';
import { IPSET } from './spec.ts';
import { describe } from './words.ts';

/** A set of addresses and blocks in a node's own namespace, which rules for a remote security group match. */
export const ipsetKind: Kind<IpsetSpec> = {
  name: IPSET,
  ...ipsetFields,
  counted: { one: 'set', many: 'sets' },
  ownership: {
    ours:
      'a name of Neutron’s (`NIPv4…`, `NIPv6…`; with `-n`: its swap set), if the filter table of its IP version in ' +
      'the node’s own namespace has the empty chain `netloom-<topology>`',
    notes:
      'a set cannot carry a mark; if the chain is missing, a set that the file names is adopted while a device of ' +
      'ours exists and no foreign chain does; while other such sets exist, the chain is not created, since they ' +
      'would then count as ours; sets with other names are not touched',
  },
  describe,
  probes: [ipsetSaveProbe, iptablesSaveProbes[4], iptablesSaveProbes[6], programsProbe, ipProbe, ovsProbe],
  existence: ({ name }) => ({ netns: null, argv: ['ipset', '-n', 'list', name] }),
  observe: observeSets,

  *needs({ netns, name, spec }) {
    // The mark of the table tells whose it is, so it is created after the mark and deleted before it.
    const table = `${familyOfSet(name) ?? spec.family}/${MARKING_TABLE}/`;
    yield anyTableMarker(netns, table);
    // A leftover swap set is deleted before another one is created.
    const original = originalOf(name);
    if (original !== undefined) yield { kind: IPSET, netns, name: original };
  },

  companions: {
    key: ({ spec: { family } }) => String(family),
    of: ({ node, spec: { family }, origin }, topology) => [
      tableMarker({ node, family, table: MARKING_TABLE }, topology, origin),
    ],
  },

  create: ({ name, spec }, { reverts }) => (reverts ? restoreSet(name, spec) : createSet(name, spec)),
  update: ({ name, spec }, observed, _fields, { reverts }) =>
    reverts ? restoreSet(name, spec) : updateSet(name, spec, observed.spec),
  // Of a set without a mark, the swap set that a dead apply left is recognised by nothing else.
  remove: ({ name, owner }, { reverts }) => [
    ...((owner === 'ours' && !reverts) || originalOf(name) !== undefined ? [] : [destroySet(swapSetOf(name))]),
    destroySet(name),
  ],

  effects({ action, desired, observed }, context) {
    // A deleted set is deleted with its rules, and they owe the effects.
    if (action !== 'update' || !observed || !desired) return [];
    const { family, members } = desired.spec;
    const kept = new Set(members);
    const deleted = observed.spec.members.filter((member) => !kept.has(member));
    return cutMembers(context.view(observed.node), family, observed.name, deleted);
  },

  inspect(resource, change, context) {
    const { node, name, origin } = resource;
    const view = context.view(node);
    if (change === undefined || !view) return [];
    if (change.action !== 'replace')
      return missingProgram(resource, 'ipset', { purpose: 'which creates the sets of security groups' }, context);
    const users = usersOf(name, view, context.topology);
    if (users.length === 0) return [];
    return [
      {
        code: 'NLP21',
        severity: 'error',
        summary: `the set ${name} of ${node} can't be recreated: ${change.reason}`,
        detail: [
          'The kernel keeps it as long as a rule names it, and swaps only sets of one type:',
          ...users.map(({ rule }) => rule),
        ].join('\n'),
        place: { node },
        hint: 'delete these rules by hand (-D instead of -A); apply recreates those that are ours, with the set',
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
        summary: `the set ${name} of ${node} would be deleted, but a rule that is not ours names it`,
        detail: `The kernel keeps it as long as the rule exists:\\n${theirs.map(({ rule }) => rule).join('\n')}`,
        place: { node },
        hint: 'delete the rule by hand (-D instead of -A)',
      },
    ];
  },
};
