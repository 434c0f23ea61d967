import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to dnsmasq and HAProxy, their files and folders. */
export function daemons({ folder }: Names): readonly Damage[] {
  const signal = (name: string): string => `kill -${name} $(cat ${folder}/state/pid)`;
  return [
    {
      what: 'dnsmasq is stopped',
      breaks: 'dhcp inner',
      damage: signal('STOP'),
      verdict: 'healed',
      undo: signal('CONT'),
      pending: 'stopped daemons',
    },
    {
      what: 'dnsmasq has read an empty hosts file, which was restored by its contents',
      breaks: 'dhcp inner',
      damage: `cp -p ${folder}/host /run/e2e-saved; : >${folder}/host; ${signal('HUP')}; sleep 0.3
        cat /run/e2e-saved >${folder}/host; rm /run/e2e-saved`,
      verdict: 'healed',
      undo: signal('HUP'),
      pending: 'what a daemon has read',
    },
    {
      what: 'dnsmasq has read an empty hosts file, which was restored with its times',
      breaks: 'dhcp inner',
      damage: `cp -p ${folder}/host /run/e2e-saved; : >${folder}/host; ${signal('HUP')}; sleep 0.3
        cp -p /run/e2e-saved ${folder}/host; rm /run/e2e-saved`,
      verdict: 'healed',
      undo: signal('HUP'),
      pending: 'what a daemon has read',
    },
    {
      what: 'the folder of the DHCP servers is closed to dnsmasq',
      breaks: 'dhcp inner',
      damage: `chmod 700 ${folder}/..; ${signal('HUP')}`,
      verdict: 'healed',
      undo: `chmod 755 ${folder}/..; ${signal('HUP')}`,
      pending: 'modes of folders',
    },
  ];
}
