import { z } from "zod";
import { MINUTE_MS, toIso } from "@/lib/time/instant";
import type { OnlineMade, OnlineWish, ProviderTrouble } from "../core/provider";
import type { Answer, Asked } from "./asked";
import { detailOf } from "./asked";

const TOPIC_LENGTH = 200;
const AGENDA_LENGTH = 2_000;

const REFERENCE = /^Ref: (?<key>[\w-]{8,64})(?:\s|$)/;

/**
 * Zoom has no idempotency key, and fields of one's own must be set up in the account first. The agenda is what every
 * account has; it stands first in it, because a list shows only the first 250 characters.
 */
const agendaOf = ({ key, agenda }: OnlineWish): string =>
  `Ref: ${key}${agenda ? `\n\n${agenda}` : ""}`.slice(0, AGENDA_LENGTH);

const failure = z.object({
  code: z.number().catch(0),
  message: z.string().catch(""),
  reason: z.string().catch(""),
  error: z.string().catch(""),
});

const failureOf = (json: unknown): z.infer<typeof failure> =>
  failure.safeParse(json).data ?? { code: 0, message: "", reason: "", error: "" };

export const wordsOf = (json: unknown): string => {
  const { code, message, reason, error } = failureOf(json);
  return [code || "", error, reason || message].filter((part) => part !== "").join(" ");
};

export const zoomMeeting = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  join_url: z.url(),
  start_url: z.string().optional(),
  password: z.string().optional(),
  settings: z
    .object({
      global_dial_in_numbers: z
        .array(z.object({ number: z.string(), country_name: z.string().catch("") }))
        .catch([])
        .default([]),
    })
    .optional()
    .catch(undefined),
});

export const zoomPage = z.object({
  next_page_token: z.string().catch("").default(""),
  meetings: z.array(
    z.object({
      id: z.union([z.number(), z.string()]).transform(String),
      agenda: z.string().optional(),
      start_time: z.string().optional(),
    }),
  ),
});
export type ZoomEntry = z.infer<typeof zoomPage>["meetings"][number];

export const zoomInstances = z.object({
  meetings: z.array(z.object({ uuid: z.string(), start_time: z.string() })),
});

export const zoomUser = z.object({
  email: z.string(),
  display_name: z.string().optional(),
  type: z.number().optional(),
});

export const keyOf = ({ agenda }: ZoomEntry): string | null =>
  REFERENCE.exec(agenda ?? "")?.groups?.key ?? null;

export function madeOf(found: z.infer<typeof zoomMeeting>): OnlineMade {
  const [dialIn] = found.settings?.global_dial_in_numbers ?? [];
  return {
    externalId: found.id,
    joinUrl: found.join_url,
    ...(found.password ? { passcode: found.password } : {}),
    ...(found.start_url ? { hostUrl: found.start_url } : {}),
    ...(dialIn ? { dialIn: `${dialIn.number} ${dialIn.country_name}`.trim() } : {}),
  };
}

/** Everything is said, also what is off: since 2026 Zoom fills what is left out with the host's own defaults. */
export const bodyOf = (wish: OnlineWish): string => {
  const { settings, recurring } = wish;
  return JSON.stringify({
    topic: wish.subject.slice(0, TOPIC_LENGTH),
    type: recurring ? 3 : 2,
    ...(recurring
      ? {}
      : {
          start_time: `${toIso(wish.start).slice(0, 19)}Z`,
          duration: Math.max(1, Math.ceil((wish.end - wish.start) / MINUTE_MS)),
          timezone: "UTC",
        }),
    agenda: agendaOf(wish),
    settings: {
      waiting_room: settings.waitingRoom,
      join_before_host: !settings.waitingRoom,
      // Nobody is recorded without having been asked.
      auto_recording: "none",
      auto_start_meeting_summary: settings.summary,
      alternative_hosts: settings.alternativeHosts.join(";"),
    },
  });
};

const SCOPES =
  "meeting:write:meeting:admin, meeting:update:meeting:admin, meeting:delete:meeting:admin, meeting:read:meeting:admin, meeting:read:list_meetings:admin, meeting:read:past_meeting:admin, meeting:read:summary:admin and user:read:user:admin";

/** Codes of Zoom's own by which an account, not a meeting, is the matter. */
const NO_SUCH_USER = new Set([1001, 1010, 1120]);
const NO_SCOPE = new Set([104, 4700, 4711]);
const NO_MEETING = new Set([3001]);

export function troubleOf(asked: Asked, answer: Answer): ProviderTrouble {
  const { code } = failureOf(answer.json);
  const trouble = (kind: ProviderTrouble["kind"], cause: string): ProviderTrouble => ({
    kind,
    cause,
    detail: detailOf(asked, answer),
  });
  const name = asked.account?.name ?? "this account";
  if (NO_MEETING.has(code)) return trouble("absent", "This meeting no longer exists at Zoom.");
  if (NO_SUCH_USER.has(code) || (answer.status === 404 && code === 0))
    return trouble(
      "credentials",
      `Zoom knows no user ${name} in this account. Check the address, and that the user is active.`,
    );
  if (NO_SCOPE.has(code))
    return trouble(
      "credentials",
      `The Zoom app lacks permissions. Give it the scopes ${SCOPES}, and activate it again.`,
    );
  if (answer.status === 404) return trouble("absent", "This meeting no longer exists at Zoom.");
  if (answer.status === 403)
    return trouble(
      "credentials",
      `Zoom does not allow this for ${name}. Check the app's scopes and the user's licence.`,
    );
  return trouble("refused", "Zoom did not accept this meeting. Its answer is in the log.");
}

export const tokenCauseOf = ({ json, status }: Answer): string => {
  const { error, reason } = failureOf(json);
  if (error === "invalid_client" || status === 401)
    return "Zoom does not accept the client id and secret. Copy them again from the app's credentials.";
  if (error === "unsupported_grant_type")
    return "This Zoom app is not of the kind Server-to-Server OAuth. Make one of that kind.";
  if (/account/i.test(reason) || error === "invalid_request")
    return "Zoom does not accept the account id for this app, or the app is not activated.";
  return "Zoom gives no token for these credentials. Check them, and that the app is activated.";
};

/** A UUID that holds slashes is encoded twice, or Zoom reads them as its path. */
export const encodeUuid = (uuid: string): string =>
  /^\/|\/\//.test(uuid) ? encodeURIComponent(encodeURIComponent(uuid)) : encodeURIComponent(uuid);

/** Is it the host's own 100 a day that is used up, not the calls of the whole account? */
export const tellsHostsDay = ({ json }: Answer): boolean => {
  const { message } = failureOf(json);
  return /daily/i.test(message) && /for this user|create\/update/i.test(message);
};
