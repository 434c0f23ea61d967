import { requirementsFor } from '../requirements.mjs';
import { manifest } from './release.mjs';
import { tool } from './tool.mjs';

/** Essential in Debian: on every host, and never declared. */
const ESSENTIAL = ['hostname', 'perl-base', 'util-linux'];

/** These start a service when they are installed, so only a person decides on them. */
const WITH_SERVICES = ['haproxy', 'openvswitch-switch'];

/** The oldest version that works. @type {Record<string, string>} */
const MINIMUM = { nftables: '1.0.6' };

/**
 * Returns which Debian packages netloom needs: `Depends` to run at all, `Recommends` for parts that most networks and
 * labs have and for nodes reached by SSH, `Suggests` for parts that bring a service with them.
 */
export function relations() {
  const run = requirementsFor(['run']);
  const needed = run.filter(({ lack }) => lack === undefined).map((each) => each.package);
  const other = [...run, ...requirementsFor(['lab'])].map((each) => each.package);
  const optional = [...other, 'openssh-client'].filter((name) => !needed.includes(name));
  return {
    Depends: list(needed),
    Recommends: list(optional.filter((name) => !WITH_SERVICES.includes(name))),
    Suggests: list(optional.filter((name) => WITH_SERVICES.includes(name))),
  };
}

/** @param {readonly string[]} packages */
function list(packages) {
  const names = [...new Set(packages)].filter((name) => !ESSENTIAL.includes(name)).sort();
  return names.map((name) => (MINIMUM[name] === undefined ? name : `${name} (>= ${MINIMUM[name]})`));
}

/** Returns the libraries that an executable of Node.js needs, as Debian packages. @param {string} executable */
export async function libraries(executable) {
  const output = await tool(['objdump', '-p', executable]);
  const minors = [...output.matchAll(/\bGLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
  return [`libc6 (>= 2.${Math.max(...minors)})`, 'libgcc-s1', 'libstdc++6'];
}

/** Returns Debian's name of this processor's architecture. */
export async function architecture() {
  return (await tool(['dpkg', '--print-architecture'])).trim();
}

/**
 * Returns the control file of the package.
 * @param {{ executable: string, kilobytes: number }} contents
 */
export async function controlFile({ executable, kilobytes }) {
  const { version, homepage, description } = manifest();
  const { Depends, Recommends, Suggests } = relations();
  const fields = {
    Package: 'netloom',
    Version: version,
    Architecture: await architecture(),
    Maintainer: MAINTAINER,
    'Installed-Size': String(kilobytes),
    Depends: [...(await libraries(executable)), ...Depends].join(', '),
    Recommends: Recommends.join(', '),
    Suggests: Suggests.join(', '),
    Section: 'net',
    Priority: 'optional',
    Homepage: homepage,
    Description: `declarative Linux networks from one YAML topology\n${paragraph(description)}`,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

export const MAINTAINER = 'netloom maintainers <maintainers@netloom.example>';

/** @param {string} text */
function paragraph(text) {
  return text.replace(/(.{1,76})(?:\s+|$)/g, ' $1\n').trimEnd();
}
