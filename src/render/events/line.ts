/** One line of a stream, without its time. */
export interface Line {
  readonly type: string;
  readonly [field: string]: unknown;
}
