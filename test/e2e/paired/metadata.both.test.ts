import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../support/network.ts';
import { get } from '../support/metadata.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound } from '../support/traffic.ts';

ownLabs();

/** Returns the pids of the proxies on the node of the routers. */
async function proxies(network: Network): Promise<string[]> {
  const text = await network.in('controller', 'cat /run/netloom/*/metadata/*/state/pid 2>/dev/null || :');
  return text.split('\n').filter((line) => line !== '');
}

describe('metadata', () => {
  const network = labOf(() => example('e2e-metadata', 'metadata.yaml'));

  beforeAll(async () => {
    await network().apply();
    await allBound(network());
  });

  // No netloom process runs while instances send requests: the shells were closed after the apply.
  it('reaches instances through their router', async () => {
    expect(await get(network(), 'red1', '/latest/meta-data/hostname')).toBe('200 web.red.example');
    expect(await get(network(), 'red1', '/latest/user-data')).toBe('200 #cloud-config\npackages: [nginx]\n');
    expect(await get(network(), 'red1', '/latest/meta-data/public-keys/')).toBe('200 0=ops');
    expect(await get(network(), 'red1', '/openstack/latest/meta_data.json')).toContain('"name":"red1"');
  });

  it('of an instance is not given to the same address behind another router', async () => {
    expect(await get(network(), 'blue1', '/latest/meta-data/hostname')).toBe('200 blue1');
    expect(await get(network(), 'blue1', '/openstack/latest/user_data')).toBe('200 #!/bin/sh\necho blue\n');
    expect(await get(network(), 'blue1', '/latest/meta-data/public-keys/')).toMatch(/^404 /);
  });

  it('comes from the DHCP server’s namespace without a router', async () => {
    expect(await get(network(), 'lone1', '/2009-04-04/meta-data/hostname')).toBe('200 lone1');
    expect(await get(network(), 'lone1', '/latest/user-data')).toMatch(/^404 /);
  });

  it('is missing for an instance without `metadata`', async () => {
    for (const path of ['/', '/latest/user-data', '/openstack/latest/meta_data.json']) {
      expect(await get(network(), 'red2', path)).toBe('404 404 Not Found\n');
    }
  });

  it('has no session tokens, no body for HEAD, and cannot be changed', async () => {
    const status = async (method: string, path: string): Promise<string> => get(network(), 'red1', path, method);
    // EC2's IMDSv2: a client that gets 404 continues without a token.
    expect(await status('PUT', '/latest/api/token')).toBe('404 404 Not Found\n');
    expect(await status('HEAD', '/latest/user-data')).toBe('200 ');
    expect(await status('PUT', '/latest/user-data')).toMatch(/^405 /);
    expect(await status('POST', '/openstack/2013-04-04/password')).toMatch(/^404 /);
    for (const name of ['vendor_data.json', 'vendor_data2.json'])
      expect(await status('GET', `/openstack/latest/${name}`)).toBe('200 {}\n');
  });

  it('does not change in a second apply', async () => {
    const before = await proxies(network());
    expect(changesOf(await network().plan())).toEqual([]);
    const events = network().events.length;
    await network().apply();
    expect(
      network()
        .events.slice(events)
        .filter(({ type }) => type === 'batch-start'),
    ).toEqual([]);
    expect(await proxies(network())).toEqual(before);
  });

  it('has new user data after an apply, which restarts only one proxy', async () => {
    const before = await proxies(network());
    await network().edit((doc) => {
      const told = doc.instances?.['red1']?.metadata;
      if (told) told.user_data = 'other\n';
    });
    expect(changesOf(await network().plan()).map((line) => line.replace(/^(\S+) \S*\/(\S+) .*/s, '$1 $2'))).toEqual([
      'update user_data',
      'update state',
    ]);
    await network().apply();
    expect(await get(network(), 'red1', '/latest/user-data')).toBe('200 other\n');
    const now = await proxies(network());
    expect(now.filter((pid) => before.includes(pid))).toHaveLength(2);
    expect(now).toHaveLength(3);
  });

  it('is available again after its proxy was killed', async () => {
    const [pid = ''] = await proxies(network());
    await network().in('controller', `kill -9 ${pid}; sleep 0.1`);
    expect(changesOf(await network().plan())).toHaveLength(1);
    await network().apply();
    expect(await get(network(), 'red1', '/latest/meta-data/hostname')).toBe('200 web.red.example');
    expect(await get(network(), 'blue1', '/latest/meta-data/hostname')).toBe('200 blue1');
    expect(await get(network(), 'lone1', '/latest/meta-data/hostname')).toBe('200 lone1');
  });

  it('and its proxies are deleted with `metadata` in the file', async () => {
    await network().edit((doc) => {
      for (const instance of Object.values(doc.instances ?? {})) delete instance.metadata;
    });
    await network().apply();
    expect(await proxies(network())).toEqual([]);
    expect(await get(network(), 'red1', '/')).toContain('refused');
    expect(await network().in('controller', 'ls /run/netloom/e2e-metadata')).toBe('dhcp\nheld\n');
  });
});
