import type { Action, Change, FieldChange, Impact } from './change.ts';
import type { Command } from './command.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { DesiredGraph } from './graph.ts';
import type { NodeView, Probe } from './probe.ts';
import type { KindName, Netns, Observed, Ref, Resource } from './resource.ts';
import type { Shown } from './shown.ts';

/** What a kind may look at besides the object itself when it writes commands. */
export interface KindContext {
  readonly topology: string;
  /** The alias that marks a link or a namespace as this topology's. */
  readonly mark: string;
  readonly desired: DesiredGraph;
  /** The link of this name that is wanted, whichever object provides it. */
  desiredLink(node: string, netns: Netns, name: string): ProvidedLink | undefined;
  view(node: string): NodeView | undefined;
}

/** A link that an object provides. */
export interface ProvidedLink {
  readonly netns: Netns;
  readonly name: string;
  /** Its link-layer address, where the spec has one: it is announced with that after a change. */
  readonly mac?: string;
  /** It is a bridge: while it holds a NIC, the NIC's addresses stand on it. */
  readonly isBridge?: true;
}

/** What objects of several kinds can be: a `link` is any device that one `provides`. */
export type Role = 'link';

/**
 * "This object needs that one": the other is made first and removed last. `name` may be a prefix of the other's name.
 * `contains`: the other goes and this goes with it, by itself (an address with its link).
 * `soft`: an order that only protects traffic; given up where it would close a circle.
 * `reverse`: that one needs this one.
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
 * How a node itself writes some objects: programs to be run there one after the other, in a namespace that is thrown away, and the objects as the output
 * of the last one has them.
 */
export interface CanonicalForm {
  readonly programs: readonly { readonly argv: readonly string[]; readonly input?: string }[];
  read(output: string): Iterable<Resource>;
}

/** The need of what a reference names. */
export function needOf({ kind, netns, name }: Ref, how: Omit<Need, 'kind' | 'netns' | 'name'> = {}): Need {
  return { kind, netns, name, ...how };
}

/** An effect that leaves no trace of its own: owed from before its cause until it was done, as a token in the namespace's mark. */
export type OwedToken = string;

/**
 * One kind of kernel object: how it is read, compared, made, altered and removed. Pure: commands are returned, never run.
 * A kind knows no word of the topology. Registered in `kinds/registry.ts`.
 */
export interface Kind<Spec = unknown, Facts = unknown> {
  readonly name: KindName;
  /**
   * How a process just started, with no memory, tells ours from others'; `notes` says what is not obvious in it. Markdown: ARCHITECTURE's ownership table
   * is printed from it.
   */
  readonly ownership: { readonly ours: string; readonly notes?: string };
  readonly probes: readonly Probe<unknown>[];
  /** Every object of this kind on the node, ours or not, as far as it can matter to us. */
  observe(view: NodeView, topology: string): Iterable<Observed<Spec, Facts>>;
  needs(object: Ref & { readonly spec: Spec }): Iterable<Need>;
  /** What differs; nothing when the object is as wanted. */
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
   * What a foreign object in the wanted one's place means. `conflict` (the default): an error that names it. `suffices`: it will do
   * as it is (an address the node's own system gave a NIC). `borrowed`: it is altered but never made or removed (a NIC, a sysctl).
   */
  readonly foreign?: 'conflict' | 'suffices' | 'borrowed';
  /** True when an unmarked object can only be ours: a bridge that lost its alias but holds our taps. It is taken over, not refused as a stranger's. */
  recognises?(desired: Spec, observed: Observed<Spec, Facts>): boolean;
  /** The links this object brings, itself among them where it is one, for others to need as kind `link`. */
  readonly providedLinks?: (object: Ref & { readonly spec: Spec }) => readonly ProvidedLink[];
  /** What a new or removed object is like, in words, without what its name says already. Without this all of its spec is told. */
  describe?(spec: Spec): string;
  /** What a person sees in it. */
  shown?(object: Pick<Ref, 'netns' | 'name'> & { readonly spec: Spec }): Shown;
  /** What has to stand beside the object and no feature asks for: what says of its table whose that is. */
  companions?(resource: Resource<Spec>, topology: string): readonly Resource[];
  /** Which of the changes of one node may be only how the node writes the same, and how to ask it. */
  readonly canonicalForms?: (changes: readonly Change[], desired: DesiredGraph) => Iterable<CanonicalForm>;
  /** An object of this kind is a namespace: all that needs it is inside, with whatever else it needs there. */
  readonly isNamespace?: true;
  /**
   * What is left of the object after a destroy, in words: such as is altered and never made or removed stays as it was set. Nothing where it was not
   * set. Without this all of it goes.
   */
  remains?(desired: Spec, observed: Spec): string | undefined;
  /** The spec as this node can have it: without what its programs are too old for. The same value where the node can have it all. */
  readonly adaptToNode?: (spec: Spec, view: NodeView) => Spec;
  /**
   * Effects that leave no trace of their own (an ARP announcement, a conntrack flush) and are owed once the change is made. They are recorded
   * before the change, so the next apply finds them if this one dies in between.
   */
  effects?(
    change: { readonly action: Action; readonly desired?: Resource<Spec>; readonly observed?: Observed<Spec, Facts> },
    context: KindContext,
  ): readonly OwedToken[];
  /** What speaks against the object as things stand on the node, or against this change of it. An error stops the plan. */
  inspect?(resource: Resource<Spec>, change: Change | undefined, context: KindContext): readonly Diagnostic[];
  /** What speaks against taking the object away. An error stops the plan. */
  inspectRemoval?(observed: Observed<Spec, Facts>, context: KindContext): readonly Diagnostic[];
  /**
   * Keys of what may exist only once in the whole network: a MAC, an address. The object that gives a key up is removed before the one that takes it
   * is created, also on another node.
   */
  breakBeforeMake?(object: Ref & { readonly spec: Spec }): readonly string[];
  /**
   * Keys that some object must have at all times: the addresses of a NIC, with whose last one the kernel drops its routes. The object that takes a key is
   * created before the one that gives it up is removed.
   */
  makeBeforeBreak?(spec: Spec): readonly string[];
  /** It filters what comes into its namespace, so it is created before any object that admits traffic there. */
  readonly filtersTraffic?: boolean;
  /** The last commands of its creation admit traffic from outside into its namespace; they wait for all that filters traffic there. */
  readonly admitsTraffic?: boolean;
}
