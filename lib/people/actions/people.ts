"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { consume } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { runtime } from "@/lib/runtime";
import type { AccountDeps, ManageGrant } from "../commands/invite-people";
import { invitePeople, resendInvitation, withdrawInvitation } from "../commands/invite-people";
import { removePerson } from "../commands/remove-person";
import { endSessions, resetTwoFactor, sendPasswordReset } from "../commands/reset-access";
import { setDisabled, setGroups } from "../commands/set-groups";
import type { PersonAnswer } from "../core/person-answer";
import { PERSON_REFUSALS } from "../core/person-answer";
import { peoplePolicy } from "../policy";
import {
  aboutPerson,
  groupsOfPerson,
  invitationInput,
  reasonForPerson,
  sessionOfPerson,
  stateOfPerson,
} from "../schema";

type Refusal = keyof typeof PERSON_REFUSALS;
type Person = { readonly workspaceId: string; readonly userId: string };

const done = (message: string): PersonAnswer => ({ status: "done", message });
const refused = (message: string): PersonAnswer => ({ status: "refused", message });

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>): PersonAnswer => ({
    status: "refused",
    message: "Some of this needs another look.",
    fields,
  }),
  refused,
});

/** The right to change accounts here. Throws NotSignedIn and AccessDenied. */
async function grantToManage(): Promise<ManageGrant> {
  const member = await getMember();
  const { workspaceId } = member;
  return peoplePolicy.authorize(member, "people.manage", { workspaceId, userId: null });
}

/** An action about one person: their command, and the words for what came of it. */
const aboutOne = <Shape extends z.ZodType<{ userId: string }>>(
  name: string,
  shape: Shape,
  command: (
    person: Person,
    input: z.output<Shape>,
    by: ManageGrant,
    deps: AccountDeps,
  ) => Promise<Result<unknown, Refusal>>,
  words: string | ((input: z.output<Shape>) => string),
) =>
  formAction(shape, answers(name), async (input): Promise<PersonAnswer> => {
    const by = await grantToManage();
    const person = { workspaceId: by.resource.workspaceId, userId: input.userId };
    const result = await command(person, input, by, runtime());
    if (!result.ok) return refused(PERSON_REFUSALS[result.refusal]);
    revalidatePath("/admin/users");
    return done(typeof words === "string" ? words : words(input));
  });

const invite = formAction(
  invitationInput,
  answers("invite-people"),
  async (input): Promise<PersonAnswer> => {
    const by = await grantToManage();
    const member = by.actor.kind === "member" ? by.actor.userId : "";
    const counted = await consume("invite-member", member);
    if (!counted.ok) {
      const minutes = Math.ceil(counted.retryAfterSeconds / 60);
      return refused(`Too many invitations at once. Go on in ${minutes} minutes.`);
    }
    const { invited, taken } = await invitePeople(input, by, runtime());
    revalidatePath("/admin/users");
    const has = taken.length === 1 ? "has an account already" : "have accounts already";
    const already = taken.length === 0 ? "" : `${taken.slice(0, 5).join(", ")} ${has}.`;
    if (invited.length === 0) {
      return { status: "refused", message: already, fields: { emails: already } };
    }
    const sent =
      invited.length === 1
        ? `The invitation to ${invited[0]} is on its way.`
        : `${invited.length} invitations are on their way.`;
    return done(`${sent} ${already}`.trim());
  },
);

const resend = aboutOne(
  "resend-invitation",
  aboutPerson,
  (person, _input, by, deps) => resendInvitation(person, by, deps),
  "A new invitation is on its way. The link of the one before no longer works.",
);
const withdraw = aboutOne(
  "withdraw-invitation",
  aboutPerson,
  (person, _input, by, deps) => withdrawInvitation(person, by, deps),
  "The invitation is taken back.",
);
const groups = aboutOne(
  "set-groups",
  groupsOfPerson,
  (person, input, by, deps) => setGroups(person, input.groups, by, deps),
  "The groups are saved, and hold from their next step on.",
);
const disable = aboutOne(
  "set-disabled",
  stateOfPerson,
  (person, { disabled }, by, deps) => setDisabled(person, disabled, by, deps),
  ({ disabled }) =>
    disabled
      ? "Deactivated. Their sessions are ended and their links offer nothing."
      : "Active again.",
);
const reset = aboutOne(
  "send-password-reset",
  aboutPerson,
  (person, _input, by, deps) => sendPasswordReset(person, by, deps),
  "A link to choose a new password is on its way.",
);
const twoFactor = aboutOne(
  "reset-two-factor",
  reasonForPerson,
  (person, { reason }, by, deps) => resetTwoFactor({ ...person, reason }, by, deps),
  "Their second step is reset and their sessions are ended. They are told by mail.",
);
const sessions = aboutOne(
  "end-sessions",
  sessionOfPerson,
  (person, { sessionId }, by, deps) => endSessions({ ...person, sessionId }, by, deps),
  ({ sessionId }) => (sessionId === "all" ? "All sessions are ended." : "The session is ended."),
);
const remove = aboutOne(
  "remove-person",
  aboutPerson,
  async (person, _input, by, deps) => {
    const result = await removePerson(person, by, deps);
    return result.ok ? result : { ok: false, refusal: result.refusal.reason };
  },
  "Removed. Their name stays beside the meetings they held.",
);

/** Invites the form's `emails` into its `groups`. */
export async function invitePeopleAction(previous: PersonAnswer, form: FormData) {
  return invite(previous, form);
}

/** Mails the form's `userId` a new invitation. */
export async function resendInvitationAction(previous: PersonAnswer, form: FormData) {
  return resend(previous, form);
}

/** Takes the invitation of the form's `userId` back. */
export async function withdrawInvitationAction(previous: PersonAnswer, form: FormData) {
  return withdraw(previous, form);
}

/** Puts the form's `userId` into exactly its `groups`. */
export async function setGroupsAction(previous: PersonAnswer, form: FormData) {
  return groups(previous, form);
}

/** Deactivates the form's `userId`, or lets them in again: `disabled` is 1 or 0. */
export async function setDisabledAction(previous: PersonAnswer, form: FormData) {
  return disable(previous, form);
}

/** Mails the form's `userId` a link to choose a new password. */
export async function sendPasswordResetAction(previous: PersonAnswer, form: FormData) {
  return reset(previous, form);
}

/** Takes the second step of the form's `userId` away, for its `reason`. */
export async function resetTwoFactorAction(previous: PersonAnswer, form: FormData) {
  return twoFactor(previous, form);
}

/** Ends the form's `sessionId` of `userId`, or `all`. */
export async function endSessionsAction(previous: PersonAnswer, form: FormData) {
  return sessions(previous, form);
}

/** Removes the form's `userId`, and goes back to the list, where they no longer are. */
export async function removePersonAction(previous: PersonAnswer, form: FormData) {
  const answer = await remove(previous, form);
  if (answer.status === "done") redirect("/admin/users");
  return answer;
}
