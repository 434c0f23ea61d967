import { programText } from '../../programs/text.ts';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import type { ConfirmWindow, HeldLock, Shell } from '../../model/host.ts';
import { shellLine, shellQuote } from '../quote.ts';

const TIMER = programText(new URL('./timer.pl', import.meta.url));
const FINGERPRINT = programText(new URL('./fingerprint.pl', import.meta.url));
const START = programText(new URL('./start-timer.sh', import.meta.url));

/** The folder of the window of a node; no topology can have its name. A node has one window at a time. */
export const WINDOW_FOLDER = '/run/netloom/.confirm';
/** The command line of a timer, as it calls itself. */
const TIMER_NAME = 'netloom: timer of a revert';
/** What the last revert of a node ended with. */
const REVERTED = '/run/netloom/.reverted';

/** What a node is given before an apply that can be reverted. */
export interface Arming {
  readonly topology: string;
  /** Tells this window from another one. */
  readonly id: string;
  /** Who applies, as lines `key=value`. */
  readonly client: string;
  readonly library: string;
  readonly script: string;
  /** The namespaces that the apply changes: `-` is the node's own, all others are paths. */
  readonly namespaces: readonly string[];
  /** In how many seconds an apply that has not ended is reverted. */
  readonly seconds: number;
}

/** What the last revert of a node ended with. */
export interface Reverted {
  readonly topology: string;
  /** Of the window. */
  readonly id: string;
  /** `timeout`: nobody confirmed; `abandoned`: the apply ended without a word; `revert`: it was asked for. */
  readonly why: string;
  /** The node is as it was before. */
  readonly equal: boolean;
  /** What is not as before: `- LINE` is missing, `+ LINE` is new. */
  readonly differences: readonly string[];
  /** What its commands printed; it is kept if the node is not as before. */
  readonly log: readonly string[];
}

function written(name: string, text: string): string {
  return `printf %s ${shellQuote(text)} >${WINDOW_FOLDER}/${name} || exit`;
}

/**
 * Gives a node the way back and starts the timer. Called under the node's lock. A second call replaces the way back of
 * the same apply. Returns why that failed; `undefined` if the timer runs.
 */
export async function arm(shell: Shell, arming: Arming): Promise<string | undefined> {
  const { topology, id, client, library, script, namespaces, seconds } = arming;
  const { code, output } = await shell.job(
    [
      // A window without a timer would refuse every other change.
      `trap 'c=$?; [ "$c" = 0 ] || [ -e ${WINDOW_FOLDER}/pid ] || rm -rf ${WINDOW_FOLDER}; exit "$c"' EXIT`,
      'umask 077',
      `mkdir -p -m 755 /run/netloom; mkdir -p -m 700 ${WINDOW_FOLDER} && chmod 700 ${WINDOW_FOLDER} || exit`,
      written('library', library),
      written('script.new', script),
      `mv -f ${WINDOW_FOLDER}/script.new ${WINDOW_FOLDER}/script || exit`,
      START,
      `if [ -e ${WINDOW_FOLDER}/pid ]; then
  timer_runs ${WINDOW_FOLDER} && [ ! -h ${WINDOW_FOLDER}/decided ] && exit 0
  echo 'its timer has ended, or reverts already'
  exit 1
fi`,
      written('meta', `topology=${topology}\nid=${id}\n${client}`),
      `rm -f ${REVERTED} ${REVERTED}.seen`,
      written('namespaces', namespaces.map((path) => `${path}\n`).join('')),
      written('fingerprint', FINGERPRINT),
      written('timer', TIMER),
      `perl ${WINDOW_FOLDER}/fingerprint ${WINDOW_FOLDER} >${WINDOW_FOLDER}/before || exit`,
      deadline('applying', seconds),
      shellLine(['start_timer', WINDOW_FOLDER]),
    ].join('\n'),
  );
  return code === 0 ? undefined : output.trim() || `exit code ${String(code)}`;
}

/** Returns the line that sets when the timer reverts. */
function deadline(state: ConfirmWindow['state'], seconds: number): string {
  const file = `${WINDOW_FOLDER}/deadline`;
  const until = `$((\${up%.*} + ${String(Math.ceil(seconds))}))`;
  return (
    `read -r up _ </proc/uptime && echo "${state} ${until}" >${file}.new && ` + `mv -f ${file}.new ${file} || exit`
  );
}

/** Begins the time in which an apply that has ended can be kept. Returns whether the node's timer waits for it. */
export async function openWindow(shell: Shell, seconds: number): Promise<boolean> {
  const { code } = await shell.job(`[ ! -h ${WINDOW_FOLDER}/decided ] || exit 1\n${deadline('waiting', seconds)}`);
  return code === 0;
}

