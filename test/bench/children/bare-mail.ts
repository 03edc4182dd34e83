/**
 * The floor: nodemailer sends messages that are composed already, over as many connections as the daemon keeps.
 * Arguments: the mail server; `[{ from, to, source }]` as JSON on stdin. Figures as one line of JSON on stdout.
 */
import { json } from 'node:stream/consumers';
import nodemailer from 'nodemailer';

type Message = Readonly<{ from: string; to: readonly string[]; source: string }>;

const messages = (await json(process.stdin)) as readonly Message[];
const transport = nodemailer.createTransport({ url: process.argv[2] ?? '', pool: true, maxConnections: 5 });

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await Promise.all(
  messages.map(({ from, to, source }) => transport.sendMail({ envelope: { from, to: [...to] }, raw: source })),
);
const wallMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
transport.close();
const cpuMs = (cpu.user + cpu.system) / 1000;
process.stdout.write(`${JSON.stringify({ mails: messages.length, wallMs, cpuMs })}\n`);
