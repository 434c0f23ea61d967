import type { ServiceName, ServiceOutcome } from '../../verify/services/probe.ts';
import type { FloatingIpState } from './floating-ips.ts';
import type { Health, Service } from './services.ts';

/** What the requests to a service showed: the worst of their results; `null`: none was made, or none had a result. */
export type Probed = 'ok' | 'failed' | 'no-answer' | null;

/** Returns a service with the result of its requests. One that is as in the file and does not answer is degraded. */
export function probedService(
  service: Service,
  outcomes: readonly ServiceOutcome[],
): Service & { readonly probe: Probed } {
  const { probe, told } = resultOf(service, service.type, outcomes);
  const detail =
    service.detail === '' && told
      ? `${told.probe.words} from ${told.probe.from.words}: ${told.detail}`
      : service.detail;
  return { ...service, detail, health: healthOf(service.health, probe), probe };
}

/** Returns a floating IP with the result of its requests. */
export function probedFloatingIp(
  ip: FloatingIpState,
  outcomes: readonly ServiceOutcome[],
): FloatingIpState & { readonly probe: Probed } {
  const { probe } = resultOf(ip, 'floating-ip', outcomes);
  return { ...ip, health: healthOf(ip.health, probe), probe };
}

function healthOf(health: Health, probe: Probed): Health {
  return probe === 'failed' && health === 'ok' ? 'degraded' : health;
}

function resultOf(
  { node, name }: Service | FloatingIpState,
  type: Service['type'] | ServiceName['type'],
  outcomes: readonly ServiceOutcome[],
): { readonly probe: Probed; readonly told: ServiceOutcome | undefined } {
  const own = outcomes.filter(({ probe: { service } }) => {
    return service.type === type && service.node === node && service.name === name;
  });
  const failed = own.find(({ verdict }) => verdict === 'failed');
  const silent = own.find(({ verdict }) => verdict === 'no-answer');
  const answered = own.some(({ verdict }) => verdict === 'ok');
  return { probe: failed ? 'failed' : silent ? 'no-answer' : answered ? 'ok' : null, told: failed ?? silent };
}
