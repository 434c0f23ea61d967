import type { Diagnostic } from '../../model/diagnostic.ts';
import { fromEntries } from '../entries.ts';
import { show } from '../show.ts';
import { subnetsIn } from '../subnets.ts';
import type { Instance, Metadata } from '../types.gen.ts';
import { COMPRESS, isBase64, LARGEST_USER_DATA, USER_DATA_FIELDS, userDataOf } from '../user-data.ts';
import type { CheckContext } from './context.ts';

/** Checks `metadata` of the instances: size and encoding of user data, and whether the instance can reach it. */
export function checkMetadata(t: CheckContext): Diagnostic[] {
  return fromEntries(t.doc.instances, (name, instance) => {
    const { metadata } = instance;
    if (metadata === undefined) return [];
    return [...checkUserData(t, name, metadata), ...checkReachable(t, name, instance)];
  }).flat();
}

function checkUserData(t: CheckContext, name: string, metadata: Metadata): Diagnostic[] {
  const path = ['instances', name, 'metadata'];
  const { user_data: text, user_data_base64: base64 } = metadata;
  const [given, other] = USER_DATA_FIELDS.filter((field) => metadata[field] !== undefined);
  if (given !== undefined && other !== undefined) {
    const related = [{ message: 'the other one', at: { path: [...path, given] } }];
    const summary = `${show(name)} has user data twice`;
    return [t.report('NL701', { path: [...path, other] }, summary, { related, hint: 'remove one' })];
  }
  if (base64 !== undefined && !isBase64(base64)) {
    const hint = 'letters, digits, + and /, with = at the end; `base64 FILE` writes it';
    return [
      t.report('NL702', { path: [...path, 'user_data_base64'] }, `the user data of ${show(name)} is not valid base64`, {
        hint,
      }),
    ];
  }
  const size = userDataOf(metadata)?.length ?? 0;
  if (size <= LARGEST_USER_DATA) return [];
  const at = { path: [...path, text === undefined ? 'user_data_base64' : 'user_data'] };
  const limit = String(LARGEST_USER_DATA);
  const summary = `the user data of ${show(name)} is ${String(size)} bytes, must be at most ${limit}`;
  return [t.report('NL703', at, summary, { hint: COMPRESS })];
}

/** Requests for metadata go to a router, or to the DHCP server of the network. */
function checkReachable(t: CheckContext, name: string, { ports = {} }: Instance): Diagnostic[] {
  if (!t.whole('routers') || !t.whole('networks')) return [];
  const routed = new Set(Object.values(t.doc.routers ?? {}).flatMap((router) => Object.keys(router.interfaces ?? {})));
  const subnets = Object.values(ports).flatMap((port) => subnetsIn(t.doc, port.network).places);
  if (subnets.some((place) => routed.has(place.name) || place.subnet.enable_dhcp !== false)) return [];
  const summary = `${show(name)} cannot reach its metadata: its networks have neither a router nor DHCP`;
  const hint = 'add a router interface on one of its subnets, or set enable_dhcp: true there';
  return [
    t.report('NL704', { path: ['instances', name, 'metadata'], part: 'key' }, summary, { hint, severity: 'warning' }),
  ];
}
