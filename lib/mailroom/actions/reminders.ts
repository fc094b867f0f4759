"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { chooseReminders } from "@/lib/meetings/commands/choose-reminders";
import { runtime } from "@/lib/runtime";
import type { MailroomAnswer } from "../core/mail-answers";
import { remindersForm } from "../schema";

const choose = formAction<typeof remindersForm, MailroomAnswer>(
  remindersForm,
  {
    name: "choose-reminders",
    invalid: (fields) => ({
      status: "refused",
      message: fields.minutes ?? "Not saved: choose again.",
      fields,
    }),
    refused: (message) => ({ status: "refused", message, fields: {} }),
  },
  async ({ usual, minutes }) => {
    const actor = await getMember();
    await chooseReminders({ actor, minutes: usual ? null : minutes }, runtime());
    revalidatePath("/settings/notifications");
    return { status: "done", message: "Saved." };
  },
);

/** Sets when the reader is reminded of their own meetings: the form's `minutes`, or as `usual`. */
export async function chooseRemindersAction(previous: MailroomAnswer, form: FormData) {
  return choose(previous, form);
}
