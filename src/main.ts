#!/usr/bin/env node
// Nothing is imported before the version check, because the program does not load in an old Node.js.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `error[NLX01]: netloom needs Node.js 20.19 or newer, this is ${process.versions.node}\n` +
      '  hint: install a newer one from your distribution, https://nodejs.org or with nvm\n',
  );
  process.exitCode = 1;
} else {
  void import('./program.ts')
    .then(({ loadProgram }) => loadProgram().start(process))
    .then((code) => process.exit(code));
}

export {};
