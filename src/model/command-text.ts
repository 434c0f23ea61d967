import { NODE_NAMESPACE, type Command } from './command.ts';

/** Returns a command as a person would type it in a shell on the node, whose pid stands for its namespace. */
export function commandText(command: Command): string {
  const at = 'netns' in command && command.netns !== null ? `ip netns exec ${command.netns} ` : '';
  switch (command.tool) {
    case 'ip':
      return `${at}ip ${command.words.map((word) => (word === NODE_NAMESPACE ? '$$' : word)).join(' ')}`;
    case 'ipset':
      return `${at}ipset ${command.words.join(' ')}`;
    case 'iptables': {
      const { op } = command.edit;
      const flag = {
        new: '-N',
        insert: '-I',
        append: '-A',
        delete: '-D',
        'delete-rule': '-D',
        'delete-foreign': '-D',
        flush: '-F',
        drop: '-X',
        policy: '-P',
      }[op];
      const position = 'position' in command.edit ? ` ${command.edit.position}` : '';
      const rule = 'rule' in command.edit ? ` ${command.edit.rule}` : '';
      const policy = 'policy' in command.edit ? ` ${command.edit.policy}` : '';
      const program = command.family === 6 ? 'ip6tables' : 'iptables';
      return `${at}${program} -t ${command.table} ${flag} ${command.chain}${position}${rule}${policy}`;
    }
    case 'sysctl':
      return `${at}sysctl -w ${command.key}=${command.value}`;
    case 'write':
      return `write ${command.path}`;
    case 'unlink':
      return `rm -r ${command.path}`;
    case 'nft':
      return `${at}nft ${command.words.join(' ')}`;
    case 'ovs':
      return `ovs-vsctl ${command.words.join(' ')}`;
    case 'exec':
      return at + command.argv.join(' ');
    case 'netns-add':
      return `ip netns add ${command.netns}`;
    case 'netns-del':
      return `ip netns del ${command.netns}`;
    case 'link-gone':
      return command.devices.map((device) => `ip link del dev ${device}`).join('; ');
    case 'chain': {
      const program = command.family === 6 ? 'ip6tables' : 'iptables';
      return `${at}${program}-restore of ${command.table} ${command.chain}`;
    }
    case 'daemon-end':
      return `end the daemon of ${command.state}`;
    case 'signal':
      return `kill -${command.signal} ${command.pid}`;
  }
}
