import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { ProviderAnswer, ProviderRequest } from "./provider-server";
import { jsonOf } from "./provider-server";

export type ZoomMeeting = {
  readonly id: number;
  readonly uuid: string;
  readonly host: string;
  readonly type: 2 | 3;
  topic: string;
  agenda: string;
  start_time: string | undefined;
  duration: number;
  password: string;
  settings: Readonly<Record<string, unknown>>;
};

export type ZoomOptions = {
  readonly users?: readonly string[];
  /** Seconds a token lives. */
  readonly tokenSeconds?: number;
  /** Meetings a host may have made or changed on one day. */
  readonly writesADay?: number;
  /** Entries a page of a list holds at most. */
  readonly pageSize?: number;
  readonly port?: number;
};

const fail = (status: number, code: number, message: string, headers = {}): ProviderAnswer => ({
  status,
  body: { code, message },
  headers,
});

const isText = (value: unknown): value is string => typeof value === "string";

const isUtc = (value: unknown): boolean =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);

/** What Zoom would say of this body; undefined when it takes it. */
function invalidity(body: Record<string, unknown> | undefined): ProviderAnswer | undefined {
  if (!body) return fail(400, 300, "Request Body should be a valid JSON object.");
  const { agenda, settings } = body;
  const { auto_recording: recording = "none" } = (settings ?? {}) as Record<string, unknown>;
  const checks: Readonly<Record<string, boolean>> = {
    topic: isText(body.topic) && body.topic !== "" && body.topic.length <= 200,
    type: body.type === 2 || body.type === 3,
    start_time: body.type === 3 || isUtc(body.start_time),
    duration: body.type === 3 || (Number.isInteger(body.duration) && Number(body.duration) > 0),
    agenda: agenda === undefined || (isText(agenda) && agenda.length <= 2_000),
    "settings.auto_recording": ["none", "local", "cloud"].includes(String(recording)),
  };
  const errors = Object.entries(checks)
    .filter(([, isGood]) => !isGood)
    .map(([field]) => ({ field, message: "Invalid field." }));
  if (errors.length === 0) return undefined;
  return { status: 400, body: { code: 300, message: "Validation Failed.", errors } };
}

type Summarised = { readonly uuid: string; readonly start: string; readonly summary: object };

/** Zoom's memory, and what it answers to each request. */
export class ZoomInterface {
  readonly accountId = randomBytes(12).toString("base64url");
  readonly clientId = randomBytes(12).toString("base64url");
  readonly clientSecret = randomBytes(24).toString("base64url");
  readonly webhookSecret = randomBytes(16).toString("base64url");
  readonly meetings = new Map<string, ZoomMeeting>();
  readonly summaries = new Map<string, Summarised[]>();
  readonly #writes = new Map<string, number>();
  readonly #options: ZoomOptions;
  // One at a time: a new token ends the one before.
  #token: { readonly value: string; readonly until: number } | undefined;

  constructor(options: ZoomOptions) {
    this.#options = options;
  }

  revokeToken(): void {
    this.#token = undefined;
  }

  async answer(request: ProviderRequest): Promise<ProviderAnswer> {
    if (request.path === "/oauth/token") return this.#giveToken(request);
    const refused = this.#authorise(request);
    if (refused) return refused;
    const path = request.path.replace(/^\/v2/, "");
    const route = `${request.method} ${path}`;
    const user = /^(GET|POST) \/users\/([^/]+)\/meetings$/.exec(route);
    if (user?.[1] === "POST") return this.#create(request, decodeURIComponent(user[2] ?? ""));
    if (user) return this.#list(request, decodeURIComponent(user[2] ?? ""));
    const who = /^GET \/users\/([^/]+)$/.exec(route)?.[1];
    if (who !== undefined) return this.#user(decodeURIComponent(who));
    const past = /^GET \/past_meetings\/(\d+)\/instances$/.exec(route)?.[1];
    if (past !== undefined) return this.#instances(past);
    const summary = /^GET \/meetings\/([^/]+)\/meeting_summary$/.exec(route)?.[1];
    if (summary !== undefined) return this.#summary(summary);
    const id = /^(?:GET|PATCH|DELETE) \/meetings\/(\d+)$/.exec(route)?.[1];
    if (id !== undefined) return this.#meeting(request, id);
    return fail(404, 2300, "This API endpoint is not recognized.");
  }

