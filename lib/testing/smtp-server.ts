import type { AddressInfo } from "node:net";
import type { SMTPServerSession } from "smtp-server";
import { SMTPServer } from "smtp-server";

/** A message as the server took it: the exact bytes, and the envelope it came in. */
export type ReceivedMail = {
  readonly raw: Buffer;
  readonly from: string;
  readonly to: readonly string[];
  readonly messageId: string;
};

/**
 * What the server does wrong, once each, in order; after the last it behaves.
 * `drop-before-data`: hangs up at RCPT. `drop-after-data`: takes the whole message, keeps it, and hangs up
 * without an answer. `lose-after-data`: the same, but the message is lost. `slow`: answers late.
 */
export type SmtpFault =
  | {
      readonly kind: "refuse";
      readonly code: 421 | 450 | 451 | 452 | 550 | 552 | 554;
      /** What the server says, instead of "test fault"; may begin with an enhanced code. */
      readonly words?: string;
    }
  | { readonly kind: "refuse-sender"; readonly code: 451 | 530 | 550 }
  | { readonly kind: "refuse-data"; readonly code: 451 | 452 | 552 | 554 }
  | { readonly kind: "drop-before-data" }
  | { readonly kind: "drop-after-data" }
  | { readonly kind: "lose-after-data" }
  | { readonly kind: "slow"; readonly milliseconds: number };

export type SmtpTestServer = {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  /** Every message taken, in order; a repeated delivery is here twice. */
  readonly received: readonly ReceivedMail[];
  /** Connections ever opened. */
  readonly connections: () => number;
  readonly misbehave: (...faults: readonly SmtpFault[]) => void;
  readonly close: () => Promise<void>;
};

const BEFORE_DATA = new Set<SmtpFault["kind"]>(["refuse", "refuse-sender", "drop-before-data"]);

type Options = { readonly user?: string; readonly password?: string };

const refusal = (code: number, words = "test fault"): Error =>
  Object.assign(new Error(words), { responseCode: code });

const messageIdIn = (raw: Buffer): string =>
  /^Message-ID:\s+(<[^>]+>)/im.exec(raw.toString("latin1"))?.[1] ?? "";

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A real SMTP server on a free loopback port that fails on request. Close it when done. */
export async function startSmtpServer(options: Options = {}): Promise<SmtpTestServer> {
  const received: ReceivedMail[] = [];
  const faults: SmtpFault[] = [];
  let opened = 0;

  const take = (when: (fault: SmtpFault) => boolean): SmtpFault | undefined =>
    faults[0] && when(faults[0]) ? faults.shift() : undefined;

  const hangUp = (session: SMTPServerSession) => {
    for (const connection of server.connections)
      if (connection.session?.id === session.id) connection._socket.destroy();
  };

  const keep = (raw: Buffer, { envelope }: SMTPServerSession) => {
    received.push({
      raw,
      from: envelope.mailFrom ? envelope.mailFrom.address : "",
      to: envelope.rcptTo.map(({ address }) => address),
      messageId: messageIdIn(raw),
    });
  };

  const server = new SMTPServer({
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    // Enhanced codes are said by the fault, or not at all.
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      opened += 1;
      done();
    },
    onAuth: ({ username, password }, _session, done) => {
      if (username === options.user && password === options.password)
        done(null, { user: username });
      else done(Object.assign(new Error("no such user"), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => {
      const fault = take(({ kind }) => kind === "refuse-sender");
      if (fault?.kind === "refuse-sender") done(refusal(fault.code));
      else done();
    },
    onRcptTo: (_address, session, done) => {
      const fault = take(({ kind }) => kind === "refuse" || kind === "drop-before-data");
      if (fault?.kind === "refuse") done(refusal(fault.code, fault.words));
      else if (fault) hangUp(session);
      else done();
    },
    onData: (stream, session, done) => {
      const taken = (raw: Buffer) => {
        const fault = take(({ kind }) => !BEFORE_DATA.has(kind));
        if (fault?.kind === "refuse-data") return done(refusal(fault.code));
        if (fault?.kind === "lose-after-data") return hangUp(session);
        keep(raw, session);
        if (fault?.kind === "drop-after-data") return hangUp(session);
        setTimeout(done, fault?.kind === "slow" ? fault.milliseconds : 0);
      };
      // A client that is killed in the middle of a message leaves half of one, which was never taken.
      bytesOf(stream).then(taken, () => undefined);
    },
  });
  // Clients hang up in the middle of things; that is what is being tested.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    connections: () => opened,
    misbehave: (...more) => faults.push(...more),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
