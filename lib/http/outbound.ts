import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, buildConnector, fetch as undiciFetch } from "undici";
import { env } from "@/lib/env";

/** A whole call, from the name's lookup to the last byte, may take this long, */
const TIMEOUT_MS = 5000;
/** and its answer may be this large, unpacked. */
const MAX_ANSWER_BYTES = 1_000_000;
/** Of redirects that are followed: more than that is a circle. */
const MOST_REDIRECTS = 5;

/** A call that was not made, or not finished, because of where it led or how it went. */
export class OutboundRefused extends Error {
  override readonly name = "OutboundRefused";
  /** False when it is certain that nothing was sent. */
  readonly maybeSent: boolean;

  constructor(message: string, options: { cause?: unknown; maybeSent?: boolean } = {}) {
    super(message, options);
    this.maybeSent = options.maybeSent ?? false;
  }
}

export type OutboundInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /**
   * `refuse`, the default, because where a redirect leads nobody has checked. `follow` checks each step like the first
   * address and takes no credentials to another origin. `return` hands the redirect itself to the caller.
   */
  readonly redirects?: "refuse" | "follow" | "return";
  /** Milliseconds for the whole call, its redirects included, where five seconds are not enough. */
  readonly timeoutMs?: number;
  /** Bytes of the unpacked answer, where one megabyte is not enough. */
  readonly mostBytes?: number;
};

export type OutboundAnswer = {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Where the answer came from, after redirects. */
  readonly url: string;
  text(): Promise<string>;
};

/** The way out as commands and handlers are given it. */
export type OutboundFetch = (address: string, init?: OutboundInit) => Promise<OutboundAnswer>;

export type OutboundOptions = {
  /**
   * Origins the operator configured, such as a provider's address: they may lead inwards and need no TLS. Never
   * built from what a person typed.
   */
  readonly trustedOrigins?: readonly string[];
  readonly timeoutMs?: number;
  /** Stands in for the resolver; tests let it change its mind. */
  readonly lookup?: LookupFunction;
};

/** May a connection go to this address? Only what routes on the open Internet: every inner range has its own name. */
export function isOpenAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  // Of IPv6 only 2000::/3 is given out; the rest holds old spellings of inner addresses, such as ::127.0.0.1.
  const given = parsed.kind() === "ipv4" || (parsed.toByteArray()[0] ?? 0) >> 5 === 1;
  return given && parsed.range() === "unicast";
}

const refusal = (why: string): OutboundRefused => new OutboundRefused(why);

/** Drops inner addresses from a name's answer, so that no connection to one is even begun. */
const openOnly =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "");
      const all = Array.isArray(found) ? found : [{ address: found, family: 0 }];
      const open = all.filter(({ address }) => isOpenAddress(address));
      const [first] = open;
      if (!first) return done(refusal(`${hostname} leads to an inner address.`), "");
      return options.all ? done(null, open) : done(null, first.address, first.family);
    });
  };

/**
 * A dispatcher that reaches only open addresses. Three guards, because each has a hole: a literal address is never
 * looked up, a name is looked up again by whoever connects, and the peer is what counts in the end.
 */
function openDispatcher(lookup: LookupFunction, timeoutMs: number): Agent {
  const connect = buildConnector({ timeout: timeoutMs, lookup: openOnly(lookup) });
  return new Agent({
    connect: (options, done) => {
      const { hostname } = options;
      const isLiteral = ipaddr.isValid(hostname.replace(/^\[|\]$/g, ""));
      if (isLiteral && !isOpenAddress(hostname)) {
        return done(refusal(`${hostname} is an inner address.`), null);
      }
      return connect(options, (error, socket) => {
        if (error) return done(error, null);
        if (!isOpenAddress(socket.remoteAddress ?? "")) {
          socket.destroy();
          return done(refusal(`${hostname} led to an inner address.`), null);
        }
        return done(null, socket);
      });
    },
  });
}

function checkedUrl(address: string, trusted: ReadonlySet<string>): { url: URL; inward: boolean } {
  if (!URL.canParse(address)) throw refusal("This is not an address.");
  const url = new URL(address);
  const inward = trusted.has(url.origin);
  if (url.protocol !== "https:" && !inward) throw refusal("Only https:// addresses are called.");
  if (url.username !== "" || url.password !== "")
    throw refusal("Addresses with a login are refused.");
  return { url, inward };
}

type Body = Awaited<ReturnType<typeof undiciFetch>>["body"];

