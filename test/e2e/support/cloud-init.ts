import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { copyIn } from './copy-in.ts';
import type { Network } from './network.ts';
import { cacheFolder, unpacked } from './packages.ts';

/** The metadata that an instance's cloud-init read. */
export interface CloudInitFindings {
  /** The documents of OpenStack's paths, by cloud-init's names for them. */
  readonly openstack: Readonly<Record<string, unknown>>;
  /** The network configuration that cloud-init would write. */
  readonly network: unknown;
  readonly ec2: unknown;
  readonly userData: string;
}

/** cloud-init, and the modules it imports that are not part of Python. */
const PACKAGES = [
  ...['cloud-init', 'python3-configobj', 'python3-jinja2', 'python3-markupsafe', 'python3-jsonpatch'],
  ...['python3-json-pointer', 'python3-netifaces', 'python3-oauthlib', 'python3-requests', 'python3-urllib3'],
  ...[
    'python3-idna',
    'python3-certifi',
    'python3-charset-normalizer',
    'python3-chardet',
    'python3-yaml',
    'python3-six',
  ],
];

/**
 * Runs the readers of cloud-init's datasources: they choose the version, follow the listings and allow missing
 * documents.
 */
const ASK = `
import json, sys
from cloudinit.sources.helpers import ec2, openstack

base = "http://169.254.169.254"
text = lambda value: value.decode() if isinstance(value, bytes) else str(value)
found = openstack.MetadataReader(base).read_v2()
macs = {link["ethernet_mac_address"]: "eth0" for link in found["networkdata"]["links"]}
print(json.dumps({
    "openstack": found,
    "network": openstack.convert_net_json(found["networkdata"], known_macs=macs),
    "ec2": ec2.get_instance_metadata("2009-04-04", base, timeout=5, retries=0),
    "userData": text(ec2.get_instance_userdata("2009-04-04", base, timeout=5, retries=0)),
}, default=text))
`;

/** Returns Debian's cloud-init as one archive. Throws with the output of apt-get, dpkg or tar. */
export function cloudInitArchive(): Buffer {
  const files = unpacked(cacheFolder('netloom-cloud-init'), () => PACKAGES);
  const folder = path.join(files, 'usr/lib/python3/dist-packages');
  return execFileSync('tar', ['-C', folder, '-cz', '.'], { maxBuffer: 2 ** 26 });
}

/** Runs cloud-init's readers in an instance of the lab. */
export async function cloudInit(network: Network, instance: string, archive: Buffer): Promise<CloudInitFindings> {
  const folder = `/run/cloud-init-${instance}`;
  await network.in(instance, `mkdir -p ${folder}`);
  await copyIn(network, instance, archive, `${folder}/archive`);
  await copyIn(network, instance, Buffer.from(ASK), `${folder}/ask.py`);
  const script = `cd ${folder} && tar -xzf archive && PYTHONPATH=${folder} python3 ask.py`;
  return JSON.parse(await network.in(instance, script)) as CloudInitFindings;
}
