import type { Mark } from '../live/mark.ts';

/** How much is drawn: what the topology names, or the devices of the nodes. */
export type Level = 'networks' | 'devices';

/** What a thing is; each has its own icon. */
export type ThingKind =
  'network' | 'physical-network' | 'router' | 'dhcp' | 'instance' | 'instances' | 'host' | 'nic' | 'bridge';

/** A text at one side of a thing, and the end of a link there if it has a `port`. */
export interface Cell {
  readonly text: string;
  /** Unique in the scene. */
  readonly port?: string;
  /** Draws the text as a chip of this colour: a floating IP has that of its network. */
  readonly chip?: number;
}

/** A thing that is drawn as a box, or as a bar if it is a network. */
export interface Thing {
  /** Unique in the scene. */
  readonly id: string;
  readonly kind: ThingKind;
  readonly name: string;
  /** Lines below the name. */
  readonly about: readonly string[];
  readonly west: readonly Cell[];
  readonly east: readonly Cell[];
  /** Index of a colour of the palette; of networks. */
  readonly colour?: number;
  /** Id of the container it is in. */
  readonly container?: string;
  /** The names of the instances that are drawn as one. */
  readonly members?: readonly string[];
  /** Says more than is drawn, for those who ask: a line each. */
  readonly details: readonly string[];
  readonly mark?: Mark;
}

/** A node with what is on it. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly mark?: Mark;
}

/** An end of a link: a port of a thing, or of a network any place on its side. */
export interface End {
  /** Id of the thing. */
  readonly thing: string;
  readonly port?: string;
}

/** A cable, from the east side of one thing to the west side of another. */
export interface Link {
  readonly from: End;
  readonly to: End;
  /** Index of a colour of the palette; absent: grey. */
  readonly colour?: number;
}

/** What is drawn of a network, without any coordinate. */
export interface Scene {
  readonly title: string;
  readonly about: string;
  readonly level: Level;
  /** It tells the health of what it shows. */
  readonly isLive: boolean;
  readonly containers: readonly Container[];
  readonly things: readonly Thing[];
  readonly links: readonly Link[];
}
