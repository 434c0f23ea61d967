import type { Daemon } from './daemon.ts';

/** The metadata proxy. It holds nothing for its clients. */
export const haproxy: Daemon = { program: 'haproxy', debianPackage: 'haproxy', users: ['haproxy', 'nobody'] };
