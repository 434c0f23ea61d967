import type { PartName } from './part.ts';
import type { Health } from './services.ts';

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

/** How much is drawn, as by `graph --level`. */
export type PictureLevel = 'networks' | 'devices';

/** The way of a floating IP in the picture, from outside to the guest. */
export interface PictureWay {
  /** `203.0.113.7`, `203.0.113.7 tcp 80`. */
  readonly label: string;
  /** The data of an SVG path, in the pixels of the picture. */
  readonly path: string;
  /** The rectangles of what it leads through, in order. */
  readonly stops: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
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
