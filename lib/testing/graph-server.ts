import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProviderAnswer, ProviderRequest, ProviderServer } from "./provider-server";
import { jsonOf, startProviderServer } from "./provider-server";

export type GraphMeeting = {
  readonly id: string;
  readonly userId: string;
  readonly externalId: string;
  body: Readonly<Record<string, unknown>>;
};

export type GraphServer = ProviderServer & {
  readonly credentials: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** What TEAMS_* is set to for a server in another process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly meetings: () => readonly GraphMeeting[];
  /** The object id of a user. */
  readonly userId: (name: string) => string;
  readonly forget: (id: string) => void;
  /** Whether an administrator granted the application access policy. */
  readonly grantPolicy: (granted: boolean) => void;
  readonly expireSecret: () => void;
  readonly revokeTokens: () => void;
  /** Requests of one mailbox that were refused because four were running. */
  readonly tooMany: () => number;
};

export type GraphOptions = {
  readonly users?: readonly string[];
  readonly tokenSeconds?: number;
  /** How long each request on meetings takes, so that several meet. */
  readonly workMs?: number;
  readonly port?: number;
};

const AT_ONCE = 4;

const fail = (status: number, code: string, message: string, headers = {}): ProviderAnswer => ({
  status,
  body: { error: { code, message, innerError: { "request-id": randomUUID() } } },
  headers,
});

const refuseToken = (status: number, error: string, number: number, words: string) => ({
  status,
  body: {
    error,
    error_description: `AADSTS${number}: ${words}\r\nTrace ID: ${randomUUID()}`,
    error_codes: [number],
  },
});

const isMoment = (value: unknown): boolean =>
  typeof value === "string" && /Z$/.test(value) && !Number.isNaN(Date.parse(value));

/** What createOrGet takes; anything else is refused. */
const TAKEN = new Set(["externalId", "startDateTime", "endDateTime", "subject", "participants"]);

/** Graph's memory, and what it answers to each request. */
class GraphInterface {
  readonly tenantId = randomUUID();
  readonly clientId = randomUUID();
  readonly clientSecret = randomBytes(24).toString("base64url");
  readonly meetings = new Map<string, GraphMeeting>();
  readonly users: ReadonlyMap<string, string>;
  granted = true;
  secretIsOver = false;
  tooMany = 0;
  readonly #options: GraphOptions;
  readonly #tokens = new Map<string, number>();
  readonly #running = new Map<string, number>();

  constructor(options: GraphOptions) {
    this.#options = options;
    const names = options.users ?? ["host@example.com"];
    this.users = new Map(names.map((name) => [name, randomUUID()]));
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  async answer(request: ProviderRequest): Promise<ProviderAnswer> {
    if (request.path.endsWith("/oauth2/v2.0/token")) return this.#giveToken(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if ((this.#tokens.get(token) ?? 0) <= Date.now())
      return fail(
        401,
        "InvalidAuthenticationToken",
        "Access token has expired or is not yet valid.",
      );
    const at = /^\/v1\.0\/users\/([^/]+)(?:\/onlineMeetings(?:\/(.+))?)?$/.exec(request.path);
    const name = decodeURIComponent(at?.[1] ?? "");
    if (!at) return fail(400, "BadRequest", "Resource not found for the segment.");
    if (!request.path.includes("/onlineMeetings")) return this.#user(name);
    const known = [...this.users].find(([, id]) => id === name);
    if (!known) return fail(404, "NotFound", "User was not found.");
    if (!this.granted)
      return fail(
        403,
        "Forbidden",
        `No application access policy found for this app: ${this.clientId} on the user: ${name}.`,
      );
    return this.#limited(name, () => this.#onMeetings(request, name, at[2]));
  }

  #giveToken({ path, headers, text, method }: ProviderRequest): ProviderAnswer {
    const form = new URLSearchParams(text);
    if (method !== "POST" || headers["content-type"] !== "application/x-www-form-urlencoded")
      return refuseToken(400, "invalid_request", 900_144, "The request body is missing.");
    if (!path.startsWith(`/${this.tenantId}/`))
      return refuseToken(400, "invalid_request", 90_002, "Tenant not found.");
    if (form.get("grant_type") !== "client_credentials")
      return refuseToken(400, "unsupported_grant_type", 70_003, "Unsupported grant type.");
    if (form.get("scope") !== "https://graph.microsoft.com/.default")
      return refuseToken(400, "invalid_scope", 70_011, "The provided scope is not valid.");
    if (form.get("client_id") !== this.clientId)
      return refuseToken(400, "unauthorized_client", 700_016, "Application was not found.");
    if (this.secretIsOver)
      return refuseToken(401, "invalid_client", 7_000_222, "The client secret keys are expired.");
    if (form.get("client_secret") !== this.clientSecret)
      return refuseToken(401, "invalid_client", 7_000_215, "Invalid client secret provided.");
    const seconds = this.#options.tokenSeconds ?? 3_600;
    const value = randomBytes(60).toString("base64url");
    this.#tokens.set(value, Date.now() + seconds * 1_000);
    return {
      status: 200,
      body: { token_type: "Bearer", expires_in: seconds - 1, access_token: value },
    };
  }

