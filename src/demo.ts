import type { Cli } from './cli/context.ts';
import { createScreen } from './demo/screen.ts';
import { openStage } from './demo/stage.ts';
import { tellStory } from './demo/story.ts';

/** Shows the whole job on this machine until the signal aborts: nothing is set up, and nothing is left behind. */
export const runDemo: Cli['runDemo'] = async ({ stdout, signal }) => {
  const screen = createScreen(stdout);
  const stage = await openStage({ screen, signal });
  try {
    await tellStory(stage, screen);
    await stage.ended;
  } finally {
    await stage.close();
    screen.say('The demo has ended; its database is gone with it.');
  }
};
