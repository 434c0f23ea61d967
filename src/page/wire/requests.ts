import type { PictureLevel } from './picture.ts';

/** The body of `POST /api/session`. */
export interface Exchange {
  readonly token: string;
}

/** The body of `POST /api/level`: from now on this level is drawn, too. */
export interface LevelRequest {
  readonly level: PictureLevel;
}

/** The body of `POST /api/apply`. */
export interface ApplyRequest {
  readonly checksum: string;
}
