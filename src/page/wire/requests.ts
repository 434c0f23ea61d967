/** The body of `POST /api/session`. */
export interface Exchange {
  readonly token: string;
}

/** The body of `POST /api/apply`. */
export interface ApplyRequest {
  readonly checksum: string;
}
