import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/session/create-engine.ts';
import { keepDesired } from '../../src/session/kept-desired.ts';
import { createSession } from '../../src/session/session.ts';
import { netloom } from '../support/fake-world.ts';
import { BASE, edited } from '../topology/support.ts';

const [BEFORE = '', FLOATING = '', AFTER = ''] = BASE.split(/^(?=floating_ips:)|^(?=hosts:)/m);
const MAIN = `include: [net/ips.yaml]\n${BEFORE}${AFTER}`;

/** Runs a command on the base with its floating IPs in a file of their own. */
async function run(argv: readonly string[], floating = FLOATING): Promise<{ code: number; out: string; err: string }> {
  return netloom(argv, { files: { 'main.yaml': MAIN, 'net/ips.yaml': floating } });
}

const MISTAKE = FLOATING.replace('instance: vm1', 'instance: vm2');

describe('a diagnostic names the included file that it is about', () => {
  test('as text, with the source of that file', async () => {
    const { code, err } = await run(['validate', 'main.yaml'], MISTAKE);
    expect(code).toBe(1);
    expect(err).toMatch(/^net\/ips\.yaml:2:77: error\[NL205\]: unknown instance "vm2"\n/);
    expect(err).toContain('> 2 |   fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm2 }');
  });

  test('as JSON, in bytes of that file', async () => {
    const { out } = await run(['validate', '--json', 'main.yaml'], `# ü\n${MISTAKE}`);
    const { diagnostics } = JSON.parse(out) as { diagnostics: { range: unknown }[] };
    const byte = Buffer.byteLength(`# ü\n${MISTAKE.slice(0, MISTAKE.indexOf('vm2'))}`);
    expect(diagnostics.map(({ range }) => range)).toEqual([
      { filename: 'net/ips.yaml', start: { line: 3, column: 77, byte }, end: { line: 3, column: 80, byte: byte + 3 } },
    ]);
  });

  test('as an annotation', async () => {
    const { out } = await run(['validate', '--format', 'github', 'main.yaml'], MISTAKE);
    expect(out).toBe(
      '::error file=net/ips.yaml,line=2,col=77,endColumn=80,title=NL205::' +
        'unknown instance "vm2"%0Ahint: did you mean "vm1"?\n',
    );
  });

  test('if it is found when addresses are derived', async () => {
    const other = '  fip2: { floating_network: ext, instance: vm1, floating_ip_address: 192.0.2.99 }\n';
    const { out } = await run(['validate', '--json', 'main.yaml'], FLOATING + other);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      diagnostics: [{ range: { filename: 'net/ips.yaml', start: { line: 3 } } }],
    });
  });
});

test('explain names the file of a rule', async () => {
  const rules = 'security_groups:\n  web: { rules: [{ direction: ingress, protocol: tcp }] }\n';
  const grouped = edited(['eth0: { network: lan, fixed', 'eth0: { network: lan, security_groups: [web], fixed']);
  const main = `include: [web.yaml]\n${grouped}`;
  const files = { 'main.yaml': main, 'web.yaml': rules };
  const { out, err } = await netloom(['explain', 'port', 'vm1', 'main.yaml'], { files });
  expect(err).toBe('');
  expect(out).toContain('web.yaml:2');
});

test('watched files with unchanged content are compiled once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-kept-'));
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, `${name}.new`), text);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  };
  write('main.yaml', MAIN.replace('net/ips.yaml', 'ips.yaml'));
  write('ips.yaml', FLOATING);
  const session = createSession({
    engine: createEngine(),
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const { desired, stamps } = keepDesired(session, join(folder, 'main.yaml'));
  const first = await desired();
  expect([...stamps().keys()]).toEqual([join(folder, 'ips.yaml')]);
  const stamp = stamps().get(join(folder, 'ips.yaml'));
  write('ips.yaml', FLOATING);
  expect(await desired()).toBe(first);
  expect(stamps().get(join(folder, 'ips.yaml'))).not.toBe(stamp);
  write('ips.yaml', FLOATING.replace('192.0.2.11', '192.0.2.12'));
  const second = await desired();
  expect(second).not.toBe(first);
  rmSync(join(folder, 'ips.yaml'));
  await expect(desired()).rejects.toThrow('NL005');
  expect([...stamps()]).toEqual([[join(folder, 'ips.yaml'), '']]);
  write('ips.yaml', FLOATING);
  expect((await desired()).topology.doc).toEqual(first.topology.doc);
  rmSync(folder, { recursive: true });
});
