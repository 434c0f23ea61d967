import { createHash } from 'node:crypto';
import { file, topologyFolder } from '../../kinds/file/spec.ts';
import type { FileSpec } from '../../kinds/file/spec.ts';
import { process } from '../../kinds/process/spec.ts';
import { type Netns, addressOf } from '../../model/resource.ts';
import type { Address, Origin, Resource } from '../../model/resource.ts';
import { answersFor } from './answers.ts';
import type { Answer, Client, Source } from './client.ts';
import { configuration, privileges } from './haproxy.ts';
import type { Reply } from './haproxy.ts';

/** Location of a metadata proxy, and its clients. */
export interface Proxy {
  /** Id of the router, or of the network of a DHCP server. */
  readonly id: string;
  readonly node: string;
  readonly netns: Netns;
  readonly bind: string;
  readonly sources: readonly Source[];
  readonly origin: Origin;
  /** Resources that must exist before it starts, besides its files. */
  readonly after: readonly Address[];
}

const CONTENT_TYPES: Readonly<Record<Answer['type'], string>> = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json',
  bytes: 'application/octet-stream',
};

/** A proxy and the files that it answers from. It reads them when it starts and needs no other process afterwards. */
export function* proxy(
  topology: string,
  { id, node, netns, bind, sources, origin, after }: Proxy,
): Generator<Resource> {
  const folder = `${topologyFolder(topology)}/metadata/${id}`;
  const state = `${folder}/state`;
  const clients = [...new Set(sources.map(({ client }) => client))];
  const answering = clients.map((client) => ({ client, answers: answersFor(client) }));
  const answerFiles = answering.flatMap(({ client, answers }) =>
    answers.map((answer) =>
      file(
        node,
        `${folder}/${pathOf(client, answer)}`,
        answer.content,
        client.instance.origin,
        answer.secret ? '600' : '644',
      ),
    ),
  );
  const replies = answering.flatMap(({ client, answers }) =>
    answers.map((answer): Reply => ({ file: pathOf(client, answer), contentType: CONTENT_TYPES[answer.type] })),
  );
  const largest = Math.max(
    ...answering.flatMap(({ answers }) => answers.map(({ content }) => Buffer.byteLength(content))),
  );
  const lines = answering.flatMap(({ client, answers }) => answers.flatMap((answer) => answerLines(client, answer)));
  const files = [
    file(node, `${folder}/sources`, sources.flatMap(sourceLines).join(''), origin),
    file(node, `${folder}/answers`, lines.join(''), origin),
    file(node, `${folder}/haproxy.conf`, configuration({ id, bind, folder, state }, replies, largest), origin),
    file(node, `${folder}/privileges.conf`, privileges(state), origin),
    ...answerFiles,
  ];
  yield* files;
  yield process(
    { node, netns, state },
    {
      // Neutron's command line, and a working directory that marks the process as ours.
      argv: ['haproxy', '-f', `${folder}/haproxy.conf`, '-C', state],
      rootlessArgv: [],
      rootArgv: ['-f', `${folder}/privileges.conf`],
      inputs: fingerprint(files),
      reads: files.map(({ name }) => name),
      reload: 'restart',
      bindings: [],
      // HAProxy creates the file, but not its folder.
      listens: Number(bind.slice(bind.lastIndexOf(':') + 1)),
      seeds: { pid: '' },
    },
    origin,
    [...files.map(addressOf), ...after],
  );
}

/** Path of an answer below the proxy's folder. */
function pathOf({ metadata }: Client, answer: Answer): string {
  return `${metadata.id}/${answer.file}`;
}

/** Maps an address to its client. A dual-stack socket reports IPv4 addresses as IPv4-mapped IPv6 addresses. */
function sourceLines({ client, fixedIp }: Source): readonly string[] {
  return [fixedIp.address, `::ffff:${fixedIp.address}`].map((address) => `${address} ${client.metadata.id}\n`);
}

function answerLines(client: Client, answer: Answer): readonly string[] {
  return answer.paths.map((path) => `${client.metadata.id}${path} ${pathOf(client, answer)}\n`);
}

function fingerprint(files: readonly Resource<FileSpec>[]): string {
  const hash = createHash('sha256');
  for (const { name, spec } of files) hash.update(JSON.stringify([name, spec.encoding ?? '', spec.content]));
  return hash.digest('hex').slice(0, 16);
}
