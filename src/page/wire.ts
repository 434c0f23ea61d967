/**
 * What the server of the page sends to the browser: both sides import these types. All texts are without secrets and
 * control characters. Times are in milliseconds since 1970.
 */

/** The whole state of the page. The server sends the sections that have changed, each as a whole. */
export interface PageState {
  readonly about: About;
  readonly sight: Sight;
  readonly services: readonly ServiceRow[];
  readonly floatingIps: readonly FloatingIpRow[];
  readonly ports: readonly PortRow[];
  readonly changes: PlanSection | null;
  readonly drift: readonly DriftRow[];
  readonly runs: readonly RunRow[];
  readonly work: Work;
  readonly reach: Reach;
  /** `null`: it was not drawn yet. */
  readonly picture: PictureSection | null;
}

/** A part of the state. */
export type SectionName = keyof PageState;

/** What does not change while the server runs. */
export interface About {
  readonly topology: string;
  readonly file: string;
  /** The version of netloom. */
  readonly version: string;
  readonly lab: boolean;
  /** Whether the page may apply a plan. */
  readonly mayApply: boolean;
  /** The name of the machine that netloom runs on. */
  readonly machine: string;
}

/** The last look at the nodes. */
export interface Sight {
  /** `first`: there was none yet. `failed`: the last one failed, and the rest of the state is older. */
  readonly state: 'first' | 'seen' | 'failed';
  /** When the nodes were last read; `null`: never. */
  readonly at: number | null;
  /** The server's time, from which the browser's clock may differ. */
  readonly now: number;
  /** Milliseconds between two looks. */
  readonly every: number;
  /** The summary of a plan: `No changes. The network matches the file.` */
  readonly words: string;
  readonly leftOut: readonly string[];
  readonly diagnostics: readonly Problem[];
}

/** An error or a warning of netloom. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly summary: string;
  readonly detail: readonly string[];
  readonly hint: string;
  /** `topology.yaml:12:3`, or the node; empty: neither is known. */
  readonly place: string;
}

export type Health = 'ok' | 'degraded' | 'missing' | 'foreign' | 'unknown';

export type ServiceType = 'node' | 'router' | 'dhcp' | 'metadata' | 'bridge' | 'filter' | 'instance';

/** A service of a node for the network. */
export interface ServiceRow {
  /** Unique among the services. */
  readonly key: string;
  readonly node: string;
  readonly type: ServiceType;
  readonly name: string;
  /** The kernel object that it is: a namespace, a bridge, a tap. */
  readonly object: string;
  readonly health: Health;
  /** Since when this process has seen this health. */
  readonly since: number;
  /** What is wrong; empty: nothing. */
  readonly reason: string;
  /** Its part of the file: a collection and a name; `null`: it is none of its own. */
  readonly part: PartName | null;
}

/** A part of the file, such as the router r1. */
export interface PartName {
  readonly collection: string;
  readonly name: string;
}

export interface FloatingIpRow {
  readonly name: string;
  readonly address: string;
  readonly node: string;
  readonly router: string;
  /** Where it leads: `10.0.0.11 (web)`. */
  readonly target: string;
  readonly health: Health;
}

export interface PortRow {
  readonly key: string;
  readonly type: 'instance' | 'router' | 'dhcp';
  readonly owner: string;
  readonly port: string;
  readonly mac: string;
  readonly addresses: readonly string[];
  readonly network: string;
  readonly node: string;
  /** The tap or veth end on the node. */
  readonly device: string;
  /** `null`: the port is not filtered. */
  readonly groups: readonly string[] | null;
  readonly floatingIps: readonly string[];
}

export type Action = 'create' | 'update' | 'replace' | 'delete';

/** What an apply would do now. */
export interface PlanSection {
  /** What an apply of exactly this plan is asked with. */
  readonly checksum: string;
  /** `Plan: 3 to add, 1 to change, 0 to destroy.` */
  readonly words: string;
  readonly counts: Readonly<Record<Action, number>>;
  /** `1 drops-nat, 9 none`. */
  readonly impacts: string;
  readonly groups: readonly GroupRow[];
  readonly notes: readonly string[];
  /** How many changes have no details, because there are too many. */
  readonly unlisted: number;
}

/** The changes of one object of the topology. */
export interface GroupRow {
  /** `router r1 on node1`. */
  readonly label: string;
  /** What becomes of it, or what it is: `(10.0.0.0/24, DHCP)`. */
  readonly details: string;
  readonly action: Action;
  readonly impact: string;
  /** What its traffic feels; empty: nothing. */
  readonly feels: string;
  /** `3 links, 1 namespace created on node1`. */
  readonly counts: readonly string[];
  readonly changes: readonly ChangeRow[];
}

