import { randomBytes } from "node:crypto";
import { exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import type { ProviderAnswer, ProviderRequest, ProviderServer } from "./provider-server";
import { jsonOf, startProviderServer } from "./provider-server";

export type GoogleTestEvent = {
  readonly id: string;
  readonly account: string;
  status: string;
  sequence: number;
  body: Readonly<Record<string, unknown>>;
  conference: { readonly requestId: string; url: string | undefined; asked: number } | undefined;
};

export type GoogleServer = ProviderServer & {
  readonly credentials: { readonly clientEmail: string; readonly privateKey: string };
  /** What GOOGLE_* is set to for a server in another process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Events that were not deleted. */
  readonly events: () => readonly GoogleTestEvent[];
  /** Deletes an event as a person does, in the calendar. */
  readonly deleteByHand: (id: string) => void;
  /** Conferences stay pending for so many looks at them; Infinity: they fail. */
  readonly delayConferences: (looks: number) => void;
  readonly revokeTokens: () => void;
};

export type GoogleOptions = {
  readonly users?: readonly string[];
  readonly tokenSeconds?: number;
  readonly port?: number;
};

const SCOPE = "https://www.googleapis.com/auth/calendar.events";
const EVENT_ID = /^[a-v0-9]{5,1024}$/;

const fail = (status: number, reason: string, message: string): ProviderAnswer => ({
  status,
  body: { error: { code: status, message, errors: [{ domain: "global", reason, message }] } },
});

const refuseToken = (status: number, error: string, error_description: string): ProviderAnswer => ({
  status,
  body: { error, error_description },
});

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const partOf = (body: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> =>
  (body[name] ?? {}) as Record<string, unknown>;

const momentOf = (body: Readonly<Record<string, unknown>>, name: "start" | "end"): number =>
  Date.parse(String(partOf(body, name).dateTime));

/** Google's memory, and what it answers to each request. */
class GoogleInterface {
  readonly clientEmail = "meetings@halden-works.iam.gserviceaccount.example.com";
  readonly events = new Map<string, GoogleTestEvent>();
  looks = 0;
  url = "";
  readonly #keys: Keys;
  readonly #options: GoogleOptions;
  readonly #tokens = new Map<string, { readonly account: string; readonly until: number }>();

  constructor(keys: Keys, options: GoogleOptions) {
    this.#keys = keys;
    this.#options = options;
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  async answer(request: ProviderRequest): Promise<ProviderAnswer> {
    if (request.path === "/token") return this.#giveToken(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const holder = this.#tokens.get(token);
    if (!holder || holder.until <= Date.now()) return fail(401, "authError", "Invalid Credentials");
    const at = /^\/calendar\/v3\/calendars\/primary\/events(?:\/([^/]+))?$/.exec(request.path);
    if (!at) return fail(404, "notFound", "Not Found");
    const id = at[1];
    if (id !== undefined) return this.#one(request, id, holder.account);
    if (request.method === "GET") return this.#list(request, holder.account);
    return this.#insert(request, holder.account);
  }

  async #giveToken({ headers, text, method }: ProviderRequest): Promise<ProviderAnswer> {
    const form = new URLSearchParams(text);
    if (method !== "POST" || headers["content-type"] !== "application/x-www-form-urlencoded")
      return refuseToken(400, "invalid_request", "Bad Request");
    if (form.get("grant_type") !== "urn:ietf:params:oauth:grant-type:jwt-bearer")
      return refuseToken(400, "unsupported_grant_type", "Invalid grant_type");
    const read = await jwtVerify(form.get("assertion") ?? "", this.#keys.publicKey, {
      algorithms: ["RS256"],
      audience: `${this.url}/token`,
    }).catch(() => undefined);
    if (!read) return refuseToken(400, "invalid_grant", "Invalid JWT Signature.");
    const { iss, sub, scope, iat = 0, exp = 0 } = read.payload;
    if (iss !== this.clientEmail)
      return refuseToken(400, "invalid_grant", "Invalid grant: account not found");
    if (exp - iat > 3_600)
      return refuseToken(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token");
    if (scope !== SCOPE)
      return refuseToken(401, "unauthorized_client", "Client not authorized for these scopes.");
    if (!this.#knows(sub ?? ""))
      return refuseToken(400, "invalid_grant", "Invalid email or User ID");
    const seconds = this.#options.tokenSeconds ?? 3_600;
    const value = `ya29.${randomBytes(40).toString("base64url")}`;
    this.#tokens.set(value, { account: sub ?? "", until: Date.now() + seconds * 1_000 });
    return {
      status: 200,
      body: { access_token: value, expires_in: seconds - 1, token_type: "Bearer" },
    };
  }

  #knows(user: string): boolean {
    return (this.#options.users ?? ["host@example.com"]).includes(user);
  }

  #wrong(body: Record<string, unknown> | undefined): ProviderAnswer | undefined {
    if (!body) return fail(400, "parseError", "Parse Error");
    const [start, end] = [momentOf(body, "start"), momentOf(body, "end")];
    if (Number.isNaN(start)) return fail(400, "required", "Missing start time.");
    if (Number.isNaN(end)) return fail(400, "required", "Missing end time.");
    if (end < start) return fail(400, "timeRangeEmpty", "The specified time range is empty.");
    return undefined;
  }

  #insert({ text, query }: ProviderRequest, account: string): ProviderAnswer {
    const body = jsonOf(text);
    const wrong = this.#wrong(body);
    if (wrong || !body) return wrong ?? fail(400, "parseError", "Parse Error");
    const id = String(body.id ?? randomBytes(13).toString("hex"));
    if (!EVENT_ID.test(id)) return fail(400, "invalid", "Invalid resource id value.");
    // Also the id of an event that was deleted is taken.
    if (this.events.has(id))
      return fail(409, "duplicate", "The requested identifier already exists.");
    const event: GoogleTestEvent = {
      id,
      account,
      status: "confirmed",
      sequence: 0,
      body,
      conference: undefined,
    };
    this.events.set(id, event);
    this.#confer(event, body, query);
    return { status: 200, body: this.#shown(event) };
  }

  /** Without conferenceDataVersion=1 what is asked about conferences is ignored. */
  #confer(event: GoogleTestEvent, body: Record<string, unknown>, query: URLSearchParams): void {
    const asked = partOf(partOf(body, "conferenceData"), "createRequest");
    const { requestId } = asked;
    if (query.get("conferenceDataVersion") !== "1" || typeof requestId !== "string") return;
    if (event.conference?.requestId === requestId) return;
    event.conference = { requestId, url: undefined, asked: 0 };
  }

  #settle(event: GoogleTestEvent): "success" | "pending" | "failure" | undefined {
    const { conference } = event;
    if (!conference) return undefined;
    if (conference.url !== undefined) return "success";
    if (this.looks === Number.POSITIVE_INFINITY) return "failure";
    conference.asked += 1;
    if (conference.asked <= this.looks) return "pending";
    conference.url = `https://meet.google.example/${randomBytes(5).toString("hex")}`;
    return "success";
  }

  #shown(event: GoogleTestEvent): object {
    const state = this.#settle(event);
    const { conferenceData: _, ...body } = event.body;
    const url = event.conference?.url;
    return {
      kind: "calendar#event",
      ...body,
      id: event.id,
      status: event.status,
      sequence: event.sequence,
      ...(url === undefined ? {} : { hangoutLink: url }),
      ...(state === undefined
        ? {}
        : {
            conferenceData: {
              createRequest: {
                requestId: event.conference?.requestId,
                conferenceSolutionKey: { type: "hangoutsMeet" },
                status: { statusCode: state },
              },
              ...(url === undefined
                ? {}
                : {
                    entryPoints: [
                      { entryPointType: "video", uri: url, label: url.slice(8) },
                      {
                        entryPointType: "phone",
                        uri: "tel:+1-555-0100",
                        label: "+1 555-0100",
                        pin: "123456789",
                      },
                    ],
                  }),
            },
          }),
    };
  }

  #one({ method, text, query }: ProviderRequest, id: string, account: string): ProviderAnswer {
    const event = this.events.get(id);
    if (event?.account !== account) return fail(404, "notFound", "Not Found");
    if (method === "GET") return { status: 200, body: this.#shown(event) };
    if (method === "DELETE") {
      if (event.status === "cancelled") return fail(410, "deleted", "Resource has been deleted");
      event.status = "cancelled";
      return { status: 204 };
    }
    const change = jsonOf(text);
    const body = { ...event.body, ...change };
    const wrong = change ? this.#wrong(body) : fail(400, "parseError", "Parse Error");
    if (wrong) return wrong;
    event.body = body;
    event.sequence += 1;
    if (typeof change?.status === "string") event.status = change.status;
    this.#confer(event, change ?? {}, query);
    return { status: 200, body: this.#shown(event) };
  }

  #list({ query }: ProviderRequest, account: string): ProviderAnswer {
    const [name = "", value = ""] = (query.get("privateExtendedProperty") ?? "").split("=");
    const min = Date.parse(query.get("timeMin") ?? "1970-01-01T00:00:00Z");
    const max = Date.parse(query.get("timeMax") ?? "2970-01-01T00:00:00Z");
    const found = [...this.events.values()].filter(
      (event) =>
        event.account === account &&
        event.status !== "cancelled" &&
        (name === "" ||
          partOf(partOf(event.body, "extendedProperties"), "private")[name] === value) &&
        momentOf(event.body, "end") > min &&
        momentOf(event.body, "start") < max,
    );
    const from = Number(query.get("pageToken") ?? 0);
    // Google fills pages as it likes; more than two never fit here, so that pages are read.
    const size = Math.min(Number(query.get("maxResults") ?? 250), 2);
    const next = from + size;
    return {
      status: 200,
      body: {
        kind: "calendar#events",
        summary: account,
        items: found.slice(from, next).map((event) => this.#shown(event)),
        ...(next < found.length ? { nextPageToken: String(next) } : {}),
      },
    };
  }
}

/** A server that speaks Google's token and calendar interface on loopback, as far as Meet needs it, strictly. */
export async function startGoogleServer(options: GoogleOptions = {}): Promise<GoogleServer> {
  const keys = await generateKeyPair("RS256", { extractable: true });
  const google = new GoogleInterface(keys, options);
  const server = await startProviderServer((request) => google.answer(request), options.port);
  google.url = server.url;
  const privateKey = (await exportPKCS8(keys.privateKey)).trim();
  return Object.assign(server, {
    credentials: { clientEmail: google.clientEmail, privateKey },
    environment: {
      GOOGLE_CLIENT_EMAIL: google.clientEmail,
      GOOGLE_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n"),
      GOOGLE_API_URL: server.url,
      GOOGLE_AUTH_URL: server.url,
    },
    events: () => [...google.events.values()].filter(({ status }) => status !== "cancelled"),
    deleteByHand: (id: string) => {
      const event = google.events.get(id);
      if (event) event.status = "cancelled";
    },
    delayConferences: (looks: number) => {
      google.looks = looks;
    },
    revokeTokens: () => google.revokeTokens(),
  });
}
