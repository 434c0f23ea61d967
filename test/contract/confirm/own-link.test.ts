import { expect, test } from 'vitest';
import { CONVERGE_LIBRARY } from '../../../src/apply/way-back/converge.ts';
import { testNodes } from '../../support/node.ts';

const nodes = testNodes('ip');

const LINKS = `
ip link add own type bridge && ip link set own alias netloom:demo,nic=eth0
ip link add theirs type bridge && ip link set theirs alias netloom:other
ip link add newborn type bridge
ip tuntap add dev newtap mode tap
ip link add born type veth peer name peer && ip link set born group 4242
ip link add twin type veth peer name other
ip link add bare type vxlan id 7 dev lo dstport 4789 || ip link add bare type veth peer name bare2
ip link add link twin name twin.5 type macvlan
ip link add addressed type bridge && ip address add 192.0.2.1/24 dev addressed
ip link add running type bridge && ip link set running up
ip link add holder type bridge && ip link set other master holder
`;

test('a way back takes for its own a link with its mark or group, or one that nobody has begun to use', async () => {
  const node = await nodes.open();
  await node.sh(LINKS);
  const names = 'own theirs newborn newtap born peer twin bare twin.5 addressed running holder missing';
  const own = await node.sh(`cat >/run/library <<'END_OF_LIBRARY'
${CONVERGE_LIBRARY}
END_OF_LIBRARY
    mark=netloom:demo group=4242 sh -c '. /run/library
      for link in ${names}; do own_link "$link" env && echo "$link"; done; :'`);
  expect(own.split('\n').filter(Boolean)).toEqual(['own', 'newborn', 'newtap', 'born']);
});
