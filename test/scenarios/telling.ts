import type { World } from '../support/use-case-world.ts';
import type { Story } from './story.ts';
import type { ToldMail } from './told-mail.ts';

/** A story while it is told. Only the world's store survives the end of a process. */
export type Telling = {
  readonly story: Story;
  world: World;
  isStopped: boolean;
  /** How far the process's clock is ahead of the story's. */
  aheadMs: number;
  readonly told: ToldMail[];
};
