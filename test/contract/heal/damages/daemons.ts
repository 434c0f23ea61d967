import { touching, type Damage } from './damage.ts';

/** The damages to daemons: each is killed, by either signal. */
export function* daemonDamages(): Iterable<Damage> {
  for (const program of ['dnsmasq', 'haproxy']) {
    const pid = `$(grep -lsaF /run/netloom/ /proc/[0-9]*/cmdline | xargs grep -la ^${program} | cut -d/ -f3)`;
    for (const signal of ['KILL', 'TERM']) {
      yield {
        title: `${program}: ${signal}`,
        class: `${program} killed`,
        script: `kill -${signal} ${pid}; sleep 0.1`,
        touches: touching('.*/process/'),
        remade: new RegExp(program),
      };
    }
  }
}
