import { Pool } from "undici";

/** What came back. Status 0: no whole answer arrived, so whether the request did anything is unknown. */
export type Reply = {
  readonly status: number;
  readonly body: unknown;
  /** From handing the request over to having read the whole answer, milliseconds. */
  readonly ms: number;
};

export type Call = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
};

/** A client with a fixed number of connections, kept open. */
export type HttpClient = {
  readonly send: (call: Call) => Promise<Reply>;
  /** The same, with the answer's text as it is. */
  readonly text: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly close: () => Promise<void>;
};

/** Longer than any wait the server bounds itself to: who runs into it has found a hang. */
const TIMEOUT_MS = 30_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Opens a client of `url` (an origin) with at most `connections` connections, one request at a time on each. `own`
 * headers go with every call.
 */
export function openClient(
  url: string,
  connections: number,
  own: Readonly<Record<string, string>> = {},
): HttpClient {
  const pool = new Pool(url, {
    connections,
    pipelining: 1,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    // A server that was killed refuses at once; one that is starting must not be waited for by the system.
    connect: { timeout: 5_000 },
  });
  return {
    async send({ method, path, body, idempotencyKey }) {
      const begun = performance.now();
      try {
        const answer = await pool.request({
          method,
          path,
          headers: {
            accept: "application/json",
            ...own,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
          },
          body: body === undefined ? null : JSON.stringify(body),
        });
        const text = await answer.body.text();
        return { status: answer.statusCode, body: parsed(text), ms: performance.now() - begun };
      } catch (error) {
        return { status: 0, body: String(error), ms: performance.now() - begun };
      }
    },
    async text(path) {
      const answer = await pool.request({ method: "GET", path, headers: { accept: "text/html" } });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}
