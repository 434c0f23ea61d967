/** What a watched file does, and what comes of it. */
export type WatchEvent =
  /** The file is looked at; a run begins. */
  | { readonly type: 'run'; readonly number: number }
  /** The run is over; `ok: false` stands still until the file changes. */
  | { readonly type: 'done'; readonly number: number; readonly ok: boolean }
  /** The file is not there (any more); what stands is left alone until it comes back. */
  | { readonly type: 'gone' }
  /** Watching itself has a problem; it goes on. */
  | { readonly type: 'trouble'; readonly message: string };
