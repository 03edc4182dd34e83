import type { Cli } from '../cli/context.ts';
import { openDemoEnvironment } from './demo-environment.ts';
import { createScreen } from './screen.ts';
import { tellStory } from './story.ts';

/** Shows the whole job on this machine until the signal aborts, without any set-up and without leaving files behind. */
export const runDemo: Cli['runDemo'] = async ({ stdout, signal }) => {
  const screen = createScreen(stdout);
  const environment = await openDemoEnvironment({ screen, signal });
  try {
    await tellStory(environment, screen);
    await environment.ended;
  } finally {
    await environment.close();
    screen.say('The demo has ended; its database is gone with it.');
  }
};
