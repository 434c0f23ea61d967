/** What a thing in the picture is; each has a shape of its own in every format. */
export type Shape = 'wire' | 'nic' | 'bridge' | 'tap' | 'router' | 'dhcp' | 'instance' | 'host' | 'floating-ip';

/** A thing. The first line of the label is its name. */
export interface Item {
  readonly id: string;
  readonly shape: Shape;
  readonly label: readonly string[];
}

/** A node with what is in it. */
export interface Cluster {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Item[];
}

/** A cable, or, dashed, "stands for". */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly dashed?: boolean;
}

/** A network as things, clusters and edges: what every format draws. */
export interface Picture {
  readonly title: string;
  readonly clusters: readonly Cluster[];
  readonly items: readonly Item[];
  readonly edges: readonly Edge[];
}
