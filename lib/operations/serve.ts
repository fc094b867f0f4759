import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import next from "next";
import { beginDraining, endDraining, isDraining } from "@/lib/http/draining";

/** Longest a client may take to send its header, and its whole request. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than that of common proxies, so that it is never we who close a connection they are about to reuse. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
const DRAIN_TIMEOUT_MS = 30_000;

/** What a request id of somebody else's may look like; anything else is replaced. */
const REQUEST_ID = /^[\w-]{8,64}$/;

/** Headers only we may set, and switches of the framework's own that no client has a business with. */
const isForbidden = (name: string): boolean =>
  name.startsWith("x-meridian-") || name === "x-middleware-subrequest" || name === "x-nextjs-data";

/**
 * Takes away what only this server may say and says it: the peer's own address (`x-meridian-peer`, read by
 * lib/http/client-address.ts alone) and the request's id, which is also returned.
 */
export function stampRequest(request: IncomingMessage, response: ServerResponse): void {
  for (const name of Object.keys(request.headers)) {
    if (isForbidden(name)) delete request.headers[name];
  }
  const raw = request.rawHeaders;
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    if (isForbidden(raw[at]?.toLowerCase() ?? "")) raw.splice(at, 2);
  }
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  request.headers["x-request-id"] = requestId;
  request.headers["x-meridian-peer"] = request.socket.remoteAddress ?? "";
  response.setHeader("x-request-id", requestId);
}

/** Can the path be read at all? The framework answers a broken escape such as `%ff` as if it were its own fault. */
export function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/[?#].*$/s, ""));
    return true;
  } catch {
    return false;
  }
}

function refuseUnreadable(response: ServerResponse): void {
  const error = { code: "invalid-address", message: "This address cannot be read." };
  response.writeHead(400, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ error }));
}

/** Finishes what is in flight, within 30 s, and closes. Answers meanwhile tell clients not to come back. */
function drain(server: Server): Promise<void> {
  beginDraining();
  return new Promise((resolve) => {
    const hard = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(hard);
      resolve();
    });
    server.closeIdleConnections();
  });
}

export interface ServeOptions {
  /** The checkout. */
  readonly dir: string;
  readonly port: number;
  readonly host: string;
  /** Compiles on request and reloads: `npm run dev`. */
  readonly dev: boolean;
  readonly onDefect: (error: unknown) => void;
}

/** A running server. */
export interface Served {
  /** Port in use: the one asked for. */
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the application. Throws when the port cannot be listened on. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { dir, port, host, dev } = options;
  const app = next({ dir, dev, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    (request, response) => {
      stampRequest(request, response);
      if (isDraining()) response.setHeader("connection", "close");
      if (!isReadable(request.url ?? "")) return refuseUnreadable(response);
      handle(request, response).catch((error: unknown) => {
        options.onDefect(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  if (dev) {
    const upgrade = app.getUpgradeHandler();
    server.on("upgrade", (request, socket: Socket, head) => {
      upgrade(request, socket, head).catch(options.onDefect);
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port,
    async stop() {
      await drain(server);
      await endDraining();
      await app.close();
    },
  };
}
