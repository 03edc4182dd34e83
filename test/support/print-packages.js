/** Loaded before a program: at the program's end it prints to stderr, as a JSON list, which packages were loaded. */
import { registerHooks } from 'node:module';

const packages = new Set();

registerHooks({
  load: (url, context, load) => {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return load(url, context);
  },
});

process.on('exit', () => process.stderr.write(`${JSON.stringify([...packages].sort())}\n`));
