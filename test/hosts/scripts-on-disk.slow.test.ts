import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testNodes } from '../support/node.ts';

const nodes = testNodes('ip');

/** Prints the files and processes of the node in which a text is that stands on standard input. */
const SEARCH = `text=/run/pattern; (umask 077; cat >$text)
grep -rlsF -f $text /run /tmp /var/tmp /dev/shm --exclude=pattern
grep -lasF -f $text /proc/[0-9]*/cmdline /proc/[0-9]*/environ
rm $text`;

test('a script with a secret is in no file, command line or environment while it runs', async () => {
  const node = await nodes.open();
  const secret = `secret-${String(process.pid)}`;
  const search = `sh -c '${SEARCH}' <<'END'\n${secret}\nEND\n:`;
  await node.sh(`echo ${secret} >/tmp/leak`);
  expect((await node.try(search)).output.trim()).toBe('/tmp/leak');
  await node.sh('rm /tmp/leak');
  // More than a pipe holds: a shell that wrote it to a file would do so here.
  const long = Array.from({ length: 20_000 }, () => secret).join('\n');
  const running = node.try(`# ${secret}\n{ sleep 1; cat >/dev/null; } <<'END'\n${long}\nEND`);
  await sleep(400);
  expect((await node.try(search)).output.trim()).toBe('');
  expect((await running).code).toBe(0);
});
