import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ResolvedSubnet } from '../../src/resolve/resolved.ts';
import { proxy } from '../../src/features/metadata/proxy.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { whyNoRootless, testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'haproxy');
const NETNS = 'qrouter-1';
const HOME = '/run/netloom/demo/metadata/router';
const PROCESS = `node1/${NETNS}/process/${HOME}/state`;
const SUBNET: ResolvedSubnet = {
  name: 'lo',
  id: 'lo',
  network: 'lo',
  cidr: '127.0.0.0/8',
  prefixLength: 8,
  scope: 1024,
  isScoped: false,
  gatewayIp: null,
  enableDhcp: true,
  dnsNameservers: [],
  hostRoutes: [],
  origin: ORIGIN,
};

/** A proxy with one known caller, 127.0.0.1, and the given user data. */
function proxyWith(userData: Uint8Array, hostname = 'one'): DesiredGraph {
  const metadata = { id: 'first', hostname, publicKeys: [], userData };
  const instance = { name: 'one', node: 'node1', attach: 'lab', ports: [], metadata, origin: ORIGIN } as const;
  const client = { instance, metadata, publicAddress: undefined, networkIds: new Map<string, string>() };
  const sources = [{ client, network: 'lo', fixedIp: { address: '127.0.0.1', subnet: SUBNET } }];
  const place = { id: 'router', node: 'node1', netns: NETNS, bind: ':::9697', sources, origin: ORIGIN, after: [] };
  return graphOf([netns('node1', NETNS, ORIGIN), ...proxy('demo', place)]);
}

/** Returns the status and the body of a path, the body as hexadecimal. */
async function get(node: TestNode, path: string, options: { from?: string; method?: string } = {}): Promise<string> {
  const { from = '127.0.0.1', method = 'GET' } = options;
  const script = `alarm 5; my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:9697", LocalAddr => "${from}") or die "refused\\n";
    print $s "${method} ${path} HTTP/1.0\\r\\n\\r\\n"; local $/; my ($head, $body) = split /\\r\\n\\r\\n/, <$s>, 2;
    my ($status) = $head =~ /^\\S+ (\\d+)/; print $status, " ", unpack("H*", $body), "\\n"`;
  const output = await node.sh(`nsenter --net=/run/netns/${NETNS} perl -MIO::Socket::INET -e '${script}' 2>&1 || :`);
  const [status = '', body = ''] = output.trim().split(' ');
  return body === '' ? output.trim() : `${status} ${Buffer.from(body, 'hex').toString('latin1')}`;
}

/** Returns where two long texts differ, with the text from there; nothing if they are the same. */
function firstDifference(got: string, wanted: string): object | undefined {
  if (got === wanted) return undefined;
  let at = 0;
  while (at < got.length && got[at] === wanted[at]) at += 1;
  const [there, instead] = [got, wanted].map((text) => text.slice(at, at + 40));
  return { at, got: there, wanted: instead, lengths: [got.length, wanted.length] };
}

async function pid(node: TestNode): Promise<string> {
  return (await node.sh(`cat ${HOME}/state/pid`)).trim();
}

const TEXT = '#cloud-config\npassword: $(id) `id` \'it\' "is" %[env(HOME)] \\n ünïcode\n';
const wanted = proxyWith(Buffer.from(TEXT));

