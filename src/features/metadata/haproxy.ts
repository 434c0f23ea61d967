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
    maxconn     1024
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

    http-request set-var(txn.path) path,regsub(/+$,)
    http-request set-var(txn.answer) src,map_str(${place.folder}/sources),concat(,txn.path),map_str(${place.folder}/answers)
    http-request return status 404 content-type "text/plain" string "404 Not Found\\n" unless { var(txn.answer) -m found }
    http-request return status 405 content-type "text/plain" string "405 Method Not Allowed\\n" unless METH_GET
${replies.map((reply) => `    ${replyLine(place, reply)}\n`).join('')}`;
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