/** A change of one object on a node. */
export interface ChangeRow {
  readonly action: Action;
  readonly what: string;
  readonly node: string;
  readonly netns: string;
  readonly impact: string;
  readonly reason: string;
  readonly lines: readonly string[];
}

/** A difference that came while the page was watching. */
export interface DriftRow {
  readonly id: number;
  readonly at: number;
  /** When it was gone; `null`: it is still there. */
  readonly healed: number | null;
  /** Whether the file was saved, or the node was changed. */
  readonly cause: 'node' | 'file';
  readonly label: string;
  readonly counts: readonly string[];
  readonly impact: string;
}

/** A run of the archive. */
export interface RunRow {
  readonly number: number;
  readonly command: string;
  readonly outcome: string;
  readonly started: number;
  readonly ended: number | null;
  readonly client: string;
  readonly nodes: readonly string[];
  readonly changed: Readonly<Record<Action, number>>;
  readonly impact: string;
  readonly undoes: number | null;
  readonly revertedBy: number | null;
}

/** The apply that this page asked for. */
export interface Work {
  /** `stale`: the plan was another one by then, and nothing was changed. */
  readonly state: 'idle' | 'running' | 'settled' | 'failed' | 'stale';
  readonly at: number | null;
  readonly done: number;
  readonly total: number;
  readonly words: string;
  readonly diagnostics: readonly Problem[];
}

/** The expectations of the file, and what became of them. */
export interface Reach {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly at: number | null;
  readonly rows: readonly ReachRow[];
  readonly diagnostics: readonly Problem[];
}

export interface ReachRow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `tcp 80`. */
  readonly protocol: string;
  /** `an answer`. */
  readonly expected: string;
  /** `null`: it was not tried. */
  readonly ok: boolean | null;
  /** `answered`, `refused`, …; empty: it was not tried. */
  readonly result: string;
  /** What was seen: `outside sees 11.11.11.10`. */
  readonly detail: string;
}

/** A part of the file, with what stands of it on the nodes. */
export interface PartDetails {
  readonly part: PartName;
  readonly title: string;
  readonly source: { readonly file: string; readonly first: number; readonly lines: readonly string[] } | null;
  readonly objects: readonly ObjectRow[];
  /** Rules that come from it, with the chain that they are in. */
  readonly rules: readonly RuleRow[];
  readonly ports: readonly PortDetails[];
  /** The way of each of its floating IPs, from outside to the guest. */
  readonly ways: readonly Way[];
}

export interface ObjectRow {
  readonly what: string;
  readonly node: string;
  readonly netns: string;
  /** `ok`: as in the file. */
  readonly state: 'ok' | 'missing' | 'differs' | 'extra' | 'unknown';
}

export interface RuleRow {
  readonly chain: string;
  readonly node: string;
  readonly netns: string;
  readonly rule: string;
  readonly origin: string;
}

/** What the security groups of a port allow. */
export interface PortDetails {
  readonly name: string;
  readonly filtered: boolean;
  readonly groups: readonly string[];
  readonly ingress: readonly AllowedRow[];
  readonly egress: readonly AllowedRow[];
}

export interface AllowedRow {
  readonly what: string;
  readonly who: string;
  readonly group: string;
  readonly origin: string;
}

/** A floating IP from outside to the guest, hop by hop. */
export interface Way {
  readonly name: string;
  readonly hops: readonly Hop[];
}

export interface Hop {
  readonly what: string;
  readonly detail: string;
}

/** The picture of the network, as `graph --format svg --live` draws it. */
export interface PictureSection {
  /** Where the image is. Another image has another address. */
  readonly src: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly things: readonly PictureThing[];
  /** Why there is no picture; empty: there is one. */
  readonly error: string;
}

/** A thing in the picture, with its rectangle in pixels. */
export interface PictureThing {
  readonly id: string;
  /** `router r1`. */
  readonly words: string;
  readonly health: Health | null;
  /** What is drawn of it and more; the first lines tell what is wrong. */
  readonly details: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly part: PartName | null;
}

/** The body of `POST /api/session`. */
export interface Exchange {
  readonly token: string;
}

/** The body of `POST /api/apply`. */
export interface ApplyRequest {
  readonly checksum: string;
}
