"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { liftSuppression } from "../commands/lift-suppression";
import { retryMail } from "../commands/retry-mail";
import type { MailroomAnswer } from "../core/mail-answers";
import { mailroomPolicy } from "../policy";
import { retryForm, suppressionForm } from "../schema";

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>): MailroomAnswer => ({
    status: "refused",
    message: "Nothing was done. Look at the marked fields.",
    fields,
  }),
  refused: (message: string): MailroomAnswer => ({ status: "refused", message, fields: {} }),
});

const refused = (message: string): MailroomAnswer => ({ status: "refused", message, fields: {} });

const lift = formAction<typeof suppressionForm, MailroomAnswer>(
  suppressionForm,
  answers("lift-suppression"),
  async (input) => {
    const member = await getMember();
    const { workspaceId } = member;
    const grant = mailroomPolicy.authorize(member, "mail.suppressions", { workspaceId });
    const lifted = await liftSuppression(input, grant, runtime());
    if (!lifted.ok) return refused("This address takes mail already.");
    revalidatePath("/admin/mail/suppressions");
    return { status: "done", message: `Mail goes to ${input.email} again.` };
  },
);

const retry = formAction<typeof retryForm, MailroomAnswer>(
  retryForm,
  answers("retry-mail"),
  async ({ mailId }) => {
    const member = await getMember();
    const { workspaceId } = member;
    mailroomPolicy.authorize(member, "mail.deliveries", { workspaceId });
    const sent = await retryMail({ actor: member, mailId }, runtime());
    if (!sent.ok) {
      return refused(
        sent.refusal === "still-waiting"
          ? "This mail still waits to be sent."
          : "Its words are gone: they were removed with its reader’s details.",
      );
    }
    revalidatePath("/admin/mail");
    return { status: "done", message: "The mail is on its way again." };
  },
);

/** Lets mail go to the form's `email` again, for its `reason`. */
export async function liftSuppressionAction(previous: MailroomAnswer, form: FormData) {
  return lift(previous, form);
}

/** Sends the form's `mailId` again. */
export async function retryMailAction(previous: MailroomAnswer, form: FormData) {
  return retry(previous, form);
}
