import type { Action, Change, FieldChange, Impact } from './change.ts';
import type { Command } from './command.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Existence } from './existence.ts';
import type { DesiredGraph } from './graph.ts';
import type { NodeView, Probe } from './probe.ts';
import type { Address, KindName, Netns, Observed, Ref, Resource } from './resource.ts';
import type { Shown } from './shown.ts';
import type { Touch } from './touch.ts';

/** What a kind may read, besides the object itself, to write its commands. */
export interface KindContext {
  readonly topology: string;
  /** The alias that marks a link or a namespace as this topology's. */
  readonly mark: string;
  readonly desired: DesiredGraph;
  /** Returns the desired link of this name, whichever object provides it. */
  desiredLink(node: string, netns: Netns, name: string): ProvidedLink | undefined;
  view(node: string): NodeView | undefined;
  /** Present in a plan back to the state before an apply, which may be carried out at any moment of it. */
  readonly reverts?: Reverts;
}

/**
 * What a plan back reverts. The views are those from before the apply, and `desired` is what existed then. A kind's
 * commands must lead there from every state that the apply passes through.
 */
export interface Reverts {
  /** Returns the commands of the apply for the object at this address. */
  done(address: Address): readonly Command[];
  /** The objects that exist once the apply has ended, as far as it changes them. */
  readonly after: ReadonlyMap<Address, Observed>;
  /** Returns the links of the node's own namespace that the apply creates with a namespace, and that end with it. */
  taps(node: string, netns: string): readonly string[];
}

/** A link that an object provides. */
export interface ProvidedLink {
  readonly netns: Netns;
  readonly name: string;
  /** Its link-layer address, where the spec has one: the link is announced with it after a change. */
  readonly mac?: string;
  /** It is a bridge: while it holds a NIC, it carries the NIC's addresses. */
  readonly isBridge?: true;
}

/** What objects of several kinds can be: a `link` is any device listed by `providedLinks`. */
export type Role = 'link';

/**
 * A dependency of one object on another: the other is created first and deleted last. With `prefix`, `name` is the
 * beginning of the other's name.
 * `contains`: this object is deleted with the other, without a command of its own (an address with its link).
 * `soft`: an order that only protects traffic; given up where it would close a cycle.
 * `reverse`: the other object needs this one.
 */
export interface Need {
  readonly kind: KindName | Role;
  readonly netns: Netns;
  readonly name: string;
  readonly prefix?: boolean;
  readonly contains?: boolean;
  readonly soft?: boolean;
  readonly reverse?: boolean;
}

/**
 * How to get some objects in the node's own writing: programs that run there one after the other, in a temporary
 * namespace, and a parser of the last one's output.
 */
export interface CanonicalForm {
  readonly programs: readonly { readonly argv: readonly string[]; readonly input?: string }[];
  read(output: string): Iterable<Resource>;
}

/** What a kind knows of a node, as JSON. */
export type NodeFacts = object;

/**
 * How specs depend on a node: on what its programs are too old for, and on numbers that are in use there. The facts are
 * asked once for all objects of the node, and are recorded with its state.
 */
export interface Adaptation<Spec> {
  facts(view: NodeView): NodeFacts;
  /** Returns the spec for a node with these facts. The same value where that makes no difference. */
  adapt(spec: Spec, facts: NodeFacts): Spec;
}

/** Returns the adaptation of a kind to facts that it alone makes. */
export function adaptation<Spec, Facts extends object>(
  facts: (view: NodeView) => Facts,
  adapt: (spec: Spec, facts: Facts) => Spec,
): Adaptation<Spec> {
  return { facts, adapt: (spec, known) => adapt(spec, known as Facts) };
}

/** Returns the need for the object of a reference. */
export function needOf({ kind, netns, name }: Ref, how: Omit<Need, 'kind' | 'netns' | 'name'> = {}): Need {
  return { kind, netns, name, ...how };
}

