import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the server got it. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type FeedServer = {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** What is answered from now on: `hang` answers nothing. */
  answer: ((request: SeenRequest) => Answer | "hang") | undefined;
  readonly close: () => Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/**
 * A plain server on loopback that answers as a test says: somebody's calendar feed, or a receiver of webhooks. On a
 * free port, unless one is given.
 */
export async function startFeedServer(port = 0): Promise<FeedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const handle = async () => {
      const { method = "", url: path = "", headers } = request;
      const asked = { method, path, headers, body: await bodyOf(request) };
      seen.push(asked);
      const answer = feed.answer?.(asked) ?? { status: 200 };
      if (answer === "hang") return;
      response.writeHead(answer.status, { ...answer.headers });
      response.end(answer.body);
    };
    handle().catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  const address = server.address() as AddressInfo;
  const feed: FeedServer = {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    answer: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return feed;
}