const FACTS = `${START}
if [ -d ${WINDOW_FOLDER} ]; then
  cat ${WINDOW_FOLDER}/meta
  read -r up _ </proc/uptime
  read -r state until <${WINDOW_FOLDER}/deadline && echo "state=$state" && echo "left=$((until - \${up%.*}))"
  [ ! -h ${WINDOW_FOLDER}/decided ] || echo decided=1
  timer_runs ${WINDOW_FOLDER} || echo dead=1
fi 2>/dev/null
:`;

function fieldsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at <= 0) continue;
    const key = line.slice(0, at);
    const known = fields.get(key);
    if (known) known.push(line.slice(at + 1));
    else fields.set(key, [line.slice(at + 1)]);
  }
  return fields;
}

/** Prints a report that nobody has read. The timer deletes it when those who know the window have read it, too. */
const TELL = `[ ! -f ${REVERTED} ] || { cat ${REVERTED} && mv -f ${REVERTED} ${REVERTED}.seen; }`;

const TAKE = `
for file in ${REVERTED} ${REVERTED}.seen; do
  grep -qsxF -- "$1" "$file" || continue
  cat "$file" && mv -fT "$file" ${REVERTED}.seen 2>/dev/null
done
:`;

/** Returns the window of a node; `undefined` if it has none. */
export async function windowOf(shell: Shell): Promise<ConfirmWindow | undefined> {
  return windowFrom(await shell.read(FACTS));
}

/** Returns the window that a text describes; `undefined` if it describes none. */
export function windowFrom(text: string): ConfirmWindow | undefined {
  const fields = fieldsOf(text);
  const one = (key: string): string => fields.get(key)?.[0] ?? '';
  if (!fields.has('topology')) return undefined;
  return {
    topology: one('topology'),
    id: one('id'),
    state: one('state') === 'waiting' ? 'waiting' : 'applying',
    left: Math.max(0, Number(one('left')) || 0),
    decided: fields.has('decided'),
    dead: fields.has('dead'),
  };
}

/** Returns whether a node's lock is held by the timer of a window, which reverts. */
export function isRevert({ processes }: HeldLock): boolean {
  return processes.some(({ command }) => command.includes(TIMER_NAME));
}

function notDecided(node: string, why: string): Diagnostic {
  return {
    code: 'NLA39',
    severity: 'error',
    summary: `${node} did not carry out the decision: ${why}`,
    place: { node },
    hint: `look at ${WINDOW_FOLDER} on ${node}, and whether /run has space: \`df -h /run\``,
  };
}

/**
 * Decides about the window of a node, if nobody has decided yet, and waits until what was decided is done. Returns
 * whether the decision was in time.
 * @throws DiagnosticError NLA39 if the node cannot carry it out
 */
export async function decide(shell: Shell, decision: 'keep' | 'revert'): Promise<boolean> {
  // A timer that has ended does not carry out what was decided before, either.
  const { code, output } = await shell.job(
    `[ -d ${WINDOW_FOLDER} ] || exit 3
late=0
ln -s ${decision} ${WINDOW_FOLDER}/decided 2>/dev/null || late=3
${START}
timer_runs ${WINDOW_FOLDER} || case $(readlink ${WINDOW_FOLDER}/decided) in
  keep) rm -rf ${WINDOW_FOLDER} ;;
  ?*) start_timer ${WINDOW_FOLDER} || exit 1 ;;
esac
exit "$late"`,
  );
  if (code !== 0 && code !== 3) throw new DiagnosticError([notDecided(shell.node, output.trim())]);
  await ended(shell);
  return code === 0;
}

/** Waits until a node has no window any more. */
export async function ended(shell: Shell): Promise<void> {
  while ((await shell.read(`[ ! -d ${WINDOW_FOLDER} ] || echo open`)).trim() !== '') {
    await new Promise((settle) => setTimeout(settle, 100));
  }
}

/**
 * Returns what the last revert of a node ended with; `undefined` if there is none. Without `id`: if nobody has read it
 * yet. With it: if it was of this window, even if others have read it.
 */
export async function takeReverted(shell: Shell, id?: string): Promise<Reverted | undefined> {
  const text = await shell.read(id === undefined ? TELL : shellLine(['set', '--', `id=${id}`]) + TAKE);
  const fields = fieldsOf(text);
  const one = (key: string): string => fields.get(key)?.[0] ?? '';
  if (!fields.has('result')) return undefined;
  return {
    topology: one('topology'),
    id: one('id'),
    why: one('why'),
    equal: one('result') === 'equal',
    differences: fields.get('difference') ?? [],
    log: fields.get('log') ?? [],
  };
}
