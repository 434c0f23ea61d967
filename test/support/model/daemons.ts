import { present, require } from './refusal.ts';

/** A running program, and the content of its files when it last read them. */
interface Daemon {
  readonly namespace: string;
  readonly argv: readonly string[];
  read: string;
}

const OURS = /\/run\/netloom\/[\w./-]+/g;

/** The files and daemons of a node. */
export class ModelDaemons {
  readonly files = new Map<string, string>();
  /** Daemons by state folder. */
  readonly daemons = new Map<string, Daemon>();

  unlink(path: string): void {
    const gone = [...this.files.keys()].filter((file) => file === path || file.startsWith(`${path}/`));
    require(gone.length > 0, `there is no ${path}`);
    for (const file of gone) this.files.delete(file);
  }

  start(namespace: string, argv: readonly string[]): void {
    const state = present(
      argv.map(stateOf).find((folder) => folder !== undefined),
      `the state folder of ${String(argv[0])}`,
    );
    require(!this.daemons.has(state), `${String(argv[0])} runs already for ${state}`);
    this.daemons.set(state, { namespace, argv, read: this.#read(argv) });
  }

  signal(state: string, signal: 'HUP' | 'TERM'): void {
    const daemon = present(this.daemons.get(state), `a daemon for ${state}`);
    if (signal === 'TERM') this.daemons.delete(state);
    else daemon.read = this.#read(daemon.argv);
  }

  /**
   * Reads every file that the arguments name, and the files named in them; not the state folder, in which the daemon
   * itself writes.
   */
  #read(argv: readonly string[]): string {
    const seen = new Map<string, string>();
    const follow = (text: string): void => {
      for (const [path] of text.matchAll(OURS)) {
        if (path.includes('/state') || seen.has(path)) continue;
        const content = present(this.files.get(path), `${path}, which ${String(argv[0])} reads,`);
        seen.set(path, content);
        follow(content);
      }
    };
    argv.forEach(follow);
    return [...seen].map(([path, content]) => `${path} ${content}`).join('\n');
  }
}

function stateOf(argument: string): string | undefined {
  return /\/run\/netloom\/\S*?\/state(?=\/|$)/.exec(argument)?.[0];
}
