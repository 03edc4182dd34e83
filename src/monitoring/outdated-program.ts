import { UserFacingError } from './user-facing-error.ts';

/**
 * A newer version has changed the database in a way that this program does not know: it writes nothing from then on.
 */
export class OutdatedProgram extends UserFacingError {
  override readonly name = 'OutdatedProgram';

  constructor(newer: string) {
    super(
      `The database is newer than this program: ${newer}.`,
      'Start the version that wrote it, or restore the backup made before that version.',
    );
  }
}
