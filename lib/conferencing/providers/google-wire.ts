import { z } from "zod";
import { toIso } from "@/lib/time/instant";
import type { OnlineMade, OnlineWish, ProviderTrouble } from "../core/provider";
import type { Answer, Asked } from "./asked";
import { detailOf } from "./asked";

const failure = z.object({
  error: z.object({
    message: z.string().catch(""),
    status: z.string().catch(""),
    errors: z.array(z.object({ reason: z.string().catch("") })).catch([]),
  }),
});
const tokenFailure = z.object({ error: z.string(), error_description: z.string().catch("") });

const reasonOf = (json: unknown): string => {
  const { data } = failure.safeParse(json);
  return data?.error.errors[0]?.reason ?? data?.error.status ?? "";
};

export const wordsOf = (json: unknown): string => {
  const token = tokenFailure.safeParse(json).data;
  if (token) return `${token.error} ${token.error_description}`;
  return `${reasonOf(json)} ${failure.safeParse(json).data?.error.message ?? ""}`.trim();
};

export const googleEvent = z.object({
  id: z.string(),
  status: z.string().catch("confirmed"),
  sequence: z.number().catch(0),
  start: z.object({ dateTime: z.string().optional() }).optional(),
  hangoutLink: z.string().optional(),
  extendedProperties: z
    .object({ private: z.record(z.string(), z.string()).optional() })
    .optional()
    .catch(undefined),
  conferenceData: z
    .object({
      createRequest: z
        .object({ status: z.object({ statusCode: z.string() }).optional() })
        .optional(),
      entryPoints: z
        .array(
          z.object({
            entryPointType: z.string(),
            uri: z.string(),
            label: z.string().optional(),
            pin: z.string().optional(),
          }),
        )
        .catch([])
        .default([]),
    })
    .optional(),
});
export type GoogleEvent = z.infer<typeof googleEvent>;

export const googlePage = z.object({
  summary: z.string().catch(""),
  nextPageToken: z.string().optional(),
  items: z.array(googleEvent).catch([]).default([]),
});

/** Marks what is ours in a calendar that people also use. */
export const OURS = "meridian";
const KEY = "meridianKey";

export const keyOf = ({ extendedProperties }: GoogleEvent): string | null =>
  extendedProperties?.private?.[KEY] ?? null;

/**
 * An event id of ours, so that a second request for the same meeting is refused instead of making another. Google
 * takes a-v and 0-9, at least five of them.
 */
export const eventIdOf = (key: string): string =>
  `mrdn${Buffer.from(key.toLowerCase().replaceAll("-", ""), "utf8").toString("hex")}`;

/** A conference to be made. The same request id twice is one conference, also a failed one; so it counts on. */
const conferenceOf = (key: string, attempt: number) => ({
  conferenceData: {
    createRequest: {
      requestId: attempt === 0 ? key : `${key}-${attempt}`,
      conferenceSolutionKey: { type: "hangoutsMeet" },
    },
  },
});

/** `attempt`: ask for a conference, counting from 0; null leaves the one there is. */
export const bodyOf = (wish: OnlineWish, attempt: number | null): object => ({
  status: "confirmed",
  summary: wish.subject.slice(0, 1_000),
  description: (wish.agenda ?? "").slice(0, 8_000),
  start: { dateTime: toIso(wish.start), timeZone: wish.zone },
  end: { dateTime: toIso(wish.end), timeZone: wish.zone },
  // The event is where the conference lives, not an entry in somebody's day.
  transparency: "transparent",
  visibility: "private",
  reminders: { useDefault: false, overrides: [] },
  extendedProperties: { private: { [OURS]: "1", [KEY]: wish.key } },
  ...(attempt === null ? {} : conferenceOf(wish.key, attempt)),
});

const entryOf = (event: GoogleEvent, type: string) =>
  event.conferenceData?.entryPoints.find(({ entryPointType }) => entryPointType === type);

/** The meeting in an event, or undefined while it has no address. */
export function madeOf(event: GoogleEvent): OnlineMade | undefined {
  const joinUrl = entryOf(event, "video")?.uri ?? event.hangoutLink;
  if (joinUrl === undefined) return undefined;
  const phone = entryOf(event, "phone");
  const number = phone?.label ?? phone?.uri.replace(/^tel:/, "");
  return {
    externalId: event.id,
    joinUrl,
    ...(number ? { dialIn: phone?.pin ? `${number} PIN ${phone.pin}` : number } : {}),
  };
}

export const conferenceState = ({ conferenceData }: GoogleEvent): string | undefined =>
  conferenceData?.createRequest?.status?.statusCode;

const TOO_MANY = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "quotaExceeded",
  "dailyLimitExceeded",
  "RESOURCE_EXHAUSTED",
]);

/** Google says "too many" with 403 more often than with 429. */
export const throttles = ({ status, json }: Answer): boolean =>
  status === 403 && TOO_MANY.has(reasonOf(json));

export function troubleOf(asked: Asked, answer: Answer): ProviderTrouble {
  const reason = reasonOf(answer.json);
  const name = asked.account?.name ?? "this account";
  const trouble = (kind: ProviderTrouble["kind"], cause: string): ProviderTrouble => ({
    kind,
    cause,
    detail: detailOf(asked, answer),
  });
  if (answer.status === 404 || answer.status === 410)
    return trouble("absent", "This meeting no longer exists in the Google calendar.");
  if (reason === "accessNotConfigured")
    return trouble(
      "credentials",
      "The Google Calendar API is not switched on in the project of this service account. Switch it on in the Google Cloud console.",
    );
  if (answer.status === 403)
    return trouble(
      "credentials",
      `Google does not let us change the calendar of ${name}. Check the account, and that Google Calendar and Meet are switched on for it.`,
    );
  return trouble("refused", "Google did not accept this meeting. Its answer is in the log.");
}

const SCOPE_HELP =
  "In the Google Admin console, under domain-wide delegation, give the client id of the service account the scope https://www.googleapis.com/auth/calendar.events.";

export const tokenCauseOf =
  (account: string) =>
  ({ json }: Answer): string => {
    const { error = "", error_description: words = "" } = tokenFailure.safeParse(json).data ?? {};
    if (error === "unauthorized_client" || error === "access_denied" || error === "invalid_scope")
      return `The service account may not act for ${account}. ${SCOPE_HELP}`;
    if (/account not found/i.test(words))
      return "Google knows no such service account, or it was switched off.";
    if (/user id|email/i.test(words))
      return `Google knows no user ${account} in the domain of the service account.`;
    if (/signature|key/i.test(words))
      return "The private key does not belong to this service account, or was withdrawn. Make a new key.";
    if (/iat|exp|time/i.test(words)) return "The clock of this server is wrong; Google refuses it.";
    return "Google gives no token for this service account. Check its address and key.";
  };
