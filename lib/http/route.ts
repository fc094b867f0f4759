import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { NotHere, NotSignedIn } from "@/lib/access/policy";
import { actorOf, carriesApiKey } from "@/lib/auth/session";
import { log, noteActor, withRequest } from "@/lib/log";
import { inLine } from "./admission";
import { answerTo, newReference, RequestRefused, tooManyRequests } from "./answer";
import { readJson } from "./body";
import type { ClientAddress } from "./client-address";
import { clientAddress, isLoopback } from "./client-address";
import type { LimitName } from "./limits";
import { changesState, requireOwnOrigin } from "./same-origin";
import { consume } from "./throttle";

type Shape = z.ZodType;
type Parsed<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;

/** What is known before the body is read. */
export type Arrival<Params> = {
  readonly request: Request;
  readonly requestId: string;
  readonly address: ClientAddress;
  readonly params: Params;
};

export type RouteInput<Params, Query, Body> = Arrival<Params> & {
  readonly query: Query;
  readonly body: Body;
  /** The caller's name for this change, when it sent one: the command answers a repetition with the first answer. */
  readonly idempotencyKey: string | undefined;
};

type Options<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
> = {
  /** The route's pattern, as the log shows it. A path itself may hold a capability. */
  readonly route: string;
  readonly params?: P;
  readonly query?: Q;
  /** Parameters that may stand several times in the address; their values come joined by line feeds. */
  readonly repeatable?: readonly string[];
  readonly body?: B;
  /** Limits to count against before anything is parsed. */
  readonly limits?: (arrival: Arrival<Parsed<P>>) => readonly (readonly [LimitName, string])[];
};

/** The second argument the framework passes to a route handler. */
type Context = { readonly params: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, context: Context) => Promise<Response>;

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

const fieldsOf = (error: z.ZodError): Record<string, string> =>
  Object.fromEntries(
    error.issues.flatMap((issue) => {
      const path = issue.path.map(String).join(".");
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      if (keys.length === 0) return [[path || "body", issue.message]];
      return keys.map((key) => [path ? `${path}.${key}` : key, "is not a field of this request"]);
    }),
  );

function parsed<S extends Shape | undefined>(
  shape: S,
  value: unknown,
  onError: (error: z.ZodError) => Error,
): Parsed<S> {
  if (shape === undefined) return undefined as Parsed<S>;
  const result = shape.safeParse(value);
  if (!result.success) throw onError(result.error);
  return result.data as Parsed<S>;
}

const invalid = (status: 400 | 422) => (error: z.ZodError) => {
  const fields = fieldsOf(error);
  const names = Object.keys(fields).join(", ");
  return new RequestRefused(status, "invalid", `Not valid: ${names}.`, { fields, cause: error });
};

function queryOf(request: Request, repeatable: readonly string[]): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    const earlier = Object.hasOwn(query, name) ? query[name] : undefined;
    if (earlier !== undefined && !repeatable.includes(name)) {
      throw new RequestRefused(400, "invalid", `${name} is given twice.`, {
        fields: { [name]: "is given twice" },
      });
    }
    if (name.includes("\0") || value.includes("\0")) {
      throw new RequestRefused(400, "invalid-text", "Text may not contain the character U+0000.");
    }
    if (name !== "__proto__") query[name] = earlier === undefined ? value : `${earlier}\n${value}`;
  }
  return query;
}

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw new RequestRefused(
      400,
      "invalid",
      "Idempotency-Key must be 1 to 255 printable ASCII characters.",
      { fields: { "Idempotency-Key": "must be 1 to 255 printable ASCII characters" } },
    );
  }
  return key;
}

async function paramsOf<P extends Shape | undefined>(
  shape: P,
  context: Context,
): Promise<Parsed<P>> {
  const given = (await context?.params) ?? {};
  if (JSON.stringify(given).includes("\\u0000")) throw new NotHere();
  // What cannot be the name of anything names nothing: the same answer as for an absent one.
  return parsed(shape, given, () => new NotHere());
}

async function countAgainst(limits: readonly (readonly [LimitName, string])[]): Promise<void> {
  for (const [limit, key] of limits) {
    const answer = await consume(limit, key);
    if (!answer.ok) throw tooManyRequests(answer.retryAfterSeconds);
  }
}

