/** Address and files of a proxy. */
export interface ProxyLocation {
  /** Id of the router, or of the network of a DHCP server. */
  readonly id: string;
  readonly bind: string;
  readonly folder: string;
  readonly state: string;
}

/**
 * A file that is returned if the map selects it. Its path is below the proxy's folder and has a restricted alphabet.
 */
export interface Reply {
  readonly file: string;
  readonly contentType: string;
}

/** HAProxy's default buffer size, and the part of a buffer that it reserves for headers. */
const BUFFER = 16384;
const RESERVED = 1024;

const MOST_CONNECTIONS = 1024;

/** Connections of one source: a guest that opens more, and sends nothing, would leave none for the others. */
const MOST_OF_ONE = 32;

/** The user and the group nobody, on every Linux. */
const NOBODY = 65534;

/**
 * Neutron's configuration with netloom's paths, up to the listening socket. Neutron's proxy forwards requests to an
 * agent. This one answers itself: the source address identifies the client, client and path select the file. The
 * configuration contains no value of the topology, only ids and paths of files, because its syntax has special
 * characters. `largest` is the size of the largest answer, which must fit a buffer with its headers.
 */
export function configuration(place: ProxyLocation, replies: readonly Reply[], largest: number): string {
  return `
global
    log         /dev/log local0 info
    log-tag     haproxy-metadata-proxy-${place.id}
    user        root
    group       root
    maxconn     ${String(MOST_CONNECTIONS)}
    pidfile     ${place.state}/pid
    daemon
${largest + 2 * RESERVED > BUFFER ? `    tune.bufsize ${String(bufferFor(largest))}\n` : ''}
defaults
    log global
    mode http
    option httplog
    option dontlognull
    option http-server-close
    option forwardfor
    retries                 3
    timeout http-request    30s
    timeout connect         30s
    timeout client          32s
    timeout server          32s
    timeout http-keep-alive 30s

listen listener
    bind ${place.bind}

    stick-table type ipv6 size ${String(MOST_CONNECTIONS)} expire 60s store conn_cur
    tcp-request connection track-sc0 src
    tcp-request connection reject if { sc0_conn_cur gt ${String(MOST_OF_ONE)} }

    http-request set-var(txn.path) path,regsub(/+$,)
    http-request set-var(txn.answer) src,map_str(${place.folder}/sources),concat(,txn.path),map_str(${place.folder}/answers)
    http-request return status 404 content-type "text/plain" string "404 Not Found\\n" unless { var(txn.answer) -m found }
    http-request return status 405 content-type "text/plain" string "405 Method Not Allowed\\n" unless METH_GET
${replies.map((reply) => `    ${replyLine(place, reply)}\n`).join('')}`;
}

/**
 * The part of the configuration that makes HAProxy give up root's rights once it listens and has read its files: it
 * becomes nobody, without capabilities, and sees of the file system only its state folder, which it cannot write, so
 * it finds no /dev/log either and logs no request. It replaces the user of `configuration`, and cannot be read where
 * only one user id is mapped.
 */
export function privileges(state: string): string {
  return `
global
    uid    ${String(NOBODY)}
    gid    ${String(NOBODY)}
    chroot ${state}
`;
}

function replyLine({ folder }: ProxyLocation, { file, contentType }: Reply): string {
  return (
    `http-request return status 200 content-type "${contentType}" file ${folder}/${file} if { ` +
    `var(txn.answer) -m str ${file} }`
  );
}

/** The next power of two that holds an answer, its headers, and the reserve for more headers. */
function bufferFor(largest: number): number {
  return 2 ** Math.ceil(Math.log2(largest + 2 * RESERVED));
}
