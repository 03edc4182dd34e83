import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** For the environment of a process whose clock is off by so much, from its beginning to its end. */
export function clockOffBy(ms: number, folder: string): Readonly<Record<string, string>> {
  const file = join(folder, `clock-off-by-${ms}.mjs`);
  writeFileSync(
    file,
    `const real = Date;
     globalThis.Date = class extends real {
       constructor(...given) { given.length === 0 ? super(real.now() + ${ms}) : super(...given); }
       static now() { return real.now() + ${ms}; }
     };`,
  );
  return { NODE_OPTIONS: `--import=file://${file}` };
}
