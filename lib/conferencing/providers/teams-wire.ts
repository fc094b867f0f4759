import { z } from "zod";
import { toIso } from "@/lib/time/instant";
import type { OnlineMade, OnlineWish, ProviderTrouble } from "../core/provider";
import type { Answer, Asked } from "./asked";
import { detailOf } from "./asked";

const failure = z.object({
  error: z.object({ code: z.string().catch(""), message: z.string().catch("") }),
});
const tokenFailure = z.object({
  error: z.string(),
  error_description: z.string().catch(""),
  error_codes: z.array(z.number()).catch([]),
});

export const wordsOf = (json: unknown): string => {
  const token = tokenFailure.safeParse(json).data;
  // The rest of the description is ids and times of the request.
  if (token) return `${token.error} ${token.error_description.split(/\r?\n/)[0] ?? ""}`;
  const { code = "", message = "" } = failure.safeParse(json).data?.error ?? {};
  return `${code} ${message}`.trim();
};

export const teamsMeeting = z.object({
  id: z.string(),
  joinWebUrl: z.url(),
  joinMeetingIdSettings: z.object({ passcode: z.string().nullish() }).nullish().catch(undefined),
  audioConferencing: z
    .object({ tollNumber: z.string().nullish(), conferenceId: z.string().nullish() })
    .nullish()
    .catch(undefined),
});

export const teamsUser = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

export function madeOf(meeting: z.infer<typeof teamsMeeting>): OnlineMade {
  const { audioConferencing: audio, joinMeetingIdSettings: settings } = meeting;
  return {
    externalId: meeting.id,
    joinUrl: meeting.joinWebUrl,
    ...(settings?.passcode ? { passcode: settings.passcode } : {}),
    ...(audio?.tollNumber
      ? { dialIn: `${audio.tollNumber} ID ${audio.conferenceId ?? ""}`.trim() }
      : {}),
  };
}

const timesOf = ({ start, end, subject }: OnlineWish) => ({
  startDateTime: toIso(start),
  endDateTime: toIso(end),
  subject: subject.slice(0, 255),
});

export const createBodyOf = (wish: OnlineWish): string =>
  JSON.stringify({ externalId: wish.key, ...timesOf(wish) });

/** What cannot be said while making it: who waits outside, and that nobody is recorded unasked. */
export const changeBodyOf = (wish: OnlineWish): string =>
  JSON.stringify({
    ...timesOf(wish),
    lobbyBypassSettings: { scope: wish.settings.waitingRoom ? "organizer" : "everyone" },
    recordAutomatically: false,
  });

export function troubleOf(asked: Asked, answer: Answer): ProviderTrouble {
  const { code = "", message = "" } = failure.safeParse(answer.json).data?.error ?? {};
  const name = asked.account?.name ?? "this account";
  const trouble = (kind: ProviderTrouble["kind"], cause: string): ProviderTrouble => ({
    kind,
    cause,
    detail: detailOf(asked, answer),
  });
  if (/application access policy/i.test(message))
    return trouble(
      "credentials",
      `The app may not make Teams meetings for ${name} yet. A Teams administrator has to grant it an application access policy (New-CsApplicationAccessPolicy, Grant-CsApplicationAccessPolicy); it takes up to half an hour to work.`,
    );
  if (answer.status === 403 && code === "Authorization_RequestDenied")
    return trouble(
      "credentials",
      "The app may not look up users. Give it the application permission User.Read.All with an administrator's consent, or name the account by its object id.",
    );
  if (answer.status === 403)
    return trouble(
      "credentials",
      "The app lacks the application permission OnlineMeetings.ReadWrite.All with an administrator's consent.",
    );
  if (answer.status === 404 && (code === "Request_ResourceNotFound" || /user/i.test(message)))
    return trouble("credentials", `Microsoft knows no user ${name} in this tenant.`);
  if (answer.status === 404) return trouble("absent", "This meeting no longer exists in Teams.");
  return trouble("refused", "Teams did not accept this meeting. Its answer is in the log.");
}

/** Microsoft's numbers (AADSTS…) for what is wrong with an app's credentials. */
export function tokenCauseOf({ json }: Answer): string {
  const { error = "", error_codes: codes = [] } = tokenFailure.safeParse(json).data ?? {};
  const has = (...numbers: readonly number[]): boolean =>
    codes.some((code) => numbers.includes(code));
  if (has(7000222)) return "The client secret of the Teams app is over. Make a new one in Entra.";
  if (has(7000215))
    return "Microsoft does not accept the client secret. Enter the secret's value, not its id.";
  if (has(90002, 900023)) return "Microsoft knows no such tenant. Check the tenant id.";
  if (has(700016) || error === "unauthorized_client")
    return "This tenant knows no app with this client id. Check both ids.";
  return "Microsoft gives no token for these credentials. Check tenant, client id and secret.";
}
