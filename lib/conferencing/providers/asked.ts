import type { ProviderAccount } from "../core/provider";
import type { Pace } from "../core/provider-store";

/** What the provider counts calls by, and how many it takes. */
export type Line = {
  readonly name: string;
  /** What people call the provider. */
  readonly provider: string;
  readonly pace: Pace;
  /** Calls at the same time, over all nodes; null is as many as come. */
  readonly together: number | null;
};

export type Answer = {
  readonly status: number;
  /** Undefined when the body was empty or, with an error, not JSON. */
  readonly json: unknown;
  readonly headers: { get(name: string): string | null };
};

export type Asked = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whose calls are counted; null for what belongs to no account. */
  readonly account: ProviderAccount | null;
  /** Makes or changes a meeting: counts towards the quota. */
  readonly writes?: boolean;
  /** Writes the provider takes from an account on one UTC day; null is no limit. */
  readonly quota?: number | null;
  /** A status other than 429 by which this provider says "too many". */
  readonly throttles?: (answer: Answer) => boolean;
  /** Is it the account's own day that is used up, not the line? */
  readonly spendsDay?: (answer: Answer) => boolean;
  /** The provider's own words in an error's body. */
  readonly wordsOf: (json: unknown) => string;
};

const DETAIL_LENGTH = 300;

/**
 * What was asked, without its query and without whose it is: encoded as a path has it, the log does not know a user's
 * address for what it is and would leave it in.
 */
const namedCall = ({ method, url }: Asked): string =>
  `${method} ${new URL(url).pathname.replace(/\/users\/[^/]+/, "/users/…")}`;

/** One line for the log. */
export const detailed = (asked: Asked, said: string): string =>
  `${namedCall(asked)}: ${said}`.replace(/\s+/g, " ").slice(0, DETAIL_LENGTH);

/** An answer for the log: what was asked, the status, the provider's words. */
export const detailOf = (asked: Asked, { status, json }: Answer): string =>
  detailed(asked, `${status} ${asked.wordsOf(json)}`);
