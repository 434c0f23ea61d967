import { kindWord } from '../../../src/model/resource.ts';
import { expect } from 'vitest';
import { DiagnosticError, type Diagnostic } from '../../../src/model/diagnostic.ts';
import { desiredGraph, type DesiredGraph } from '../../../src/model/graph.ts';
import type { Command } from '../../../src/model/command.ts';
import type { Batch, Plan, Step } from '../../../src/model/plan.ts';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { planNetwork, type PlanResult } from '../../../src/session/plan.ts';
import type { ApplyEvent } from '../../../src/model/event.ts';
import { compiled } from '../../support/compiled.ts';
import { applyOn, inShort, planOn, type Applied } from '../../support/engine.ts';
import type { Nodes, NodeOptions, TestNode } from '../../support/node.ts';

/** The parts of the network that differ from the default. */
export interface Shape {
  readonly name?: string;
  /** The external network's name, from which its bridge's follows. */
  readonly external?: string;
  /** Declared addresses of the NIC that the external network borrows. */
  readonly addresses?: readonly string[];
  /** The node of the router; `null`: there is none. */
  readonly router?: 'node1' | 'node2' | null;
  /** The floating IP of the guest; `null`: it has none. */
  readonly floating?: string | null;
  /** node1 has `state: absent`, and nothing is desired on it. */
  readonly absent?: boolean;
  /** A second node, with the same NICs. */
  readonly two?: boolean;
}

export const F1 = '203.0.113.20';

/** A router between a network on eth0 and an external one on eth1, a guest, and its floating IP. */
export function topology(shape: Shape = {}): string {
  const { name = 'demo', external = 'public', addresses = [], absent = false, two = false } = shape;
  const router = absent ? null : shape.router === undefined ? 'node1' : shape.router;
  const floating = router === null ? null : shape.floating === undefined ? F1 : shape.floating;
  const node = (of: string, more: string): string =>
    `  ${of}:${more}\n    reach: { via: lab }\n    nics: { eth0: { physical_network: provider }, eth1: { ` +
    `physical_network: external, addresses: [${of === 'node1' ? addresses.join(', ') : ''}] } }`;
  return `
name: ${name}
release: mitaka
physical_networks: { provider: {}, external: {} }
nodes:
${node('node1', absent ? '\n    state: absent' : '')}
${two ? node('node2', '') : ''}
networks:
  lan: { physical_network: provider, port_security_enabled: false, subnets: { lan-subnet: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  ${external}:
    physical_network: external
    external: true
    subnets:
      ${external}-subnet: { cidr: 203.0.113.0/24, allocation_pools: [{ start: 203.0.113.10, end: 203.0.113.100 }], enable_dhcp: false }
${router === null ? '' : `routers:\n  r1:\n    node: ${router}\n    external_gateway: { network: ${external}, fixed_ip_address: 203.0.113.10, enable_snat: true }\n    interfaces: { lan-subnet: {} }`}
${absent ? '' : 'instances:\n  guest: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5 } } }'}
${floating === null ? '' : `floating_ips:\n  f1: { floating_network: ${external}, floating_ip_address: ${floating}, instance: guest }`}
`;
}

/** Returns the desired graph of such a network. */
export function graphFor(shape: Shape = {}): DesiredGraph {
  return compiled(topology(shape)).graph;
}

/** Returns the graph of `netloom destroy`. */
export function nothingOf({ topology: name, nodes, known }: DesiredGraph): DesiredGraph {
  return desiredGraph(name, nodes, [], { known });
}

const UNDERLAY = '192.168.5.2/24';
/** The gateway of the node itself. */
export const GATEWAY = '192.168.5.1';

/** Returns a node with its NICs and the namespace of the guest; the node's own default route leads through eth1. */
export async function bareNode(nodes: Nodes, options: NodeOptions = {}): Promise<TestNode> {
  const node = await nodes.open(options);
  const last = node.name === 'node1' ? '1' : '2';
  await node.nic('eth0', `fa:16:3e:aa:00:0${last}`);
  await node.nic('eth1', `fa:16:3e:bb:00:0${last}`);
  await node.guest('/run/netloom-guests/guest');
  await node.sh(`ip addr add ${UNDERLAY} brd + dev eth1; ip route add default via ${GATEWAY}
    nsenter --net=/run/wire/eth1 ip addr add ${GATEWAY}/24 dev eth1
    nsenter --net=/run/wire/eth1 ip addr add 203.0.113.1/24 dev eth1`);
  return node;
}

/** The same with an applied network that a second apply leaves alone. */
export async function standing(nodes: Nodes, graph: DesiredGraph, options: NodeOptions = {}): Promise<TestNode> {
  const node = await bareNode(nodes, options);
  await becomes(node, graph);
  return node;
}

/** Applies successfully, and reads again: nothing differs. */
export async function becomes(node: TestNode, graph: DesiredGraph): Promise<Applied> {
  const applied = await applyOn(node, graph);
  await expectQuiet(node, graph);
  return applied;
}

/** Expects no changes and no diagnostics but these codes. */
export async function expectQuiet(node: TestNode, graph: DesiredGraph, codes: readonly string[] = []): Promise<void> {
  const { plan, diagnostics } = await planOn(node, graph);
  expect(inShort(plan.changes)).toEqual([]);
  expect(codes.length === 0 ? diagnostics : diagnostics.map(({ code }) => code)).toEqual(codes);
}

