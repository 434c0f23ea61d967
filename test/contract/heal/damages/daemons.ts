import { touching, type Damage } from './damage.ts';

/** The damages to daemons: each is killed, by either signal, or stopped; or it has read files that are no more. */
export function* daemonDamages(): Iterable<Damage> {
  for (const program of ['dnsmasq', 'haproxy']) {
    const pid = `$(grep -lsaF /run/netloom/ /proc/[0-9]*/cmdline | xargs grep -la ^${program} | cut -d/ -f3)`;
    for (const signal of ['KILL', 'TERM', 'STOP']) {
      yield {
        title: `${program}: ${signal}`,
        class: `${program} ${signal === 'STOP' ? 'stopped' : 'killed'}`,
        script: `kill -${signal} ${pid}; sleep 0.1`,
        touches: touching('.*/process/'),
        remade: new RegExp(program),
      };
    }
  }
  for (const keeping of ['', '-p ']) {
    yield {
      title: `dnsmasq: has read other files${keeping === '' ? '' : ', whose times are as before'}`,
      class: 'dnsmasq stale',
      script: `f=$(ls /run/netloom/demo/dhcp/*/host); cp -p $f /run/saved; : >$f
        kill -HUP $(cat /run/netloom/demo/dhcp/*/state/pid); sleep 0.1; cp ${keeping}/run/saved $f; rm /run/saved`,
      touches: touching('.*/process/.*/dhcp/'),
    };
  }
}
