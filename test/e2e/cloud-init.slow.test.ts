import { execFileSync } from 'node:child_process';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cloudInit, cloudInitArchive } from './support/cloud-init.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { example } from './support/topology.ts';
import { allBound } from './support/traffic.ts';

ownLabs();

/** Debian's cloud-init, or why it is not available here. */
function archiveOrWhy(): Buffer | string {
  try {
    execFileSync('python3', ['--version'], { stdio: 'pipe' });
  } catch {
    return 'Python is not installed';
  }
  try {
    return cloudInitArchive();
  } catch (error) {
    return `cloud-init cannot be fetched: ${String(error)}`;
  }
}

describe('Debian’s cloud-init in an instance', () => {
  const archive = archiveOrWhy();
  beforeEach((context) => {
    if (typeof archive === 'string') context.skip(archive);
  });
  const network = labOf(() => example('e2e-cloud-init', 'metadata.yaml'));
  beforeAll(async () => {
    await network().apply();
    await allBound(network());
  });

  it('reads the metadata of the file from OpenStack’s and EC2’s paths, through the router', async () => {
    const found = await cloudInit(network(), 'red1', archive as Buffer);
    const port = network().resolved.instances.get('red1')?.ports[0];
    expect(found.openstack).toMatchObject({
      version: 2,
      userdata: '#cloud-config\npackages: [nginx]\n',
      metadata: {
        name: 'red1',
        'local-hostname': 'web.red.example',
        public_keys: { ops: expect.stringMatching(/^ssh-ed25519 /) as string },
      },
      vendordata: {},
      vendordata2: {},
    });
    expect(found.network).toMatchObject({
      version: 1,
      config: [{ type: 'physical', name: 'eth0', mac_address: port?.mac, subnets: [{ type: 'dhcp4' }] }],
    });
    expect(found.ec2).toMatchObject({ hostname: 'web.red.example', 'local-ipv4': '10.0.0.11' });
    expect(found.userData).toBe('#cloud-config\npackages: [nginx]\n');
  });

  it('reads it from the DHCP server’s namespace without a router, also without keys and user data', async () => {
    const found = await cloudInit(network(), 'lone1', archive as Buffer);
    expect(found.openstack).toMatchObject({ metadata: { name: 'lone1' }, vendordata: {} });
    expect(found.ec2).toMatchObject({ hostname: 'lone1' });
    expect(found.userData).toBe('');
  });
});
