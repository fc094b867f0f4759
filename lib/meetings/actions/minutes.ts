"use server";

import { revalidatePath } from "next/cache";
import type { Typed } from "@/lib/actions/form-action";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { mailMinutes } from "../commands/mail-minutes";
import { writeMinutes } from "../commands/write-minutes";
import type { MinutesAnswer } from "../core/minutes-answer";
import { mailMinutesInput, minutesInput } from "../core/minutes-answer";

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>, typed: Typed): MinutesAnswer => ({
    status: "refused",
    message: fields.text ?? "This form was not complete. Load the page again.",
    text: String(typed.text ?? ""),
  }),
  refused: (message: string, typed: Typed): MinutesAnswer => ({
    status: "refused",
    message,
    text: String(typed.text ?? ""),
  }),
});

const write = formAction<typeof minutesInput, MinutesAnswer>(
  minutesInput,
  answers("write-minutes"),
  async ({ meetingId, text, version }) => {
    const actor = await getMember();
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, meetingId);
    const written = await writeMinutes({ actor, meeting, text, version }, deps);
    if (!written.ok) return { status: "changed", text };
    revalidatePath("/meetings", "layout");
    return { status: "saved" };
  },
);

/** Writes the minutes of a meeting over the version somebody saw. */
export async function writeMinutesAction(before: MinutesAnswer, form: FormData) {
  return write(before, form);
}

const send = formAction<typeof mailMinutesInput, MinutesAnswer>(
  mailMinutesInput,
  answers("mail-minutes"),
  async ({ meetingId }) => {
    const actor = await getMember();
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, meetingId);
    const sent = await mailMinutes({ actor, meeting }, deps);
    if (sent.ok) {
      revalidatePath("/meetings", "layout");
      return { status: "sent", mails: sent.value.mails };
    }
    return { status: sent.refusal };
  },
);

/** Sends the minutes to everybody who took part. */
export async function mailMinutesAction(before: MinutesAnswer, form: FormData) {
  return send(before, form);
}
