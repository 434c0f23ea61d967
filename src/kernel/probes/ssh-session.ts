import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** The connection by which a node is reached over SSH, as the node sees it. */
export interface SshSession {
  readonly client: string;
  readonly clientPort: number;
  /** The address of the node. */
  readonly server: string;
  readonly serverPort: number;
}

/** Reads SSH_CONNECTION (ssh(1)); `undefined` if the node is reached in another way, or sudo cleared the variable. */
export const sshSessionProbe: NodeProbe<SshSession | undefined> = {
  id: 'ssh-session',
  scope: 'node',
  script: programText(new URL('./ssh-session.sh', import.meta.url)),
  parse(text) {
    const [client = '', clientPort, server, serverPort] = text.trim().split(' ');
    if (server === undefined) return undefined;
    return { client, clientPort: Number(clientPort), server, serverPort: Number(serverPort) };
  },
};