async function readBounded(body: Body, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    total += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (total > most) throw refusal(`The answer is larger than ${most / 1_000_000} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

type Way = { readonly dispatcher: Agent; readonly deadline: AbortSignal };

async function exchange(url: URL, init: OutboundInit, by: Way): Promise<OutboundAnswer> {
  const { method = "GET", headers, body, signal, redirects = "refuse" } = init;
  const response = await undiciFetch(url, {
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: redirects === "refuse" ? "error" : "manual",
    signal: signal ? AbortSignal.any([signal, by.deadline]) : by.deadline,
    dispatcher: by.dispatcher,
  });
  const text = await readBounded(response.body, init.mostBytes ?? MAX_ANSWER_BYTES);
  return {
    status: response.status,
    headers: response.headers,
    url: url.href,
    text: async () => text,
  };
}

const CREDENTIALS = new Set(["authorization", "cookie"]);

/** What may travel from one address to the next: to another origin nothing that proves who we are. */
function headersFor(next: URL, from: URL, headers: OutboundInit["headers"] = {}) {
  if (next.origin === from.origin) return headers;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase())),
  );
}

/** Where an answer sends the caller; undefined when it does not. */
function redirectOf({ status, headers, url }: OutboundAnswer): string | undefined {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.canParse(location, url) ? new URL(location, url).href : undefined;
}

/** A client with its own connections. The application uses `fetchOutbound`; tests make theirs. */
export function createOutbound(options: OutboundOptions = {}): {
  readonly fetch: OutboundFetch;
  readonly close: () => Promise<void>;
} {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const trusted = new Set((options.trustedOrigins ?? []).map((text) => new URL(text).origin));
  const lookup = options.lookup ?? (systemLookup as LookupFunction);
  const open = openDispatcher(lookup, timeoutMs);
  const inner = new Agent({ connect: { timeout: timeoutMs } });

  async function walk(address: string, init: OutboundInit, deadline: AbortSignal) {
    let current = init;
    for (let step = address, steps = 0; ; steps += 1) {
      if (steps > MOST_REDIRECTS) throw refusal("This address leads in a circle.");
      const { url, inward } = checkedUrl(step, trusted);
      const answer = await exchange(url, current, { dispatcher: inward ? inner : open, deadline });
      const next = init.redirects === "follow" ? redirectOf(answer) : undefined;
      if (next === undefined) return answer;
      current = { ...current, headers: headersFor(new URL(next), url, current.headers) };
      step = next;
    }
  }

  return {
    async fetch(address, init = {}) {
      const deadline = AbortSignal.timeout(init.timeoutMs ?? timeoutMs);
      try {
        return await walk(address, init, deadline);
      } catch (error) {
        if (deadline.aborted)
          throw new OutboundRefused("No answer in time.", { cause: error, maybeSent: true });
        const cause = error instanceof Error ? error.cause : undefined;
        throw cause instanceof OutboundRefused ? cause : error;
      }
    },
    close: async () => {
      await Promise.all([open.destroy(), inner.destroy()]);
    },
  };
}

let outbound: ReturnType<typeof createOutbound> | undefined;

/**
 * The one way out: https to open addresses; five seconds, one megabyte and no redirects unless the call says
 * otherwise. The whole answer is read before this resolves. Throws OutboundRefused for what is not allowed, and the network's own errors.
 */
export function fetchOutbound(address: string, init?: OutboundInit): Promise<OutboundAnswer> {
  outbound ??= createOutbound({
    // A company's own identity provider often stands in its own network.
    trustedOrigins: [
      env.RESEND_API_URL,
      ...(env.OIDC_ISSUER ? [env.OIDC_ISSUER] : []),
      ...env.MERIDIAN_TRUSTED_ORIGINS,
    ],
  });
  return outbound.fetch(address, init);
}

/** A meeting is made in a job, which may wait longer than a page. */
const PROVIDER_TIMEOUT_MS = 10_000;

let providers: ReturnType<typeof createOutbound> | undefined;

/** The same way out for the providers of online meetings, with ten seconds; the operator may have moved each inwards. */
export function fetchProvider(address: string, init?: OutboundInit): Promise<OutboundAnswer> {
  providers ??= createOutbound({
    timeoutMs: PROVIDER_TIMEOUT_MS,
    trustedOrigins: [
      env.ZOOM_API_URL,
      env.ZOOM_AUTH_URL,
      env.GOOGLE_API_URL,
      env.GOOGLE_AUTH_URL,
      env.TEAMS_API_URL,
      env.TEAMS_AUTH_URL,
    ],
  });
  return providers.fetch(address, init);
}
