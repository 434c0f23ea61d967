/** The watch that the page looks through. */
export interface Machine {
  /** What it does about a difference. `shows`: nothing but that, for this page alone. */
  readonly task: 'shows' | 'reports' | 'heals' | 'applies';
  readonly phase: 'idle' | 'settling' | 'checking' | 'applying' | 'standing-still';
  /** The file has errors: the network is compared with its last good version. */
  readonly blocked: boolean;
  /** The nodes that failed, and are left out until they are tried again. */
  readonly backingOff: readonly BackingOff[];
  /** How many nodes tell what changes there, and in how many namespaces. */
  readonly hears: { readonly nodes: number; readonly namespaces: number };
  /** What is to be known of it, the last first. */
  readonly notes: readonly MachineNote[];
}

export interface BackingOff {
  readonly node: string;
  readonly attempt: number;
  /** When it is tried again. */
  readonly at: number;
  readonly why: string;
}

export interface MachineNote {
  readonly id: number;
  readonly at: number;
  readonly text: string;
}
