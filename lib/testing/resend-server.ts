import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the provider understood it. */
export type ResendRequest = {
  readonly idempotencyKey: string;
  readonly authorization: string;
  readonly body: Record<string, unknown>;
};

/**
 * What goes wrong, once each, in order. `lost-answer`: the mail is sent and the connection breaks before
 * the answer. `hang`: nothing is done and nothing answered.
 */
export type ResendFault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly name?: string;
      readonly retryAfter?: string;
    }
  | { readonly kind: "lost-answer" }
  | { readonly kind: "hang" };

export type ResendTestServer = {
  /** `http://127.0.0.1:port`, as RESEND_API_URL. */
  readonly url: string;
  readonly requests: readonly ResendRequest[];
  /** What was really sent: one entry per idempotency key, however often it was asked for. */
  readonly sent: ReadonlyMap<string, ResendRequest>;
  readonly misbehave: (...faults: readonly ResendFault[]) => void;
  readonly close: () => Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Record<string, unknown>;
}

const answer = (response: ServerResponse, status: number, body: unknown, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};

const idOf = (key: string): string => createHash("md5").update(key).digest("hex");

/** A server that speaks Resend's `POST /emails` with its idempotency rules, on a free loopback port. */
export async function startResendServer(apiKey = "re_test"): Promise<ResendTestServer> {
  const requests: ResendRequest[] = [];
  const sent = new Map<string, ResendRequest>();
  const faults: ResendFault[] = [];

  const settle = (asked: ResendRequest, response: ServerResponse, lost: boolean) => {
    const before = sent.get(asked.idempotencyKey);
    if (before && JSON.stringify(before.body) !== JSON.stringify(asked.body))
      return answer(response, 409, {
        name: "invalid_idempotent_request",
        message: "This idempotency key has been used with a different payload",
      });
    if (!before) sent.set(asked.idempotencyKey, asked);
    if (lost) return response.socket?.destroy();
    return answer(response, 200, { id: idOf(asked.idempotencyKey) });
  };

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const asked: ResendRequest = {
      idempotencyKey: String(request.headers["idempotency-key"] ?? ""),
      authorization: String(request.headers.authorization ?? ""),
      body: await readBody(request),
    };
    requests.push(asked);
    if (request.method !== "POST" || request.url !== "/emails")
      return answer(response, 404, { name: "not_found", message: "no such endpoint" });
    if (asked.authorization !== `Bearer ${apiKey}`)
      return answer(response, 401, { name: "invalid_api_key", message: "API key is invalid" });
    const fault = faults.shift();
    if (fault?.kind === "hang") return undefined;
    if (fault?.kind === "status")
      return answer(
        response,
        fault.status,
        { name: fault.name ?? "application_error", message: "test fault" },
        fault.retryAfter ? { "retry-after": fault.retryAfter } : {},
      );
    return settle(asked, response, fault?.kind === "lost-answer");
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    sent,
    misbehave: (...more) => faults.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