/**
 * An owed effect: a one-time action that leaves no trace of its own. Recorded as a token in the namespace's mark before
 * its cause is changed, and deleted from it when done.
 */
export type OwedToken = string;

/**
 * One kind of kernel object: how it is read, compared, created, updated and deleted. Pure: commands are returned, never
 * run. A kind knows no word of the topology. Registered in `kinds/registry.ts`.
 */
export interface Kind<Spec = unknown, Facts = unknown> {
  readonly name: KindName;
  /**
   * How a new process, with no memory, tells ours from foreign objects; `notes` states what is not obvious. Markdown:
   * ARCHITECTURE's ownership table is printed from it.
   */
  readonly ownership: { readonly ours: string; readonly notes?: string };
  /**
   * The words with which people count objects of this kind: `1 link`, `3 links`. With `lines`, the lines of an object
   * are counted in place of the object: the rules of a chain.
   */
  readonly counted: {
    readonly one: string;
    readonly many: string;
    readonly lines?: (spec: Spec) => readonly string[];
  };
  readonly probes: readonly Probe<unknown>[];
  /** Returns every object of this kind on the node, ours or foreign, that can matter to netloom. */
  observe(view: NodeView, topology: string): Iterable<Observed<Spec, Facts>>;
  needs(object: Ref & { readonly spec: Spec }): Iterable<Need>;
  /** Returns the fields that differ; none when the object is as desired. */
  compare(desired: Spec, observed: Spec): readonly FieldChange[];
  create(resource: Resource<Spec>, context: KindContext): readonly Command[];
  update(
    resource: Resource<Spec>,
    observed: Observed<Spec, Facts>,
    fields: readonly FieldChange[],
    context: KindContext,
  ): readonly Command[];
  remove(observed: Observed<Spec, Facts>, context: KindContext): readonly Command[];
  impact(action: Action, fields: readonly FieldChange[]): Impact;
  /**
   * The meaning of a foreign object at the address of a desired one. `conflict` (the default): an error that names it.
   * `suffices`: it is accepted as it is (an address that the node's own system gave a NIC). `borrowed`: it is updated
   * but never created or deleted (a NIC, a sysctl). `told`: all objects of the kind are foreign, and none is ever
   * desired (a table of nftables that another program created).
   */
  readonly foreign?: 'conflict' | 'suffices' | 'borrowed' | 'told';
  /**
   * Returns true if an unmarked object can only be ours: a bridge that lost its alias but holds our taps. It is
   * adopted, not refused as foreign.
   */
  recognises?(desired: Spec, observed: Observed<Spec, Facts>): boolean;
  /**
   * Returns what is observed of the object on a node that has it as desired. Without this, its spec as it is, and owner
   * `ours` (`foreign` of a borrowed one).
   */
  conforming?(desired: Spec): Pick<Observed<Spec>, 'spec' | 'owner'>;
  /**
   * Returns what is desired of an object that was observed like this, so that it is restored: without what was wrong
   * with it then. `undefined`: it cannot be restored. Without this, its spec as it is.
   */
  restored?(observed: Spec): Spec | undefined;
  /** A foreign object of this kind that a run deleted can be created again, as foreign as it was. */
  readonly restoresForeign?: true;
  /** An object of this kind is work that is left to do, and no part of a state. */
  readonly isTransient?: true;
  /**
   * What a restored object is created after, beyond its needs. Of a desired object the feature says so
   * (`Resource.after`).
   */
  restoredAfter?(object: Ref & { readonly spec: Spec }): Iterable<Need>;
  /** Returns the spec as it is written to a file: without what only root may read on the node. */
  sealed?(spec: Spec): Spec;
  /** Returns true if a spec was sealed: it lacks what only root may read. */
  isSealed?(spec: Spec): boolean;
  /** Returns a sealed spec with the secret of another one; `undefined` if that is not what was sealed. */
  opened?(sealed: Spec, other: Spec): Spec | undefined;
  /** Returns how a script tests that the object exists. Without this, or `undefined`: only netloom can tell. */
  existence?(object: Ref & { readonly spec: Spec }, topology: string): Existence | undefined;
  /** The links this object provides, itself among them if it is one, for others to need as kind `link`. */
  readonly providedLinks?: (object: Ref & { readonly spec: Spec }) => readonly ProvidedLink[];
  /** Returns the process of an observed object: when that ends, the object is another. */
  pidOf?(observed: Observed<Spec, Facts>): number | undefined;
  /**
   * Describes a new or deleted object for people, without what its name says already. Without this, its whole spec is
   * printed.
   */
  describe?(spec: Spec): string;
  /** The properties that `show` displays. */
  shown?(object: Pick<Ref, 'netns' | 'name'> & { readonly spec: Spec }): Shown;
  /**
   * Resources that the object needs beside it and no feature contributes: the chain that marks its table as ours.
   * Objects of one node with an equal `key` have the same.
   */
  readonly companions?: {
    key(resource: Resource<Spec>): string;
    of(resource: Resource<Spec>, topology: string): readonly Resource[];
  };
  /** Which changes of one node may be differences of writing alone, and how to ask the node for its writing. */
  readonly canonicalForms?: (changes: readonly Change[], desired: DesiredGraph) => Iterable<CanonicalForm>;
  /** An object of this kind is a namespace: all objects that need it, and all that those need there, are inside. */
  readonly isNamespace?: true;
  /**
   * Describes what a destroy leaves of the object: one that is never created or deleted keeps the value it was set to.
   * Returns nothing if it was not set. Without this, nothing is left.
   */
  remains?(desired: Spec, observed: Spec): string | undefined;
  /** How specs of this kind depend on the node. */
  readonly adaptation?: Adaptation<Spec>;
  /**
   * Returns the effects that are owed once the change is made: actions that leave no trace of their own (an ARP
   * announcement, a conntrack flush). They are recorded before the change, so that the next apply finds them if this
   * one dies in between.
   */
  effects?(
    change: { readonly action: Action; readonly desired?: Resource<Spec>; readonly observed?: Observed<Spec, Facts> },
    context: KindContext,
  ): readonly OwedToken[];
  /**
   * Returns what speaks against the object in the node's present state, or against this change of it. An error stops
   * the plan.
   */
  inspect?(resource: Resource<Spec>, change: Change | undefined, context: KindContext): readonly Diagnostic[];
  /**
   * Returns what a change in the node's own namespace does to the network of the node itself. That the links which the
   * object provides are deleted with it goes without saying.
   */
  touches?(change: Change, context: KindContext): readonly Touch[];
  /** Returns what speaks against deleting the object. An error stops the plan. */
  inspectRemoval?(observed: Observed<Spec, Facts>, context: KindContext): readonly Diagnostic[];
  /**
   * Keys of what may exist only once in the whole network: a MAC, an address. The object that gives a key up is deleted
   * before the object that takes it is created, also on another node.
   */
  breakBeforeMake?(object: Ref & { readonly spec: Spec }): readonly string[];
  /**
   * More keys that the object gives up when it is deleted, to objects of other kinds: the network of an address, to
   * which there may be a route then. Objects of its own kind may share such a key.
   */
  givesUp?(object: Ref & { readonly spec: Spec }): readonly string[];
  /**
   * Keys that some object must have at all times: the addresses of a NIC, whose routes the kernel deletes with the last
   * of them. The object that takes a key is created before the object that gives it up is deleted.
   */
  makeBeforeBreak?(spec: Spec): readonly string[];
  /** It filters traffic into its namespace, so it is created before any object that admits traffic there. */
  readonly filtersTraffic?: boolean;
  /**
   * The last commands of its creation admit traffic from outside into its namespace; they wait for all objects that
   * filter traffic there.
   */
  readonly admitsTraffic?: boolean;
}
