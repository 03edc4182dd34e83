import { needs } from './purpose.ts';
import type { Variable } from './variable.ts';
import { variableGroups } from './variables.ts';

const INTRODUCTION = `# Copy this file to .env and fill in what has no value. The environment wins over .env.
# A relative path in it belongs to this file's folder, or to the one that LINKWATCH_HOME names.
# A line that begins with # shows a default or an example. Durations are 500ms, 30s, 15m, 2h, 3d.
# A value that contains a # needs quotes. A secret can also be read from a file: SMTP_URL_FILE=/run/secrets/smtp-url`;

const REQUIRED: ReadonlySet<string> = new Set(needs.start);

/** The text of `.env.example`, without the line break at its end. */
export function renderEnvExample(): string {
  const groups = Object.entries(variableGroups).map(([heading, group]) => {
    const lines = Object.entries(group).map(([name, variable]) => renderVariable(name, variable));
    return [`# --- ${heading}`, ...lines].join('\n');
  });
  return [INTRODUCTION, ...groups].join('\n\n');
}

function renderVariable(name: string, { meaning, fallback, example }: Variable<unknown>): string {
  if (REQUIRED.has(name)) return `# ${meaning} (required: ${example})\n${name}=`;
  return `# ${meaning}\n# ${name}=${fallback ?? example}`;
}
