/** The result of a program. `code` 127: the program does not exist; 124: it was ended, because it hung. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The examined machine; tests pass their own. Nothing here changes it. */
export interface Machine {
  readonly isRoot: boolean;
  readonly platform: string;
  readonly nodeVersion: string;
  run(argv: readonly string[]): Promise<CommandResult>;
  /** Returns the text of a file; `undefined` if it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Returns true if a file can be opened for reading and writing; `undefined` if it does not exist. */
  canWrite(path: string): Promise<boolean | undefined>;
  /** Returns the path of a command. */
  find(command: string): Promise<string | undefined>;
}
