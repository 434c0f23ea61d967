import type { Answer, Client } from './client.ts';
import { ec2 } from './ec2.ts';
import { openstack } from './openstack.ts';
import { EC2_VERSIONS, OPENSTACK_VERSIONS } from './versions.ts';

/** Returns all answers for an instance, in the formats of EC2 and of OpenStack. */
export function answersFor(client: Client): readonly Answer[] {
  return [...ec2(client), ...openstack(client), ...userData(client)];
}

/** User data is the same under both paths. */
function* userData({ metadata }: Client): Generator<Answer> {
  if (metadata.userData === undefined) return;
  const paths = [
    ...EC2_VERSIONS.map((version) => `/${version}/user-data`),
    ...OPENSTACK_VERSIONS.map((version) => `/openstack/${version}/user_data`),
  ];
  yield { file: 'user_data', type: 'bytes', content: metadata.userData, secret: true, paths };
}
