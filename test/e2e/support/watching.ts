import { renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { startNetloom, type Ran } from './cli.ts';
import { until } from './suite.ts';

/** A line of `watch --json`. */
export interface Line {
  readonly type: string;
  readonly time: string;
  readonly ok?: boolean;
  readonly node?: string;
  readonly netns?: string | null;
  readonly attempt?: number;
  readonly codes?: readonly string[];
  readonly reason?: string;
  readonly objects?: readonly { readonly kind: string; readonly name: string; readonly action: string }[];
  readonly diagnostics?: readonly { readonly code: string }[];
}

/** A running `netloom watch --lab --yes --json` of a file. */
export class Watching {
  readonly lines: Line[] = [];
  readonly #file: string;
  readonly #running: ReturnType<typeof startNetloom>;

  private constructor(file: string, flags: readonly string[]) {
    this.#file = file;
    this.#running = startNetloom(['watch', '--lab', '--yes', '--json', ...flags, file]);
    createInterface({ input: this.#running.child.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as Line);
    });
  }

  /** Starts to watch a file, and waits for the end of the first run, which must succeed. */
  static async start(file: string, ...flags: readonly string[]): Promise<Watching> {
    const watching = new Watching(file, flags);
    const done = await watching.heard(0, ({ type }) => type === 'watch-done');
    if (done.ok !== true) throw new Error(JSON.stringify(watching.lines));
    return watching;
  }

  /** Waits for the first line from a place on that `holds`, and returns it. */
  async heard(from: number, holds: (line: Line) => boolean, limitMs = 30_000): Promise<Line> {
    const look = (): Promise<Line[]> => Promise.resolve(this.lines.slice(from).filter(holds));
    const [line] = await until(look, ({ length }) => length > 0, limitMs);
    return line!;
  }

  /** The types of the lines from a place on, without those of readings that found nothing new. */
  said(from: number): readonly string[] {
    return this.lines
      .slice(from)
      .map(({ type }) => type)
      .filter((type) => type !== 'watch-resynced');
  }

  /** Saves the file as an editor does, and waits for the end of the run that follows. */
  async save(text: string): Promise<Line> {
    const from = this.lines.length;
    writeFileSync(`${this.#file}.new`, text);
    renameSync(`${this.#file}.new`, this.#file);
    return this.heard(from, ({ type }) => type === 'watch-done');
  }

  /** Ends the watch. */
  async stop(): Promise<Ran> {
    this.#running.child.kill('SIGTERM');
    return this.#running.ended;
  }
}