  #giveToken({ method, headers, text }: ProviderRequest): ProviderAnswer {
    const refuse = (status: number, error: string, reason: string): ProviderAnswer => ({
      status,
      body: { reason, error },
    });
    const basic = Buffer.from(`${this.clientId}:${this.clientSecret}`).toString("base64");
    if (method !== "POST") return refuse(405, "invalid_request", "Method not allowed");
    if (headers.authorization !== `Basic ${basic}`)
      return refuse(401, "invalid_client", "Invalid client_id or client_secret");
    if (headers["content-type"] !== "application/x-www-form-urlencoded")
      return refuse(400, "invalid_request", "Bad Request");
    const form = new URLSearchParams(text);
    if (form.get("grant_type") !== "account_credentials")
      return refuse(400, "unsupported_grant_type", "unsupported grant type");
    if (form.get("account_id") !== this.accountId)
      return refuse(400, "invalid_request", "The account id is invalid");
    const seconds = this.#options.tokenSeconds ?? 3_600;
    const value = randomBytes(40).toString("base64url");
    this.#token = { value, until: Date.now() + seconds * 1_000 };
    return {
      status: 200,
      body: {
        access_token: value,
        token_type: "bearer",
        expires_in: seconds - 1,
        scope: "meeting:write:meeting:admin meeting:read:meeting:admin user:read:user:admin",
        api_url: "https://api.zoom.us",
      },
    };
  }

  #authorise({ path, headers, method }: ProviderRequest): ProviderAnswer | undefined {
    if (!path.startsWith("/v2/")) return fail(404, 2300, "This API endpoint is not recognized.");
    const token = this.#token;
    if (!token || headers.authorization !== `Bearer ${token.value}`)
      return fail(401, 124, "Invalid access token.");
    if (token.until <= Date.now()) return fail(401, 124, "Access token is expired.");
    const isJson = headers["content-type"]?.startsWith("application/json");
    if ((method === "POST" || method === "PATCH") && !isJson)
      return fail(415, 300, "Unsupported Content Type");
    return undefined;
  }

  #knows(user: string): boolean {
    return (this.#options.users ?? ["host@example.com"]).includes(user);
  }

  /** One more write of this host today; undefined when it may. */
  #spend(host: string): ProviderAnswer | undefined {
    const spent = this.#writes.get(host) ?? 0;
    if (spent < (this.#options.writesADay ?? Number.POSITIVE_INFINITY)) {
      this.#writes.set(host, spent + 1);
      return undefined;
    }
    return fail(
      429,
      429,
      `You have exceeded the daily rate limit (${this.#options.writesADay}) of Meeting Create/Update API requests permitted for this user/particular operations. You may resume these requests at GMT 00:00:00.`,
      { "x-ratelimit-type": "Per-day-limit", "x-ratelimit-remaining": "0" },
    );
  }

  #create({ text }: ProviderRequest, host: string): ProviderAnswer {
    if (!this.#knows(host)) return fail(404, 1001, `User does not exist: ${host}.`);
    const body = jsonOf(text);
    const wrong = invalidity(body) ?? this.#spend(host);
    if (wrong || !body) return wrong ?? fail(400, 300, "Invalid.");
    const meeting: ZoomMeeting = {
      id: randomInt(80_000_000_000, 99_999_999_999),
      uuid: randomBytes(16).toString("base64"),
      host,
      type: body.type === 3 ? 3 : 2,
      topic: String(body.topic),
      agenda: String(body.agenda ?? ""),
      start_time: isText(body.start_time) ? body.start_time : undefined,
      duration: Number(body.duration ?? 0),
      password: randomBytes(6).toString("base64url"),
      settings: (body.settings ?? {}) as Record<string, unknown>,
    };
    this.meetings.set(String(meeting.id), meeting);
    return { status: 201, body: this.#shown(meeting) };
  }

  #shown(meeting: ZoomMeeting): object {
    const { host, ...shown } = meeting;
    return {
      ...shown,
      host_email: host,
      timezone: "UTC",
      join_url: `https://zoom.example/j/${meeting.id}?pwd=${meeting.password}`,
      start_url: `https://zoom.example/s/${meeting.id}?zak=${randomUUID()}`,
      settings: {
        ...meeting.settings,
        global_dial_in_numbers: [
          { country: "US", country_name: "US", number: "+1 1000200200", type: "toll" },
        ],
      },
    };
  }

  #list({ query }: ProviderRequest, host: string): ProviderAnswer {
    if (!this.#knows(host)) return fail(404, 1001, `User does not exist: ${host}.`);
    if (!["scheduled", "upcoming", "upcoming_meetings"].includes(query.get("type") ?? "scheduled"))
      return fail(400, 300, "The next page token is invalid or expired.");
    const all = [...this.meetings.values()].filter((meeting) => meeting.host === host);
    const from = Number(query.get("next_page_token") ?? 0);
    const size = Math.min(Number(query.get("page_size") ?? 30), this.#options.pageSize ?? 300);
    const page = all.slice(from, from + size);
    const next = from + size < all.length ? String(from + size) : "";
    return {
      status: 200,
      body: {
        page_size: size,
        total_records: all.length,
        next_page_token: next,
        meetings: page.map(({ id, uuid, topic, type, start_time, duration, agenda }) => ({
          id,
          uuid,
          topic,
          type,
          duration,
          timezone: "UTC",
          ...(start_time === undefined ? {} : { start_time }),
          join_url: `https://zoom.example/j/${id}`,
          // A list shows only so much of it.
          agenda: agenda.slice(0, 250),
        })),
      },
    };
  }

  #user(name: string): ProviderAnswer {
    if (!this.#knows(name)) return fail(404, 1001, `User does not exist: ${name}.`);
    const display_name = name.split("@")[0] ?? name;
    return { status: 200, body: { id: randomUUID(), email: name, display_name, type: 2 } };
  }

  #meeting({ method, text }: ProviderRequest, id: string): ProviderAnswer {
    const meeting = this.meetings.get(id);
    if (!meeting) return fail(404, 3001, `Meeting does not exist: ${id}.`);
    if (method === "GET") return { status: 200, body: this.#shown(meeting) };
    if (method === "DELETE") {
      this.meetings.delete(id);
      return { status: 204 };
    }
    const body = jsonOf(text);
    const wrong = invalidity(body) ?? this.#spend(meeting.host);
    if (wrong || !body) return wrong ?? fail(400, 300, "Invalid.");
    meeting.topic = String(body.topic);
    meeting.agenda = String(body.agenda ?? meeting.agenda);
    if (isText(body.start_time)) meeting.start_time = body.start_time;
    if (typeof body.duration === "number") meeting.duration = body.duration;
    meeting.settings = { ...meeting.settings, ...((body.settings ?? {}) as object) };
    return { status: 204 };
  }

  #instances(id: string): ProviderAnswer {
    const held = this.summaries.get(id);
    if (!held) return fail(404, 3001, `Meeting does not exist: ${id}.`);
    return {
      status: 200,
      body: { meetings: held.map(({ uuid, start }) => ({ uuid, start_time: start })) },
    };
  }

  #summary(encoded: string): ProviderAnswer {
    const all = [...this.summaries.values()].flat();
    // The server has undone one encoding of the path; a UUID with slashes needs a second.
    // A UUID that holds slashes has to be encoded twice.
    const isAsked = ({ uuid }: Summarised): boolean => {
      const once = encodeURIComponent(uuid);
      return encoded === (/^\/|\/\//.test(uuid) ? encodeURIComponent(once) : once);
    };
    const found = all.find(isAsked);
    if (!found) return fail(404, 3001, "Meeting summary does not exist.");
    return { status: 200, body: { meeting_uuid: found.uuid, ...found.summary } };
  }
}