describe('a metadata proxy', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await nodes.open();
    await applyOn(node, wanted);
  });

  test('answers known callers, and no others', async () => {
    expect(await get(node, '/latest/user-data')).toBe(`200 ${Buffer.from(TEXT).toString('latin1')}`);
    expect(await get(node, '/openstack/latest/user_data?x=1')).toMatch(/^200 #cloud-config/);
    expect(await get(node, '/')).toBe('200 2009-04-04\nlatest');
    expect(await get(node, '//latest/meta-data/hostname//')).toMatch(/^404 /);
    expect(await get(node, '/latest/meta-data/hostname//')).toBe('200 one');
    expect(await get(node, '/latest/nothing')).toBe('404 404 Not Found\n');
    expect(await get(node, '/latest/../../../etc/passwd')).toMatch(/^404 /);
    expect(await get(node, '/latest/user-data', { from: '127.0.0.2' })).toBe('404 404 Not Found\n');
    expect(await get(node, '/latest/user-data', { method: 'POST' })).toMatch(/^405 /);
    expect(await node.sh(`stat -c %a ${HOME}/first/user_data`)).toBe('600\n');
  });

  test('is left alone by a second apply', async () => {
    expect((await applyOn(node, wanted)).batches).toEqual([]);
  });

  test('new user data is served after an apply, which changes nothing else', async () => {
    const before = await pid(node);
    const other = proxyWith(Buffer.from('#!/bin/sh\n'));
    const { first } = await applyOn(node, other);
    expect(inShort(first.plan.changes)).toEqual([
      `update node1/-/file/${HOME}/first/user_data (content)`,
      `update ${PROCESS} (inputs, reload)`,
    ]);
    expect(await get(node, '/latest/user-data')).toBe('200 #!/bin/sh\n');
    expect(await pid(node)).not.toBe(before);
    expect((await applyOn(node, other)).batches).toEqual([]);
    await applyOn(node, wanted);
  });

  test('serves 64 kB of bytes that are no text', async () => {
    const bytes = randomBytes(64 * 1024);
    const { first } = await applyOn(node, proxyWith(bytes));
    expect(inShort(first.plan.changes)).toEqual([
      `update node1/-/file/${HOME}/first/user_data (content, encoding)`,
      `update node1/-/file/${HOME}/haproxy.conf (content)`,
      `update ${PROCESS} (inputs, reload)`,
    ]);
    expect(firstDifference(await get(node, '/latest/user-data'), `200 ${bytes.toString('latin1')}`)).toBeUndefined();
    expect((await applyOn(node, proxyWith(bytes))).batches).toEqual([]);
    await applyOn(node, wanted);
  });

  test('serves 64 kB of text in which every character must be quoted', async () => {
    const text = "'".repeat(64 * 1024);
    await applyOn(node, proxyWith(Buffer.from(text)));
    expect(firstDifference(await get(node, '/latest/user-data'), `200 ${text}`)).toBeUndefined();
    await applyOn(node, wanted);
  });

  test('has no rights, no capability and no file: it is nobody, in its empty folder', async () => {
    const process = await pid(node);
    const status = await node.sh(`cat /proc/${process}/status; readlink /proc/${process}/root`);
    expect(/^Uid:\s+(.*)$/m.exec(status)?.[1]?.split('\t')).toEqual(Array(4).fill('65534'));
    expect(/^Gid:\s+(.*)$/m.exec(status)?.[1]?.split('\t')).toEqual(Array(4).fill('65534'));
    expect(status).toMatch(/^Groups:\s*$/m);
    for (const set of ['Inh', 'Prm', 'Eff', 'Amb']) expect(status).toMatch(new RegExp(`^Cap${set}:\\s+0+$`, 'm'));
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toContain(`\n${HOME}/state\n`);
    expect(await node.sh(`find ${HOME}/state ! -user root; stat -c %a ${HOME}/state`)).toBe('755\n');
  });

  test('serves others while one source opens more connections than it can have', async () => {
    const attack = `use IO::Socket::INET; $SIG{PIPE} = "IGNORE"; my @all;
      for (1 .. 1200) { push @all, IO::Socket::INET->new(PeerAddr => "127.0.0.1:9697", LocalAddr => "127.0.0.9") || last }
      open my $f, ">", "/tmp/attacking"; print $f scalar @all; close $f; sleep 30`;
    await node.sh(
      `ulimit -n 2048; nsenter --net=/run/netns/${NETNS} perl -e '${attack}' >/dev/null 2>&1 & echo $! >/tmp/attacker
      until [ -s /tmp/attacking ]; do sleep 0.05; done`,
    );
    expect(Number(await node.sh('cat /tmp/attacking'))).toBeGreaterThan(1024);
    for (let i = 0; i < 5; i++) expect(await get(node, '/latest/meta-data/hostname')).toBe('200 one');
    await node.sh('kill $(cat /tmp/attacker)');
    expect(await get(node, '/')).toMatch(/^200 /);
  });

  test('is started again after it was killed, and nothing else changes', async () => {
    await node.sh(`kill -9 ${await pid(node)}; sleep 0.1`);
    expect(await get(node, '/')).toContain('refused');
    const { first } = await applyOn(node, wanted);
    expect(first.plan.changes.map(({ address }) => address)).toEqual([PROCESS]);
    expect(await get(node, '/latest/meta-data/hostname')).toBe('200 one');
  });

  test('is restarted if an apply died between its start and its stamp: it may have read older files', async () => {
    const before = await pid(node);
    await node.sh(`rm ${HOME}/state/stamp`);
    await applyOn(node, wanted);
    expect(await pid(node)).not.toBe(before);
    expect((await applyOn(node, wanted)).batches).toEqual([]);
  });

  test('is an error at plan time if the program is missing, with the package to install', async () => {
    await applyOn(node, graphOf([]));
    expect((await node.try('find /run/netloom')).output).toContain('No such file');
    await node.sh('mount --bind /dev/null "$(command -v haproxy)"');
    const { diagnostics } = await planOn(node, wanted);
    expect(diagnostics.map(({ code, summary, hint }) => [code, summary, hint])).toEqual([
      ['NLP11', 'node1 has no haproxy, which is to run there', expect.stringContaining('apt-get install')],
    ]);
  });
});

test('runs for an unprivileged user, whose only user id is root’s', async (context) => {
  const reason = whyNoRootless();
  context.skip(reason !== undefined, reason);
  const node = await nodes.open({ rootless: true });
  await applyOn(node, wanted);
  expect(await get(node, '/latest/meta-data/hostname')).toBe('200 one');
  expect((await applyOn(node, wanted)).batches).toEqual([]);
  await applyOn(node, graphOf([]));
  expect((await node.try('find /run/netloom')).output).toContain('No such file');
});
