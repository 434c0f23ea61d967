#!/usr/bin/env node
// Nothing is imported before the version check: what follows does not load in an old Node.js.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `error[NLX01]: netloom needs Node.js 20.19 or newer, this is ${process.versions.node}\n` +
      '  hint: install a newer one from your distribution, https://nodejs.org or with nvm\n',
  );
  process.exitCode = 1;
} else {
  const { setFlagsFromString } = await import('node:v8');
  // A command is over before optimised code pays: V8's compiler would take a fifth of a plan's processor time from the shells that read the
  // nodes (measured). What runs for long, such as a watch, is still optimised.
  setFlagsFromString('--interrupt-budget=1000000');
  const { start } = await import('./cli/start.ts');
  process.exit(await start(process));
}

export {};
