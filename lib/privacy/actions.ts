"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { enqueue } from "@/lib/jobs/queue";
import { runtime } from "@/lib/runtime";
import { eraseGuest } from "./commands/erase-guest";
import type { ErasureAnswer, RetentionAnswer, SearchAnswer } from "./core/privacy-answer";
import { applyRetention } from "./jobs";
import { privacyPolicy } from "./policy";
import { findHeld } from "./reads/held";
import { erasureForm, guestQuestion } from "./schema";

const PAGE = "/admin/privacy";

const REFUSALS = {
  "nothing-held": "Nothing is held about this address any more.",
  "has-upcoming":
    "This guest has meetings that are still to come. Tick the box to cancel them first, or cancel them with their hosts.",
  "not-cancelled":
    "A meeting that is still to come could not be cancelled. Nothing was erased; look at their meetings again.",
} as const;

const search = formAction<typeof guestQuestion, SearchAnswer>(
  guestQuestion,
  {
    name: "privacy-search",
    invalid: (fields, { email }) => ({
      status: "refused",
      message: fields.email ?? "Write one e-mail address.",
      email: String(email ?? ""),
    }),
    refused: (message, { email }) => ({ status: "refused", message, email: String(email ?? "") }),
  },
  async ({ email }) => {
    const member = await getMember();
    const { workspaceId } = member;
    privacyPolicy.authorize(member, "privacy.search", { workspaceId });
    const { db, keys, now } = runtime();
    return { status: "found", held: await findHeld(db, keys, { workspaceId, email, now: now() }) };
  },
);

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

const erase = formAction<typeof erasureForm, ErasureAnswer>(
  erasureForm,
  {
    name: "privacy-erase",
    invalid: (fields) => ({
      status: "refused",
      message: "Nothing was erased. Look at the marked fields.",
      fields,
    }),
    refused: (message) => ({ status: "refused", message, fields: {} }),
  },
  async ({ email, ground, cancel }) => {
    const actor = await getMember();
    const { workspaceId } = actor;
    const grant = privacyPolicy.authorize(actor, "privacy.erase", { workspaceId });
    const asked = { email, ground, cancelUpcoming: cancel, actor };
    const result = await eraseGuest(asked, grant, runtime());
    if (!result.ok) return { status: "refused", message: REFUSALS[result.refusal], fields: {} };
    revalidatePath(PAGE);
    const { meetings, mails } = result.value;
    const parts = [count(meetings, "meeting", "meetings"), count(mails, "mail", "mails")];
    return { status: "done", message: `Erased from ${parts.join(" and ")}.` };
  },
);

/** Looks up what is held about the form's `email`. Changes nothing. */
export async function findGuestAction(before: SearchAnswer, form: FormData) {
  return search(before, form);
}

/** Erases the guest of the form's `email`. */
export async function eraseGuestAction(before: ErasureAnswer, form: FormData) {
  return erase(before, form);
}

/** Starts the removal of what is older than the workspace keeps it, now instead of tonight. */
export async function startRetentionAction(
  _before: RetentionAnswer,
  _form: FormData,
): Promise<RetentionAnswer> {
  return withAction<RetentionAnswer>(
    "privacy-retention",
    async () => {
      const member = await getMember();
      const { workspaceId } = member;
      privacyPolicy.authorize(member, "privacy.retain", { workspaceId });
      const { db, queue } = runtime();
      await db.$transaction((tx) =>
        enqueue(queue, tx, applyRetention, [{ payload: { workspaceId } }]),
      );
      revalidatePath(PAGE);
      return {
        status: "done",
        message: "The removal has begun. What it removed is listed below when it is done.",
      };
    },
    (message) => ({ status: "refused", message }),
  );
}
