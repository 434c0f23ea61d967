/** A reason why a lock cannot be taken, and what to do. */
export interface LockFailure {
  readonly why: string;
  readonly hint: string;
}

const FILE = '/run/netloom.lock';
const REMOVE = `look at it (\`ls -ld ${FILE}\`), and remove it: netloom creates it itself`;

/** Of the errors of open(2), by their numbers in asm-generic/errno-base.h. */
const ERRORS: Readonly<Record<string, LockFailure>> = {
  2: { why: '/run does not exist', hint: 'mount a tmpfs on /run: `mount -t tmpfs -o mode=755 tmpfs /run`' },
  13: { why: 'permission denied', hint: 'check the mode of /run and the rules of SELinux or AppArmor' },
  20: { why: '/run is not a folder', hint: 'mount a tmpfs on /run' },
  28: { why: 'there is no space left in /run', hint: 'make space: `df -h /run; df -i /run`' },
  30: { why: 'the file system of /run is read-only', hint: 'make it writable: `mount -o remount,rw /run`' },
  122: { why: 'the disk quota of /run is exceeded', hint: 'make space in /run' },
};

/** Explains the supervisor's reason why the lock of a node cannot be taken. */
export function lockFailure(reason: string): LockFailure {
  const [word = '', value = '', ...rest] = reason.split(' ');
  switch (word) {
    case 'error':
      return ERRORS[value] ?? { why: rest.join(' '), hint: `find out why root cannot open ${FILE} on the node` };
    case 'symlink':
      return { why: `${FILE} is a symbolic link`, hint: REMOVE };
    case 'directory':
      return { why: `${FILE} is a folder`, hint: REMOVE };
    case 'special':
      return { why: `${FILE} is not a regular file`, hint: REMOVE };
    case 'owner':
      return { why: `${FILE} belongs to user ${value}, who could hold the lock`, hint: REMOVE };
    case 'mode':
      return { why: `${FILE} can be opened by other users, who could hold the lock (mode ${value})`, hint: REMOVE };
    default:
      return { why: `${FILE} is deleted again and again`, hint: 'find out what deletes it on the node' };
  }
}
