import { enter, follow } from './connection.ts';
import { showDoor } from './door.ts';
import { openShell } from './shell.ts';
import { createStore } from './store.ts';
import { startClock } from './time.ts';
import { changesView } from './views/changes.ts';
import { reachView } from './views/reach.ts';
import { servicesView } from './views/services.ts';
import { topologyView } from './views/topology.ts';

async function start(): Promise<void> {
  await enter();
  const store = createStore();
  let isOpen = false;
  let tell: ReturnType<typeof openShell> | undefined;
  follow(
    (sections) => {
      store.take(sections);
      if (isOpen) return;
      isOpen = true;
      tell = openShell(store, [servicesView(store), topologyView(store), changesView(store), reachView(store)]);
    },
    (connection) => {
      if (isOpen) tell?.(connection);
      else if (connection === 'closed') showDoor();
    },
  );
  startClock();
}

void start();
