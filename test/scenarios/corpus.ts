import { accountsComeAndGo } from './chapters/accounts-come-and-go.ts';
import { breaksAndRepairs } from './chapters/breaks-and-repairs.ts';
import { constantContactFails } from './chapters/constant-contact-fails.ts';
import { delivery } from './chapters/delivery.ts';
import { digestChapter } from './chapters/digest.ts';
import { flappingChapter } from './chapters/flapping.ts';
import { ourAccess } from './chapters/our-access.ts';
import { pages } from './chapters/pages.ts';
import { people } from './chapters/people.ts';
import { reminders } from './chapters/reminders.ts';
import { restartsAndClocks } from './chapters/restarts-and-clocks.ts';
import { severalAtOnce } from './chapters/several-at-once.ts';
import { waitingAndNotKnowing } from './chapters/waiting-and-not-knowing.ts';
import { whatIsWrong } from './chapters/what-is-wrong.ts';
import { wholeFleet } from './chapters/whole-fleet.ts';
import type { Chapter } from './story.ts';

/** Every story, chapter by chapter. */
export const corpus: readonly Chapter[] = [
  breaksAndRepairs,
  whatIsWrong,
  pages,
  waitingAndNotKnowing,
  severalAtOnce,
  reminders,
  accountsComeAndGo,
  ourAccess,
  constantContactFails,
  delivery,
  restartsAndClocks,
  flappingChapter,
  wholeFleet,
  people,
  digestChapter,
];
