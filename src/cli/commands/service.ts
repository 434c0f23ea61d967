import type { Command } from 'commander';
import { addAbout, addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act } from '../context.ts';
import { addFlag } from '../option.ts';
import { installService, printService, removeService } from '../service/actions.ts';

/** Adds `service`: netloom as a service of systemd. */
export function addServiceCommands(program: Command, act: Act): void {
  const service = program
    .command('service')
    .description('netloom as a service of systemd, which keeps a network right or applies it at boot');
  addExamples(service, [
    ['keep the network as the file says, from now on', 'service install --now /etc/netloom/net.yaml'],
    ['see the unit first', 'service print /etc/netloom/net.yaml'],
    ['do not keep it any more; the network stays', 'service remove /etc/netloom/net.yaml'],
  ]);
  const install = withFlags(service.command('install').description('write the unit, and enable it'));
  addJson(install);
  addFlag(install, '--now', 'also start it', { env: 'NETLOOM_SERVICE_NOW' });
  addFolder(install);
  addForce(install);
  addAbout(
    install,
    'The unit runs `netloom watch --yes FILE` and is restarted if it fails or hangs. It is enabled, so it starts at ' +
      'boot. If systemd does not run here, the unit is only written. `systemctl stop` leaves the network as it is.',
    'A unit that was edited is not replaced without --force. `systemctl edit` needs no edit of the unit itself.',
  );
  addExitCodes(install, [0, 'installed, also if it was already'], [1, 'an error']);
  addExamples(install, [
    ['with metrics for Prometheus', 'service install --now net.yaml -- --metrics 127.0.0.1:9464'],
    ['only apply the file when the host boots', 'service install --at-boot net.yaml'],
  ]).action(act(installService));

  const print = withFlags(service.command('print').description('print the unit'));
  addExitCodes(print, [0, 'printed'], [1, 'an error']);
  addExamples(print, [['how much it may do', 'service print net.yaml > netloom-net.service']]).action(
    act(printService),
  );

  const remove = service
    .command('remove')
    .description('stop and disable the service, and delete its unit; the network stays')
    .argument('<file>', 'the topology file, or the name of its topology');
  addJson(remove);
  addFolder(remove);
  addForce(remove);
  addExitCodes(remove, [0, 'removed, also if there was none'], [1, 'an error']);
  addExamples(remove, [
    ['by the file', 'service remove net.yaml'],
    ['by the name of its topology, if the file is gone', 'service remove demo'],
  ]).action(act(removeService));
}

function withFlags(command: Command): Command {
  addFile(command).argument('[flags...]', 'after --: more flags of watch, or of apply');
  return addFlag(command, '--at-boot', 'apply the file once, at boot, instead of keeping the network so');
}

function addFolder(command: Command): void {
  addFlag(command, '--to <folder>', 'the folder of the unit, if not /etc/systemd/system; systemctl is not run then', {
    env: 'NETLOOM_SERVICE_TO',
  });
}

function addForce(command: Command): void {
  addFlag(command, '--force', 'also if the unit was edited', { env: 'NETLOOM_SERVICE_FORCE' });
}