  #user(name: string): ProviderAnswer {
    const id = this.users.get(name) ?? [...this.users.values()].find((known) => known === name);
    if (id === undefined)
      return fail(404, "Request_ResourceNotFound", `Resource '${name}' does not exist.`);
    return {
      status: 200,
      body: { id, displayName: name.split("@")[0], userPrincipalName: name },
    };
  }

  /** Four at once for app and mailbox, as Graph has it. */
  async #limited(user: string, work: () => ProviderAnswer): Promise<ProviderAnswer> {
    const running = this.#running.get(user) ?? 0;
    if (running >= AT_ONCE) {
      this.tooMany += 1;
      return fail(429, "TooManyRequests", "Too many concurrent requests.", { "retry-after": "1" });
    }
    this.#running.set(user, running + 1);
    try {
      if (this.#options.workMs) await sleep(this.#options.workMs);
      return work();
    } finally {
      this.#running.set(user, (this.#running.get(user) ?? 1) - 1);
    }
  }

  #onMeetings(request: ProviderRequest, userId: string, rest: string | undefined): ProviderAnswer {
    if (rest === "createOrGet" && request.method === "POST")
      return this.#createOrGet(request, userId);
    if (rest === undefined && request.method === "GET")
      return fail(404, "NotFound", "Meeting was not found.");
    const meeting = this.meetings.get(decodeURIComponent(rest ?? ""));
    if (meeting?.userId !== userId) return fail(404, "NotFound", "Meeting was not found.");
    if (request.method === "DELETE") {
      this.meetings.delete(meeting.id);
      return { status: 204 };
    }
    if (request.method !== "PATCH") return { status: 200, body: this.#shown(meeting) };
    const change = jsonOf(request.text);
    if (!change) return fail(400, "BadRequest", "Unable to read JSON request payload.");
    const body = { ...meeting.body, ...change };
    if (Date.parse(String(body.endDateTime)) < Date.parse(String(body.startDateTime)))
      return fail(400, "BadRequest", "The end must not be before the start.");
    meeting.body = body;
    return { status: 200, body: this.#shown(meeting) };
  }

  #createOrGet({ text }: ProviderRequest, userId: string): ProviderAnswer {
    const body = jsonOf(text);
    if (!body) return fail(400, "BadRequest", "Unable to read JSON request payload.");
    const unknown = Object.keys(body).find((name) => !TAKEN.has(name));
    if (unknown) return fail(400, "BadRequest", `The property '${unknown}' does not exist.`);
    const { externalId, startDateTime, endDateTime } = body;
    if (typeof externalId !== "string" || externalId === "")
      return fail(400, "BadRequest", "ExternalId is required.");
    if (startDateTime !== undefined && !(isMoment(startDateTime) && isMoment(endDateTime)))
      return fail(400, "BadRequest", "StartDateTime must be a UTC time.");
    const before = [...this.meetings.values()].find(
      (meeting) => meeting.userId === userId && meeting.externalId === externalId,
    );
    if (before) return { status: 200, body: this.#shown(before) };
    const id = `MSo${randomBytes(45).toString("base64")}`;
    const meeting: GraphMeeting = { id, userId, externalId, body };
    this.meetings.set(id, meeting);
    return { status: 201, body: this.#shown(meeting) };
  }

  #shown(meeting: GraphMeeting): object {
    const encoded = encodeURIComponent(meeting.id.slice(0, 20));
    return {
      ...meeting.body,
      id: meeting.id,
      externalId: meeting.externalId,
      joinWebUrl: `https://teams.example/l/meetup-join/${encoded}`,
      joinMeetingIdSettings: { joinMeetingId: "345678901234", passcode: "Xk29ab" },
      audioConferencing: { tollNumber: "+1 555-0101", conferenceId: "987654321" },
    };
  }
}

/** A server that speaks Microsoft's token and online-meeting interface on loopback, strictly. */
export async function startGraphServer(options: GraphOptions = {}): Promise<GraphServer> {
  const graph = new GraphInterface(options);
  const server = await startProviderServer((request) => graph.answer(request), options.port);
  const { tenantId, clientId, clientSecret } = graph;
  return Object.assign(server, {
    credentials: { tenantId, clientId, clientSecret },
    environment: {
      TEAMS_TENANT_ID: tenantId,
      TEAMS_CLIENT_ID: clientId,
      TEAMS_CLIENT_SECRET: clientSecret,
      TEAMS_API_URL: server.url,
      TEAMS_AUTH_URL: server.url,
    },
    meetings: () => [...graph.meetings.values()],
    userId: (name: string) => graph.users.get(name) ?? "",
    forget: (id: string) => void graph.meetings.delete(id),
    grantPolicy: (granted: boolean) => {
      graph.granted = granted;
    },
    expireSecret: () => {
      graph.secretIsOver = true;
    },
    revokeTokens: () => graph.revokeTokens(),
    tooMany: () => graph.tooMany,
  });
}