/** IPv4 addresses of a device, in order. */
export async function addressesOf(node: TestNode, device: string): Promise<string[]> {
  const text = await node.sh(`ip -4 -o addr show dev ${device}`);
  return [...text.matchAll(/ inet (\S+)/g)].map(([, cidr = '']) => cidr);
}

/** Returns the name of the one object of a kind with this prefix. */
export function nameOf(graph: DesiredGraph, kind: string, prefix: string): string {
  const found = [...graph.resources.values()].find((r) => kindWord(r.kind) === kind && r.name.startsWith(prefix));
  if (!found) throw new Error(`no ${kind} ${prefix}…`);
  return found.name;
}

/** The bridge that borrows a NIC. */
export function bridgeOf(graph: DesiredGraph, nic: string): string {
  const found = [...graph.resources.values()].find((r) => kindWord(r.kind) === 'nic' && r.name === nic);
  return (found?.spec as { readonly bridge: string | null } | undefined)?.bridge ?? '';
}

export interface Outcome {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly events: readonly ApplyEvent[];
}

/** Applies a plan that may fail, and returns the error, however it is reported. */
export async function outcome(graph: DesiredGraph, shells: Shells, first: PlanResult): Promise<Outcome> {
  const events: ApplyEvent[] = [];
  try {
    const { ok, diagnostics } = await applyNetwork(graph, shells, first, {
      allow: ALLOW_ALL_DELETIONS,
      onEvent: (event) => events.push(event),
    });
    return { ok, diagnostics, events };
  } catch (error) {
    if (error instanceof DiagnosticError) return { ok: false, diagnostics: error.diagnostics, events };
    throw error;
  }
}

/** Returns the errors of a plan, however they are reported. */
export async function obstacles(graph: DesiredGraph, shells: Shells): Promise<readonly Diagnostic[]> {
  try {
    return (await planNetwork(graph, shells)).diagnostics.filter(({ severity }) => severity === 'error');
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

/** Returns all text of a diagnostic that a person reads. */
export function said(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ code, summary, detail, hint }) => [code, summary, detail, hint].filter(Boolean).join('\n'))
    .join('\n');
}

/** A step with the batch it is in. */
interface Placed {
  readonly step: Step;
  readonly batch: Batch;
  readonly turn: number;
}

/**
 * Returns the turn of a command in its batch: a birth begins with the rules, a shell with its restores, and both end
 * with the line that names a device.
 */
function phase(batch: Batch, { tool, ...command }: Command): number {
  if (batch.lane === 'ip' || batch.lane === 'ipset') return 0;
  if (tool === 'iptables') return 0;
  if (tool === 'netns-del') return 3;
  if (batch.lane === 'birth' && tool === 'sysctl') {
    const { key } = command as { readonly key: string };
    return /\/(?:conf|neigh)\/(?!all\/|default\/)/.test(key) ? 2 : 0;
  }
  return 1;
}

function placed({ batches }: Plan): Placed[] {
  return batches.flatMap((batch) =>
    batch.steps.map((step, index) => ({ step, batch, turn: phase(batch, step.command) * 10_000 + index })),
  );
}

/** Returns a command as text to be matched. */
export function textOf(command: Command): string {
  switch (command.tool) {
    case 'ip':
      return `ip -n ${command.netns ?? '-'} ${command.words.join(' ')}`;
    case 'exec':
      return command.argv.join(' ');
    default:
      return JSON.stringify(command);
  }
}

type Which = (text: string, step: Step, batch: Batch) => boolean;

/** Returns the steps of a plan that match. */
export function stepsOf(plan: Plan, which: Which): string[] {
  return placed(plan)
    .filter(({ step, batch }) => which(textOf(step.command), step, batch))
    .map(({ step }) => textOf(step.command));
}

/** Returns the pairs of steps of which the first may run after the second. There must be some of both. */
export function outOfOrder(plan: Plan, first: Which, then: Which): string[] {
  const before = plan.batches.map((): Set<number> => new Set());
  for (const { id, after } of plan.batches) {
    for (const earlier of after) for (const one of [earlier, ...(before[earlier] ?? [])]) before[id]?.add(one);
  }
  const all = placed(plan);
  const matching = (which: Which): Placed[] =>
    all.filter(({ step, batch }) => which(textOf(step.command), step, batch));
  const [firsts, thens] = [matching(first), matching(then)];
  if (firsts.length === 0 || thens.length === 0)
    throw new Error(`${String(firsts.length)} before ${String(thens.length)} steps: nothing to compare`);
  return firsts
    .flatMap((a) =>
      thens
        .filter((b) => (a.batch === b.batch ? a.turn >= b.turn : before[b.batch.id]?.has(a.batch.id) !== true))
        .map((b) => `${textOf(a.step.command)} is not before ${textOf(b.step.command)}`),
    )
    .slice(0, 5);
}

/**
 * Replaces a program of the node: `body` runs instead, and calls the real one as `$real`. The node has to be opened
 * with a variant of iptables.
 */
export async function replaceProgram(node: TestNode, name: string, body: string): Promise<void> {
  await node.sh(`real=$(PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin command -v ${name})
    [ ! -L /run/iptables/${name} ] || real="$(readlink /run/iptables/${name}) ${name}"
    rm -f /run/iptables/${name}
    cat >/run/iptables/${name} <<'SCRIPT'
#!/bin/sh
${body}
SCRIPT
    sed -i "2i real='$real'" /run/iptables/${name}
    chmod 755 /run/iptables/${name}`);
}
