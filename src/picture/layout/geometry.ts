import type { Health } from '../../render/show/services.ts';
import type { Level, ThingKind } from '../scene/scene.ts';
import type { TextRole } from '../text/roles.ts';

/** In pixels, from the upper left corner of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A line of text. */
export interface Label {
  readonly text: string;
  readonly role: TextRole;
  /** The rectangle that it fills with the widest font; a narrower one leaves space at the end that is not anchored. */
  readonly rect: Rect;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Behind it is a chip of this colour of the palette. */
  readonly chip?: number;
}

/** The end of a cable at a box. */
export interface Dot extends Point {
  readonly port: string;
  readonly colour?: number;
}

/** A thing in its place. */
export interface Box {
  readonly id: string;
  readonly kind: ThingKind;
  readonly rect: Rect;
  /** Of a network: the card with its name; the bar is below it. */
  readonly card?: Rect;
  readonly bar?: Rect;
  readonly colour?: number;
  readonly icon: Point;
  /** The place of the sign of its health. */
  readonly sign?: Point & { readonly health: Health };
  readonly labels: readonly Label[];
  readonly dots: readonly Dot[];
  readonly name: string;
  /** More than is drawn, a line each; the first lines tell what is wrong. */
  readonly details: readonly string[];
  /** Id of the frame it is in. */
  readonly frame?: string;
}

/** A node around its boxes. */
export interface Frame {
  readonly id: string;
  readonly rect: Rect;
  readonly icon: Point;
  readonly sign?: Point & { readonly health: Health };
  readonly labels: readonly Label[];
  readonly name: string;
  readonly details: readonly string[];
}

/** A cable: a line of horizontal and vertical parts. */
export interface Cable {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly colour?: number;
}

/** A picture as data: everything has its place, and nothing has a colour value or a font yet. */
export interface Geometry {
  readonly title: string;
  readonly about: string;
  readonly level: Level;
  readonly isLive: boolean;
  readonly width: number;
  readonly height: number;
  readonly heading: readonly Label[];
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly cables: readonly Cable[];
}