function finished(response: Response, requestId: string): Response {
  const headers = new Headers(response.headers);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("x-content-type-options", "nosniff");
  headers.set("x-request-id", requestId);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Runs one request: its id, its log line, and the one mapping from what is thrown to an answer. */
async function served(route: string, request: Request, work: (id: string) => Promise<Response>) {
  // Our server names each request before anybody sees it; what a client sent under that name it has checked.
  const requestId = request.headers.get("x-request-id") ?? newReference();
  return withRequest(requestId, async () => {
    const began = performance.now();
    let response: Response;
    try {
      response = await work(requestId);
    } catch (error) {
      response = answerTo(error);
    }
    const ms = Math.round((performance.now() - began) * 10) / 10;
    const line = { method: request.method, route, status: response.status, ms };
    if (response.status >= 500) log.error(line, "answered");
    else log.info(line, "answered");
    return finished(response, requestId);
  });
}

async function inputOf<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
>(
  options: Options<P, Q, B>,
  arrival: Arrival<Parsed<P>>,
): Promise<RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>>> {
  await countAgainst(options.limits?.(arrival) ?? []);
  const { request } = arrival;
  const query = parsed(
    options.query as Q,
    queryOf(request, options.repeatable ?? []),
    invalid(400),
  );
  const body = options.body ? ((await readJson(request)) ?? {}) : undefined;
  return {
    ...arrival,
    query,
    body: parsed(options.body as B, body, invalid(422)),
    idempotencyKey: idempotencyKeyOf(request),
  };
}

async function arrivalOf<P extends Shape | undefined>(
  options: { readonly params?: P },
  request: Request,
  context: Context,
  requestId: string,
): Promise<Arrival<Parsed<P>>> {
  const params = await paramsOf(options.params as P, context);
  return { request, requestId, address: clientAddress(request.headers), params };
}

/**
 * A route handler for anybody. Order: forgery check, path, limits, query, body (415, 413, 400), shape (400 for the
 * query, 422 for the body), then `handler`. Errors are `{"error":{"code","message","fields"?}}`.
 */
export const publicRoute =
  <
    P extends Shape | undefined = undefined,
    Q extends Shape | undefined = undefined,
    B extends Shape | undefined = undefined,
  >(
    options: Options<P, Q, B>,
    handler: (input: RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>>) => Response | Promise<Response>,
  ): Handler =>
  (request, context) =>
    served(options.route, request, async (requestId) => {
      requireOwnOrigin(request, false);
      const arrival = await arrivalOf(options, request, context, requestId);
      const input = await inputOf(options, arrival);
      return changesState(request.method) ? inLine(async () => handler(input)) : handler(input);
    });

/**
 * A route handler for people who are signed in, by API key or by the browser's session. With a session, a request
 * that changes something must come from our own pages. Throws nothing to the caller: 401 when nobody is signed in.
 */
export const memberRoute =
  <
    P extends Shape | undefined = undefined,
    Q extends Shape | undefined = undefined,
    B extends Shape | undefined = undefined,
  >(
    options: Options<P, Q, B>,
    handler: (
      input: RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>> & { readonly actor: Member },
    ) => Response | Promise<Response>,
  ): Handler =>
  (request, context) =>
    served(options.route, request, async (requestId) => {
      requireOwnOrigin(request, !carriesApiKey(request) && request.headers.has("cookie"));
      const actor = await actorOf(request);
      if (actor.kind !== "member") throw new NotSignedIn();
      noteActor(`user:${actor.userId}`);
      const answer = await consume("api-member", actor.userId);
      if (!answer.ok) throw tooManyRequests(answer.retryAfterSeconds);
      const arrival = await arrivalOf(options, request, context, requestId);
      return handler({ ...(await inputOf(options, arrival)), actor });
    });

/**
 * Counts a public read against its address. Behind a proxy nobody told us to trust everybody comes from this machine,
 * which is nobody in particular: it is not counted.
 */
export const countedReads = ({
  address,
}: {
  readonly address: ClientAddress;
}): readonly (readonly [LimitName, string])[] =>
  isLoopback(address) ? [] : [["read-address", address.throttleKey]];
