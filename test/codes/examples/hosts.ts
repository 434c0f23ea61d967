import { hungRead, parseHung } from '../../../src/hosts/hung.ts';
import { openShell } from '../../../src/hosts/shell.ts';
import { shellQuote } from '../../../src/hosts/quote.ts';
import type { Shell } from '../../../src/model/host.ts';
import { commandExcept } from '../../../src/cli/except.ts';
import { hostError } from '../../../src/hosts/errors.ts';
import { openingError, type NodesUnreachable } from '../../../src/session/unreachable.ts';
import { printedError, type Examples } from '../example.ts';

const FAR = { node: 'n1', description: 'ssh admin@far' };
const RIGHTS_HINT = 'Log in as root, or let admin run "sudo -n sh" on far.';

/** A shell on this host that reports these rights, whichever user runs the tests. */
function shellWith(capabilities: string, silenceMs = 30_000): Promise<Shell> {
  const script = `sed -u 's#$capabilities //#q(${capabilities}) ||#' | sh`;
  return openShell({ ...FAR, file: 'sh', args: ['-c', script], rightsHint: RIGHTS_HINT, silenceMs });
}

const ALL_RIGHTS = 'ffffffffffffffff';

/** The error of an action with a shell that has all rights. */
function withShell(work: (shell: Shell) => Promise<unknown>): Promise<string> {
  return printedError(async () => {
    const shell = await shellWith(ALL_RIGHTS);
    try {
      await work(shell);
    } finally {
      await shell.close();
    }
  });
}

export const HOST_EXAMPLES: Examples = {
  NLH001: { print: () => printedError(() => shellQuote('eth0\0')) },
  NLH002: {
    given: 'OpenSSH is not installed here.',
    print: () => printedError(() => openShell({ ...FAR, file: '/nowhere/ssh', args: [], rightsHint: RIGHTS_HINT })),
  },
  NLH003: {
    given: 'No server listens on port 22 of `far`.',
    print: () =>
      printedError(() =>
        openShell({
          ...FAR,
          file: 'sh',
          args: ['-c', 'echo "ssh: connect to host far port 22: Connection refused" >&2; exit 255'],
          rightsHint: RIGHTS_HINT,
          reachHint: 'OpenSSH must log in without asking. Try: ssh -T -l admin -- far true',
        }),
      ),
  },
  NLH004: { print: () => printedError(() => shellWith('0000000000000000')) },
  NLH005: { given: 'The shell is killed.', print: () => withShell((shell) => shell.read('kill -KILL $PPID')) },
  NLH006: { print: () => withShell((shell) => shell.read('cat /nowhere')) },
  NLH010: {
    print: () =>
      printedError(() => {
        throw hungRead('n1', 'set --', parseHung(0, `read limit\n815 1 S ip -j link\n`, 60));
      }),
  },
  NLH011: {
    given: 'A command that reads the node waits in the kernel.',
    print: () =>
      printedError(() => {
        throw hungRead('n1', 'set --', parseHung(1, `read limit\n815 1 D ip -j link\n\n815 1 D ip -j link\n`, 60));
      }),
  },
  NLH012: {
    given: 'The node’s side of netloom is stopped.',
    print: () =>
      printedError(async () => {
        const shell = await shellWith(ALL_RIGHTS, 300);
        try {
          await shell.read('kill -STOP $PPID');
        } finally {
          await shell.close();
        }
      }),
  },
  NLH013: {
    print: () =>
      printedError(() =>
        openShell({
          ...FAR,
          file: 'sh',
          args: ['-c', `sed -u 's/perl "/no_perl "/; s/-v perl/-v no_perl/' | sh`],
          rightsHint: RIGHTS_HINT,
        }),
      ),
  },
  NLH007: {
    print: () =>
      withShell(async (shell) => {
        await shell.close();
        await shell.read('true');
      }),
  },
  NLH008: {
    given: 'Of three nodes, two cannot be reached. The command line is `netloom apply topology.yaml`.',
    print: () =>
      printedError(() => {
        const down = (node: string) => ({
          node,
          error: hostError({
            code: 'NLH003',
            node,
            summary: `Node ${node} (ssh root@${node}) cannot be reached: exit code 255`,
            detail: `ssh: connect to host ${node} port 22: No route to host`,
          }),
        });
        const error = openingError([down('compute1'), down('compute3')], 3) as NodesUnreachable;
        throw error.withCommand(commandExcept(['apply', 'topology.yaml'], {}, error.nodes));
      }),
  },
};
