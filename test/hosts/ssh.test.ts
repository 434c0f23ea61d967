import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostsFor } from '../../src/session/reach.ts';
import { sshArguments, sshHost } from '../../src/hosts/ssh.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';

let dir: string;
const pathBefore = process.env['PATH'] ?? '';

/** Puts a replacement of a program first in PATH. */
function standIn(name: string, script: string): void {
  const file = path.join(dir, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'netloom-test-ssh-'));
  process.env['PATH'] = `${dir}:${pathBefore}`;
});
afterEach(() => {
  process.env['PATH'] = pathBefore;
  rmSync(dir, { recursive: true });
});

describe('a node reached by SSH', () => {
  it('leaves fields that are not set to ssh_config', () => {
    expect(sshArguments({ host: 'far' }).slice(-3, -1)).toEqual(['--', 'far']);
    expect(sshArguments({ host: 'far' })).not.toContain('-p');
  });

  it('passes port, key and user, and a host name is never an option', () => {
    const words = sshArguments({ host: '-oProxyCommand=x', user: 'root', port: 2222, identity_file: '~/.ssh/k' });
    expect(words.slice(-9)).toEqual([
      '-p',
      '2222',
      '-i',
      '~/.ssh/k',
      '-l',
      'root',
      '--',
      '-oProxyCommand=x',
      'exec sh',
    ]);
  });

  it('runs its shell through the OpenSSH client, and through sudo if the user is not root', async (context) => {
    context.skip(process.geteuid?.() !== 0, 'the stand-in for the remote side needs root');
    standIn('ssh', `printf '%s\\n' "$@" >${dir}/argv; for last; do :; done; exec sh -c "$last"`);
    standIn('id', 'echo 1000');
    standIn('sudo', `[ "$1" = -n ] && shift && exec "$@"`);
    const shell = await sshHost('n1', { host: '10.0.0.1', user: 'admin' }).open();
    expect(await shell.read('echo hello')).toBe('hello\n');
    await shell.close();
    expect(readFileSync(path.join(dir, 'argv'), 'utf8')).toContain('BatchMode=yes\n');
  });

  it('reports the client’s error if it cannot connect', async () => {
    standIn('ssh', 'echo "ssh: connect to host far port 22: Connection refused" >&2; exit 255');
    const error: unknown = await sshHost('n1', { host: 'far', user: 'root' })
      .open()
      .catch((reason: unknown) => reason);
    if (!(error instanceof DiagnosticError)) throw new Error('no diagnostic');
    expect(error.diagnostics).toMatchObject([
      {
        code: 'NLH003',
        severity: 'error',
        summary: 'Node n1 (ssh root@far) cannot be reached: exit code 255',
        detail: 'ssh: connect to host far port 22: Connection refused',
        place: { node: 'n1' },
        hint: expect.stringMatching(
          /^OpenSSH must log in without asking. Try: ssh -T .* -l root -- far true$/,
        ) as unknown,
      },
    ]);
  });
});

describe('hostsFor', () => {
  const topology = {
    file: 'ssh.yaml',
    doc: {
      name: 'demo',
      nodes: {
        here: {},
        also: { reach: { via: 'local' as const } },
        far: { reach: { via: 'ssh' as const, host: '10.0.0.1', user: 'root' } },
        lab: { reach: { via: 'lab' as const } },
      },
    },
  };

  it('follows the file; with --lab every node is in the lab', () => {
    const described = (lab: boolean): string[] =>
      [...hostsFor(topology, { lab })].map(([node, host]) => `${node}=${host.node} ${host.description}`);
    expect(described(false)).toEqual([
      'here=here local',
      'also=also local',
      'far=far ssh root@10.0.0.1',
      'lab=lab lab demo',
    ]);
    expect(described(true).filter((text) => !text.endsWith('lab demo'))).toEqual([]);
  });
});
