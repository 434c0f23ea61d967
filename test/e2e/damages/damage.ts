import type { MechanismName } from '../../../src/topology/defaults.ts';

/**
 * What netloom makes of a damage: `healed`: one apply restores the state before; `told`: a diagnostic contains this
 * word; `probed`: nothing on the nodes differs, but a request to this service, `TYPE NAME`, fails; `harmless`: the
 * network works as before, for this reason.
 */
export type Verdict =
  'healed' | { readonly told: string } | { readonly probed: string } | { readonly harmless: `because ${string}` };

/** One damage to a node, and what netloom must make of it. */
export interface Damage {
  readonly what: string;
  /** `node1` by default. */
  readonly node?: 'node1' | 'node2' | 'peer' | 'near';
  /** A shell script that runs on the node. It must succeed. */
  readonly damage: string;
  readonly verdict: Verdict;
  /** The apply that heals it needs this flag; without it, the damage is told. */
  readonly heal?: '--heal-foreign';
  /** The damage breaks this service, `TYPE NAME`: a request of `show --probe` to it fails. */
  readonly breaks?: string;
  /** Lines of the state with this text are foreign, and stay where they no longer decide anything. */
  readonly stays?: string;
  /** A shell script that takes the damage back; without it, the lab is built again if something remains. */
  readonly undo?: string;
  /** The damage is not noticed yet; says who is to notice it. The row fails as soon as it is noticed. */
  readonly pending?: string;
  /** Only nodes of this mechanism have what is damaged. */
  readonly only?: MechanismName;
}
