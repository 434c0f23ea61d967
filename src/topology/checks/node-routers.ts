import type { Diagnostic } from '../../model/diagnostic.ts';
import { overlaps, parseBlock } from '../../net/block.ts';
import { mechanismOf, usesNamespaces } from '../defaults.ts';
import { eachEntry } from '../entries.ts';
import { show } from '../show.ts';
import type { Router } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { subnetsOfRouter } from './facts/subnets.ts';

/**
 * Checks routers on nodes without namespaces. Such a router is in the node's own namespace, together with the node's
 * addresses and routes, so a node has one at most.
 */
export function checkNodeRouters(t: CheckContext): Diagnostic[] {
  return [...checkMechanism(t), ...checkOneEach(t), ...checkNicAddresses(t)];
}

/** With Linux bridges a router's port is a veth pair, both ends of which would be in the node's own namespace. */
function checkMechanism(t: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  eachEntry(t.doc.nodes, (name, node) => {
    if (usesNamespaces(node) || mechanismOf(node) === 'openvswitch') return;
    const summary = `node ${show(name)} has Linux bridges, which need namespaces`;
    const hint = `set mechanism: openvswitch on ${name}, or remove use_namespaces`;
    found.push(t.report('NL350', { path: ['nodes', name, 'use_namespaces'] }, summary, { hint }));
  });
  return found;
}

/** The routers of nodes without namespaces. */
function nodeRouters(t: CheckContext): readonly { readonly name: string; readonly router: Router }[] {
  const found: { name: string; router: Router }[] = [];
  eachEntry(t.doc.routers, (name, router) => {
    if (!usesNamespaces(t.doc.nodes?.[router.node])) found.push({ name, router });
  });
  return found;
}

function checkOneEach(t: CheckContext): Diagnostic[] {
  const first = new Map<string, string>();
  return nodeRouters(t).flatMap(({ name, router: { node } }) => {
    const other = first.get(node);
    if (other === undefined) {
      first.set(node, name);
      return [];
    }
    const at = (router: string): At => ({ path: ['routers', router, 'node'] });
    const summary = `node ${show(node)} has no namespaces and already has router ${show(other)}`;
    const related = [
      { message: 'the other router', at: at(other) },
      { message: 'the node', at: { path: ['nodes', node, 'use_namespaces'] } },
    ];
    const hint = 'place it on another node, or remove use_namespaces';
    return [t.report('NL351', at(name), summary, { related, hint })];
  });
}

/** A router's subnet must not overlap a network of the node's own NICs: routes to it would be ambiguous. */
function checkNicAddresses(t: CheckContext): Diagnostic[] {
  return nodeRouters(t).flatMap(({ name, router }) => {
    const { outside, inside } = subnetsOfRouter(t.doc, router);
    const own = addressesOf(t, router.node);
    return [...outside, ...inside].flatMap(({ place, key }) => {
      const meets = own.find(({ address }) => overlaps(place.block, parseBlock(address)));
      if (meets === undefined) return [];
      const summary =
        `${place.subnet.cidr} of subnet ${show(place.name)} overlaps ${meets.address} of ` +
        `node ${show(router.node)}, where router ${show(name)} has no namespace`;
      const related = [{ message: "the node's own address", at: meets.at }];
      const hint = 'give one of the two another range, or remove use_namespaces';
      const at: At = { path: ['routers', name, ...key], part: key[0] === 'interfaces' ? 'key' : 'value' };
      return [t.report('NL352', at, summary, { related, hint })];
    });
  });
}

function addressesOf(t: CheckContext, node: string): readonly { readonly address: string; readonly at: At }[] {
  return Object.entries(t.doc.nodes?.[node]?.nics ?? {}).flatMap(([device, nic]) =>
    (nic.addresses ?? []).map((address, index) => ({
      address,
      at: { path: ['nodes', node, 'nics', device, 'addresses', index] },
    })),
  );
}
