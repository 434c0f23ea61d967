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
