import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail as it came over the wire. */
interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly data: string;
}

/** What the server says of one step; undefined is its usual yes, `hang up` ends the connection, `lose the answer` too, after taking it. */
type Verdict = string | undefined;

export interface SmtpServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Asked after each address and each whole mail: an answer such as `550 no such user`, or `hang up`. */
  judge: (step: 'address' | 'mail', text: string) => Verdict;
}

/** A mail server that keeps what it takes (RFC 5321, as far as one mail over one connection needs it). */
export async function startSmtp(): Promise<SmtpServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    void talk(socket, received, (step, text) => smtp.judge(step, text));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const smtp: SmtpServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    judge: () => undefined,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return smtp;
}

async function talk(socket: Socket, received: Received[], judge: SmtpServer['judge']): Promise<void> {
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const answer = (verdict: Verdict, usual: string) => {
    if (verdict === 'hang up') socket.destroy();
    else say(verdict ?? usual);
    return verdict === undefined;
  };
  let from = '';
  let to: string[] = [];
  let data: string[] | null = null;
  say('220 test');
  for await (const line of createInterface({ input: socket })) {
    if (data !== null) {
      if (line !== '.') data.push(line);
      else {
        const mail = { from, to, data: data.join('\n') };
        data = null;
        const verdict = judge('mail', mail.data);
        const isLost = verdict === 'lose the answer';
        if (answer(isLost ? 'hang up' : verdict, '250 taken') || isLost) received.push(mail);
      }
    } else if (/^MAIL FROM:/i.test(line)) {
      from = addressIn(line);
      to = [];
      say('250 ok');
    } else if (/^RCPT TO:/i.test(line)) {
      const address = addressIn(line);
      if (answer(judge('address', address), '250 ok')) to.push(address);
    } else if (/^DATA/i.test(line)) {
      data = [];
      say('354 go on');
    } else if (/^QUIT/i.test(line)) {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  }
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
