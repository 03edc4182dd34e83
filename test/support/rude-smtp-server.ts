import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** `kept` is after the final dot: the server has the mail, and has yet to say so. */
export type RudeStage = 'greeting' | 'login' | 'sender' | 'data' | 'kept';

/** A reply in place of yes (after a 421 it hangs up), or none: it hangs up, or takes its time. */
export type Rudeness = `${number} ${string}` | 'hangs up' | Readonly<{ answersAfterMs: number }>;

type When = Readonly<{ times?: number; afterMails?: number }>;

export type RudeServer = Readonly<{
  smtpUrl: string;
  /** The Message-ID of every mail that was sent to the end, whatever was said about it then. */
  kept(): readonly string[];
  /** Mails between DATA and their final dot. */
  mostInFlight(): number;
  /** From now on, or once it has kept so many mails: the next times that a client comes to that stage. */
  rude(stage: RudeStage, what: Rudeness, when?: When): void;
  polite(): void;
  close(): Promise<void>;
}>;

/** What all conversations with one server share. */
type Desk = {
  readonly rudeness: Map<RudeStage, { what: Rudeness; times: number; afterMails: number }>;
  readonly kept: string[];
  inFlight: number;
  mostInFlight: number;
};

const yes: Readonly<Record<string, string>> = {
  EHLO: '250-rude.example\r\n250 AUTH PLAIN LOGIN',
  AUTH: '235 2.7.0 Come in',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
  RSET: '250 2.0.0 Ok',
  QUIT: '221 2.0.0 Bye',
};
const stageOf: Readonly<Record<string, RudeStage>> = { AUTH: 'login', MAIL: 'sender', DATA: 'data' };

/** A mail server on loopback that breaks the rules of the protocol where it is told to, as no library's would. */
export async function startRudeServer(): Promise<RudeServer> {
  const desk: Desk = { rudeness: new Map(), kept: [], inFlight: 0, mostInFlight: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)));
    converse(socket, desk);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept: () => [...desk.kept],
    mostInFlight: () => desk.mostInFlight,
    rude: (stage, what, { times = Number.POSITIVE_INFINITY, afterMails = 0 } = {}) =>
      desk.rudeness.set(stage, { what, times, afterMails }),
    polite: () => desk.rudeness.clear(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function converse(socket: Socket, desk: Desk): void {
  let heard = '';
  let isInMail = false;
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    for (let end = endOf(heard, isInMail); end !== null; end = endOf(heard, isInMail)) {
      const piece = heard.slice(0, end.at);
      heard = heard.slice(end.next);
      if (isInMail) keep(socket, desk, piece);
      isInMail = isInMail ? false : isMailNext(socket, desk, piece);
    }
  });
  answer(socket, desk, '220 rude.example ESMTP', 'greeting');
}

/** Where the next command, or the next mail, ends; null while it is not there whole. */
function endOf(heard: string, isInMail: boolean) {
  const mark = isInMail ? '\r\n.\r\n' : '\r\n';
  const at = heard.indexOf(mark);
  return at === -1 ? null : { at, next: at + mark.length };
}

function keep(socket: Socket, desk: Desk, mail: string): void {
  desk.kept.push(/^Message-ID: (\S+)/im.exec(mail)?.[1] ?? '');
  desk.inFlight -= 1;
  answer(socket, desk, '250 2.0.0 Kept', 'kept');
}

/** Answers a command; true when a mail follows. */
function isMailNext(socket: Socket, desk: Desk, line: string): boolean {
  const verb = line.slice(0, 4).toUpperCase();
  const isPolite = answer(socket, desk, yes[verb] ?? '502 5.5.2 What?', stageOf[verb]);
  if (verb === 'QUIT') socket.end();
  if (verb !== 'DATA' || !isPolite) return false;
  desk.inFlight += 1;
  desk.mostInFlight = Math.max(desk.mostInFlight, desk.inFlight);
  return true;
}

/** False when it was rude instead. */
function answer(socket: Socket, { rudeness, kept }: Desk, reply: string, stage?: RudeStage): boolean {
  const rude = stage === undefined ? undefined : rudeness.get(stage);
  if (rude === undefined || rude.times <= 0 || kept.length < rude.afterMails) {
    say(socket, reply);
    return true;
  }
  rude.times -= 1;
  if (rude.what === 'hangs up') socket.destroy();
  else if (typeof rude.what === 'string') say(socket, rude.what);
  else setTimeout(say, rude.what.answersAfterMs, socket, reply).unref();
  return false;
}

function say(socket: Socket, reply: string): void {
  if (socket.writable) socket.write(`${reply}\r\n`);
  if (reply.startsWith('421')) socket.end();
}
