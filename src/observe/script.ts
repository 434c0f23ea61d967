import { shellQuote } from '../hosts/quote.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';

/** Programs without which nothing can be read or written on a node. */
const PROGRAMS = [
  'ip',
  'nsenter',
  'unshare',
  'xargs',
  'stat',
  'base64',
  'grep',
  'find',
  'mktemp',
  'iptables-save',
  'iptables-restore',
];

/** Where a lab shows a node the network namespaces of its guests. */
const GUESTS = '/run/netloom-guests';

function section(nonce: string, probe: Probe<unknown>, request: ProbeRequest): string {
  return `printf '@${nonce} probe ${probe.id}\\n'; { ${probe.script(request)}\n} || printf '\\n@${nonce} failed ${probe.id} %s\\n' "$?"`;
}

/**
 * What runs inside one namespace, with its name as `$1`; the node's own has none. Where no link carries our mark, the probes that are for our
 * namespaces only are left out.
 */
function namespaceBody(nonce: string, probes: readonly Probe<unknown>[], request: ProbeRequest): string {
  const everywhere = probes.filter((p) => p.scope === 'namespace' && p.id !== 'ip');
  const marked = probes.filter((p) => p.scope === 'marked');
  const ip = probes.find((p) => p.id === 'ip');
  const alias = `"ifalias":"netloom:${request.topology}`;
  return [
    'exec >"$NETLOOM_OUT/$$" 2>/dev/null </dev/null',
    `end() { printf '\\n@${nonce} end\\n'; }`,
    `printf '@${nonce} namespace %s\\n@${nonce} probe ip\\n' "$1"`,
    `ip=$(${ip?.script(request) ?? ':'}) || printf '@${nonce} failed ip %s\\n' "$?"`,
    `printf '%s\\n' "$ip"`,
    ...everywhere.map((probe) => section(nonce, probe, request)),
    `case "$1" in '') ;; /*) end; exit 0 ;; *) case "$ip" in *${shellQuote(`${alias}"`)}*|*${shellQuote(`${alias},`)}*) ;; *) end; exit 0 ;; esac ;; esac`,
    ...marked.map((probe) => section(nonce, probe, request)),
    'end',
  ].join('\n');
}

/**
 * The one script that reads a whole node: every probe of the node, and every probe of its namespaces, as many namespaces at a time as there are processors.
 * Its output is cut at lines that begin with `@` and the nonce, which nothing that is read can know.
 */
export function readScript(nonce: string, probes: readonly Probe<unknown>[], request: ProbeRequest): string {
  const body = namespaceBody(nonce, probes, request);
  const inNamespace = (path: string): string => `nsenter --net=${path} sh -c "$NETLOOM_BODY" sh`;
  return [
    `for program in ${PROGRAMS.join(' ')}; do command -v "$program" >/dev/null || printf '@${nonce} lacks %s\\n' "$program"; done`,
    // TMPDIR is that of the machine netloom runs on; a node of the lab has no such folder.
    `NETLOOM_OUT=$(TMPDIR= mktemp -d) && export NETLOOM_OUT || exit 1`,
    // A shell that dies of a signal (its reader has gone) does not look at EXIT.
    `trap 'rm -rf "$NETLOOM_OUT"' EXIT; trap 'exit 1' HUP INT PIPE TERM`,
    `NETLOOM_BODY=${shellQuote(body)}; export NETLOOM_BODY`,
    `names=$(ls -A /run/netns 2>/dev/null)`,
    `[ -z "$names" ] || printf '%s\\n' "$names" | sed 's/^/@${nonce} name /'`,
    `{ [ -z "$names" ] || printf '%s\\n' "$names" | xargs -d '\\n' -P "$(nproc)" -I @NAME@ ${inNamespace('/run/netns/@NAME@')} @NAME@; } 2>/dev/null &`,
    `sh -c "$NETLOOM_BODY" sh ''`,
    `for guest in ${GUESTS}/*; do [ -e "$guest" ] && ${inNamespace('"$guest"')} "$guest" 2>/dev/null; done`,
    `printf '@${nonce} node\\n'`,
    ...probes.filter((p) => p.scope === 'node').map((probe) => section(nonce, probe, request)),
    `printf '\\n@${nonce} end node\\n'`,
    // A namespace that can be entered must have said something; a file that is none is dead.
    `stat -f -c '%t %n' /run/netns/* ${GUESTS}/* 2>/dev/null | sed -n 's/^6e736673 \\(.run.netns.\\)\\{0,1\\}/@${nonce} alive /p'`,
    'wait',
    `cat "$NETLOOM_OUT"/*`,
  ].join('\n');
}
