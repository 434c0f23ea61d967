import { devicesScene } from './devices.ts';
import { networksScene, type Drawn } from './networks.ts';
import type { Level, Scene } from './scene.ts';

/** Up to so many things all instances are drawn singly, unless the command line says another number. */
export const MOST_SINGLY = 200;

/** Returns what is drawn of a network at a level. */
export function sceneOf(level: Level, drawn: Drawn): Scene {
  return level === 'networks' ? networksScene(drawn) : devicesScene(drawn);
}
