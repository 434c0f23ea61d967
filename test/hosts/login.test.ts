import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sshSessionProbe } from '../../src/kernel/probes/ssh-session.ts';
import { outputOf, programPath } from '../support/program.ts';

const SESSION = '198.51.100.7 50022 192.0.2.9 22';
let proc = '';

beforeEach(() => {
  proc = mkdtempSync(path.join(tmpdir(), 'netloom-proc-'));
});
afterEach(() => {
  rmSync(proc, { recursive: true });
});

/** Adds a process to a copy of /proc. */
function add(pid: number, parent: number, name: string, environment: readonly string[] = []): string {
  const folder = path.join(proc, pid === 0 ? 'self' : String(pid));
  mkdirSync(path.join(folder, 'fd'), { recursive: true });
  mkdirSync(path.join(folder, 'net'));
  writeFileSync(path.join(folder, 'stat'), `${String(pid)} (${name}) S ${String(parent)} 1 1 0 -1`);
  writeFileSync(path.join(folder, 'environ'), environment.map((each) => `${each}\0`).join(''));
  return folder;
}

/** Returns the connection of process 100 with a variable of its own; `ended` follows one that has ended. */
function found(own = ''): string {
  const parts = ['processes.pl', 'login.pl'].map((part) => programPath(`hosts/${part}`));
  const code = 'require shift; require shift; print join " ", grep { $_ } login_connection(shift, 100, shift)';
  return outputOf(['perl', '-we', code, ...parts, own, proc]).replace(/ 1$/, ' ended');
}

/** Gives a process sockets, as the kernel lists them. */
function sockets(
  folder: string,
  version: '' | '6',
  ...lines: readonly (readonly [string, string, string, number])[]
): void {
  const rows = lines.map(([local, remote, state, inode], at) => {
    const zeros = '00000000:00000000 00:00000000 00000000     0        0';
    return `  ${String(at)}: ${local} ${remote} ${state} ${zeros} ${String(inode)} 1`;
  });
  writeFileSync(path.join(folder, 'net', `tcp${version}`), ['  sl  local_address …', ...rows, ''].join('\n'));
  for (const [at, [, , , inode]] of lines.entries()) {
    symlinkSync(`socket:[${String(inode)}]`, path.join(folder, 'fd', String(3 + at)));
  }
}

describe('the SSH connection of a login', () => {
  it('is the variable of the nearest ancestor, which sudo has kept in its own environment', () => {
    add(100, 90, 'sudo', ['PATH=/bin']);
    add(90, 80, 'bash', ['HOME=/root', `SSH_CONNECTION=${SESSION}`]);
    add(80, 1, 'bash', ['SSH_CONNECTION=203.0.113.1 1 203.0.113.2 22']);
    expect(found()).toBe(SESSION);
  });

  it.each([
    ['IPv4', '', '090200C0:0016', '076433C6:C366'],
    ['IPv4 in IPv6', '6', '0000000000000000FFFF0000090200C0:0016', '0000000000000000FFFF0000076433C6:C366'],
  ] as const)('is the socket of the sshd above: %s', (_, version, local, remote) => {
    add(100, 90, 'sh');
    const sshd = add(90, 80, 'sshd-session', ['SSH_CONNECTION=203.0.113.1 1 203.0.113.2 22']);
    sockets(
      sshd,
      version,
      ['00000000:0016', '00000000:0000', '0A', 11],
      [local, remote, '01', 12],
      ['0100007F:1F90', '0100007F:0016', '01', 13],
    );
    expect(found()).toBe(SESSION);
  });

  it('is the socket of the sshd above: IPv6', () => {
    const sshd = add(100, 1, 'sshd');
    sockets(sshd, '6', ['B80D0120000000000000000001000000:0016', 'B80D0120000000000000000002000000:C366', '01', 12]);
    expect(found()).toBe('2001:db8:0:0:0:0:0:2 50022 2001:db8:0:0:0:0:0:1 22');
    expect(sshSessionProbe.parse(found())).toMatchObject({ client: '2001:db8::2', serverPort: 22 });
  });

  it.each([
    ['no ancestor', () => undefined],
    ['a console', () => add(100, 1, 'login')],
    ['an sshd without a socket', () => add(100, 1, 'sshd')],
    ['a circle, and a name with a line end', () => [add(100, 90, 'a) S 1\n'), add(90, 100, 'sh')]],
  ])('is unknown for %s', (_, make) => {
    make();
    expect(found()).toBe('');
  });

  describe('that its shell has outlived (tmux, screen)', () => {
    const live = (folder: string): void => {
      sockets(folder, '', ['090200C0:0016', '076433C6:C366', '01', 12]);
    };
    const OTHER = '203.0.113.1 50022 192.0.2.9 22';

    it('counts only if its socket is there', () => {
      live(add(0, 0, 'self'));
      expect(found(SESSION)).toBe(SESSION);
      expect(found(OTHER)).toBe(`${OTHER} ended`);
      add(100, 90, 'bash', [`SSH_CONNECTION=${OTHER}`]);
      add(90, 1, 'bash', [`SSH_CONNECTION=${SESSION}`]);
      expect(found(), 'the next ancestor').toBe(SESSION);
      expect(found(OTHER)).toBe(SESSION);
    });

    it('is not asked for where its socket is in the namespace of an ancestor', () => {
      sockets(add(0, 0, 'self'), '', ['0100007F:0016', '0100007F:C366', '01', 12]);
      live(add(100, 1, 'bash', [`SSH_CONNECTION=${SESSION}`]));
      expect(found()).toBe(SESSION);
      expect(found(SESSION)).toBe(SESSION);
    });

    it('is known by its IPv6 address, however that is written', () => {
      const local = 'B80D0120000000000000000001000000:0016';
      sockets(add(0, 0, 'self'), '6', [local, 'B80D0120000000000000000002000000:C366', '01', 12]);
      for (const server of ['2001:db8::1', '2001:0DB8:0::1', '2001:db8:0:0:0:0:0:1%eth0']) {
        const text = `2001:db8::2 50022 ${server} 22`;
        expect(found(text)).toBe(text);
      }
      expect(found('2001:db8::3 50022 2001:db8::1 22')).toContain('ended');
    });

    it('is told as such', () => {
      expect(sshSessionProbe.parse(`ended ${SESSION}\n`)).toMatchObject({ server: '192.0.2.9', ended: true });
      expect(sshSessionProbe.parse(`${SESSION}\n`)).not.toHaveProperty('ended');
    });
  });

  it.each(['', 'a b c d', '1.2.3.4 1 5.6.7.8', `${SESSION} 5`, '1.2.3.4 123456 5.6.7.8 22', '1.2.3.4 1 $(id) 22'])(
    'the text %j is no connection',
    (text) => {
      expect(sshSessionProbe.parse(text)).toBeUndefined();
    },
  );

  it('may be of a link-local address', () => {
    expect(sshSessionProbe.parse('fe80::2%eth0 50022 fe80::1%eth0 22\n')).toEqual({
      client: 'fe80::2',
      clientPort: 50022,
      server: 'fe80::1',
      serverPort: 22,
      device: 'eth0',
    });
  });
});
