import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A database address whose traffic is read on its way. */
export type CountingProxy = {
  /** Use it instead of the address it was made for. */
  readonly url: string;
  /** Texts of all statements that were executed since the last `reset`, in order, transactions' own words included. */
  readonly statements: () => readonly string[];
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

const cString = (bytes: Buffer, at: number): string =>
  bytes.toString("utf8", at, bytes.indexOf(0, at));

/** Reads one client's half of PostgreSQL's wire protocol (version 3) and tells each executed statement. */
function readClient(onStatement: (text: string) => void): (chunk: Buffer) => void {
  const parsed = new Map<string, string>();
  const bound = new Map<string, string>();
  let begun = false;
  let rest = Buffer.alloc(0);
  const take = (kind: string, body: Buffer): void => {
    const first = cString(body, 0);
    if (kind === "Q") onStatement(first);
    if (kind === "P") parsed.set(first, cString(body, Buffer.byteLength(first) + 1));
    if (kind === "B") {
      bound.set(first, parsed.get(cString(body, Buffer.byteLength(first) + 1)) ?? "(unknown)");
    }
    if (kind === "E") onStatement(bound.get(first) ?? "(unknown)");
  };
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // The first message of a connection has no letter before its length.
      const head = begun ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return;
      if (begun) take(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, length));
      begun = true;
      rest = rest.subarray(length);
    }
  };
}

/**
 * Stands between a client and its database and reads what is really sent, whichever library sends it. For
 * connections without TLS, as those to a server of the same machine are.
 */
export async function countStatements(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let texts: string[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const read = readClient((text) => texts.push(text));
    client.on("data", (chunk) => {
      read(chunk);
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => client.write(chunk));
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).toString(),
    statements: () => texts,
    reset: () => {
      texts = [];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
