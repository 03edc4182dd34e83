import { configReaders } from './config-readers.ts';
import { fileReaders } from './file-readers.ts';
import { mailReaders } from './mail-readers.ts';
import { requestReaders } from './request-readers.ts';
import { upstreamReaders } from './upstream-readers.ts';

/** Everything that reads what others send. */
export const readers = [...upstreamReaders, ...fileReaders, ...mailReaders, ...requestReaders];

/** What reads the operator's own texts: nobody else can make them long. */
export const ownReaders = configReaders;
