import { createHmac, randomBytes, randomInt } from "node:crypto";
import type { ProviderServer } from "./provider-server";
import { jsonOf, startProviderServer } from "./provider-server";
import type { ZoomMeeting, ZoomOptions } from "./zoom-interface";
import { ZoomInterface } from "./zoom-interface";

export type ZoomServer = ProviderServer & {
  readonly credentials: {
    readonly accountId: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookSecret: string;
  };
  /** What ZOOM_* is set to for a server in another process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly meetings: () => readonly ZoomMeeting[];
  /** A meeting that somebody makes by hand; its id. */
  readonly addByHand: (host: string, topic: string, startTime: string) => string;
  /** Deletes a meeting behind our back. */
  readonly forget: (id: string) => void;
  /** The token in use ends now, whatever it was told. */
  readonly revokeToken: () => void;
  /** A summary of the meeting's instance, as the interface shows it; `uuid` may hold slashes. */
  readonly summarise: (
    id: string,
    summary: object,
    instance?: { uuid?: string; start?: string },
  ) => void;
  /** Sends a webhook; `forged` signs with another secret, `sentAt` (epoch s) stands in for now. Gives the answer. */
  readonly sendWebhook: (
    address: string,
    event: string,
    object: object,
    given?: { forged?: boolean; sentAt?: number; body?: string },
  ) => Promise<{ readonly status: number; readonly text: string }>;
  /** Asks the address whether it knows the secret, as Zoom does every 72 hours. */
  readonly validateUrl: (address: string) => Promise<boolean>;
};

async function post(address: string, body: string, headers: Record<string, string>) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

/** A server that speaks Zoom's OAuth and meeting interface on loopback, strictly, and sends its webhooks. */
export async function startZoomServer(options: ZoomOptions = {}): Promise<ZoomServer> {
  const zoom = new ZoomInterface(options);
  const server = await startProviderServer((request) => zoom.answer(request), options.port);
  const { accountId, clientId, clientSecret, webhookSecret } = zoom;

  const signed = (secret: string, body: string, sentAt: number) => ({
    "x-zm-request-timestamp": String(sentAt),
    "x-zm-signature": `v0=${createHmac("sha256", secret).update(`v0:${sentAt}:${body}`).digest("hex")}`,
  });
  const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

  return Object.assign(server, {
    credentials: { accountId, clientId, clientSecret, webhookSecret },
    environment: {
      ZOOM_ACCOUNT_ID: accountId,
      ZOOM_CLIENT_ID: clientId,
      ZOOM_CLIENT_SECRET: clientSecret,
      ZOOM_WEBHOOK_SECRET: webhookSecret,
      ZOOM_API_URL: server.url,
      ZOOM_AUTH_URL: server.url,
    },
    meetings: () => [...zoom.meetings.values()],
    addByHand: (host: string, topic: string, startTime: string) => {
      const id = randomInt(80_000_000_000, 99_999_999_999);
      zoom.meetings.set(String(id), {
        id,
        uuid: randomBytes(16).toString("base64"),
        host,
        type: 2,
        topic,
        agenda: "",
        start_time: startTime,
        duration: 30,
        password: "",
        settings: {},
      });
      return String(id);
    },
    forget: (id: string) => void zoom.meetings.delete(id),
    revokeToken: () => zoom.revokeToken(),
    summarise: (id: string, summary: object, instance: { uuid?: string; start?: string } = {}) => {
      const held = zoom.summaries.get(id) ?? [];
      const uuid = instance.uuid ?? randomBytes(16).toString("base64");
      const start = instance.start ?? zoom.meetings.get(id)?.start_time ?? new Date().toISOString();
      zoom.summaries.set(id, [...held, { uuid, start, summary }]);
    },
    sendWebhook: (
      address: string,
      event: string,
      object: object,
      given: { forged?: boolean; sentAt?: number; body?: string } = {},
    ) => {
      const sentAt = given.sentAt ?? nowSeconds();
      const payload = { account_id: accountId, object };
      const body = given.body ?? JSON.stringify({ event, event_ts: sentAt * 1_000, payload });
      return post(address, body, signed(given.forged ? "another" : webhookSecret, body, sentAt));
    },
    validateUrl: async (address: string) => {
      const plainToken = randomBytes(12).toString("base64url");
      const sentAt = nowSeconds();
      const event = "endpoint.url_validation";
      const body = JSON.stringify({ event, event_ts: sentAt * 1_000, payload: { plainToken } });
      const { status, text } = await post(address, body, signed(webhookSecret, body, sentAt));
      const encryptedToken = createHmac("sha256", webhookSecret).update(plainToken).digest("hex");
      const answer = jsonOf(text);
      return (
        status === 200 &&
        answer?.plainToken === plainToken &&
        answer.encryptedToken === encryptedToken
      );
    },
  });
}
