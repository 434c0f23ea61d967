/** Reports that a file may have changed. It does not report how. */
export interface ChangeSource {
  /** Also watches these files, in place of those of the previous call. A file and its folder need not exist. */
  follow(files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
