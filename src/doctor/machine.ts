/** What a program said. `code` 127: there is no such program. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The machine that is looked at, so that tests can bring their own. Nothing here changes it. */
export interface Machine {
  readonly isRoot: boolean;
  readonly platform: string;
  readonly nodeVersion: string;
  run(argv: readonly string[]): Promise<Said>;
  /** The text of a file; `undefined` when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Whether the file can be opened for reading and writing; `undefined` when it does not exist. */
  canWrite(path: string): Promise<boolean | undefined>;
  /** The path of a command. */
  find(command: string): Promise<string | undefined>;
}
