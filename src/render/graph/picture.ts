/** What an item of a picture is; each has its own shape in every format. */
export type Shape = 'wire' | 'nic' | 'bridge' | 'tap' | 'router' | 'dhcp' | 'instance' | 'host' | 'floating-ip';

/** An item. The first line of the label is its name. */
export interface Item {
  readonly id: string;
  readonly shape: Shape;
  readonly label: readonly string[];
}

/** A node with its items. */
export interface Cluster {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Item[];
}

/** A cable; dashed: a floating IP and its router or target. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly dashed?: boolean;
}

/** A network as items, clusters and edges, for all formats. */
export interface Picture {
  readonly title: string;
  readonly clusters: readonly Cluster[];
  readonly items: readonly Item[];
  readonly edges: readonly Edge[];
}
