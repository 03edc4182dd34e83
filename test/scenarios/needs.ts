import type { Feature } from './story.ts';

/** What the code cannot do yet. Take a line out, and the stories that waited for it are told. */
export const needs: readonly Feature[] = [];
