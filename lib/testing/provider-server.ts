import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What goes wrong with one request. */
export type ProviderFault = (
  | {
      /** Answered with this, and nothing done. */
      readonly kind: "status";
      readonly status: number;
      readonly retryAfter?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Done, and the connection breaks before the answer. */
  | { readonly kind: "lost-answer" }
  /** Nothing done, and the connection breaks. */
  | { readonly kind: "reset" }
  /** Nothing done, and nothing answered. */
  | { readonly kind: "hang" }
  /** Done, and nothing answered. */
  | { readonly kind: "done-and-hang" }
  /** Done, and answered late. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Done, and answered with half of the JSON. */
  | { readonly kind: "malformed" }
  /** Done, and answered with JSON of another shape. */
  | { readonly kind: "odd" }
) & {
  /** Which requests, by `METHOD /path`; every one without it. */
  readonly on?: RegExp;
  /** How often; once without it. */
  readonly times?: number;
};

export type ProviderRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

export type ProviderAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ProviderServer = {
  /** `http://127.0.0.1:port`: what *_API_URL and *_AUTH_URL are set to. */
  readonly url: string;
  /** Every request so far, with the status it got; 0 is none. */
  readonly calls: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }[];
  /** How many requests match, by `METHOD /path`. */
  readonly count: (pattern: RegExp) => number;
  /** These go wrong next, each for the first requests it matches; in order. */
  readonly misbehave: (...faults: readonly ProviderFault[]) => void;
  /** Everything goes well again. */
  readonly recover: () => void;
  /** Most requests that were worked on at the same moment. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
};

type Pending = { readonly fault: ProviderFault; left: number };

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function write(response: ServerResponse, answer: ProviderAnswer, half = false): void {
  const { status, body, headers = {} } = answer;
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...headers,
  });
  const text = body === undefined ? "" : JSON.stringify(body);
  response.end(half ? `${text.slice(0, Math.floor(text.length / 2))}{` : text);
}

/** One JSON body, or undefined when it is none. */
export function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

class Faults {
  #pending: Pending[] = [];

  add(faults: readonly ProviderFault[]): void {
    this.#pending.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  clear(): void {
    this.#pending = [];
  }

  take(call: string): ProviderFault | undefined {
    const found = this.#pending.find(({ fault }) => fault.on?.test(call) ?? true);
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#pending = this.#pending.filter((pending) => pending !== found);
    return found.fault;
  }
}

/** Answers one request, going wrong as told. Gives the status that was sent, 0 for none. */
async function play(
  fault: ProviderFault | undefined,
  answer: () => Promise<ProviderAnswer>,
  response: ServerResponse,
): Promise<number> {
  switch (fault?.kind) {
    case "hang":
      return 0;
    case "reset":
      response.socket?.resetAndDestroy();
      return 0;
    case "status": {
      const retry = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
      const headers = { ...fault.headers, ...retry };
      write(response, { status: fault.status, body: fault.body ?? { message: "fault" }, headers });
      return fault.status;
    }
    case "done-and-hang":
      await answer();
      return 0;
    case "lost-answer":
      await answer();
      response.socket?.resetAndDestroy();
      return 0;
    default: {
      const given = await answer();
      if (fault?.kind === "slow") await sleep(fault.ms);
      const odd = fault?.kind === "odd" && given.status < 300;
      const answered = odd ? { status: given.status, body: { surprise: true } } : given;
      write(response, answered, fault?.kind === "malformed");
      return given.status;
    }
  }
}

/**
 * A real HTTP server on loopback that answers as `handle` says and goes wrong as told. What the three providers'
 * servers share; also started by journeys in a browser, whose server then gets `url` in its environment.
 */
export async function startProviderServer(
  handle: (request: ProviderRequest) => Promise<ProviderAnswer>,
  port = 0,
): Promise<ProviderServer> {
  const calls: { method: string; path: string; status: number }[] = [];
  const faults = new Faults();
  let working = 0;
  let most = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const method = request.method ?? "GET";
    const call = { method, path: url.pathname, status: 0 };
    calls.push(call);
    working += 1;
    most = Math.max(most, working);
    try {
      const text = await readText(request);
      const asked = {
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        text,
      };
      call.status = await play(
        faults.take(`${method} ${url.pathname}`),
        () => handle(asked),
        response,
      );
    } finally {
      working -= 1;
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A mistake of the test server itself must not look like a provider's.
      write(response, { status: 599, body: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${taken}`,
    calls,
    count: (pattern) =>
      calls.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length,
    misbehave: (...more) => faults.add(more),
    recover: () => faults.clear(),
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
