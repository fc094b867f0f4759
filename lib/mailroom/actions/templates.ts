"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { previewMail } from "../commands/preview-mail";
import type { TemplateConflict } from "../commands/save-template";
import { resetTemplate, saveTemplate } from "../commands/save-template";
import type { MailPreviewAnswer, MailroomAnswer } from "../core/mail-answers";
import { sampleFacts } from "../core/sample-facts";
import { mailroomPolicy } from "../policy";
import { getPreviewReader } from "../reads";
import { previewForm, templateForm, templateReset } from "../schema";

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>): MailroomAnswer => ({
    status: "refused",
    message: "Nothing was saved. Look at the marked fields.",
    fields,
  }),
  refused: (message: string): MailroomAnswer => ({ status: "refused", message, fields: {} }),
});

/** The right to change what mails of one's own workspace say. Throws AccessDenied. */
async function wordsGrant() {
  const member = await getMember();
  const { workspaceId } = member;
  return { member, grant: mailroomPolicy.authorize(member, "mail.words", { workspaceId }) };
}

const meanwhile = (current: TemplateConflict): MailroomAnswer => ({
  status: "refused",
  message: "Somebody else changed these words meanwhile. Compare, then save again.",
  fields: {},
  current,
});

const save = formAction<typeof templateForm, MailroomAnswer>(
  templateForm,
  answers("save-mail-words"),
  async (input) => {
    const { grant } = await wordsGrant();
    const saved = await saveTemplate(input, grant, runtime());
    if (!saved.ok) return meanwhile(saved.refusal);
    revalidatePath("/admin/mail/templates");
    return { status: "done", message: "Saved.", version: saved.value.version };
  },
);

const reset = formAction<typeof templateReset, MailroomAnswer>(
  templateReset,
  answers("reset-mail-words"),
  async (input) => {
    const { grant } = await wordsGrant();
    const done = await resetTemplate(input, grant, runtime());
    if (!done.ok) return meanwhile(done.refusal);
    revalidatePath("/admin/mail/templates");
    return { status: "done", message: "This mail says again what Meridian says.", version: 0 };
  },
);

const preview = formAction<typeof previewForm, MailPreviewAnswer>(
  previewForm,
  {
    name: "preview-mail",
    invalid: (fields): MailPreviewAnswer => ({ status: "invalid", fields }),
    refused: (message): MailPreviewAnswer => ({ status: "failed", message }),
  },
  async ({ event, role, locale, ...words }) => {
    const { member } = await wordsGrant();
    const { db, senderAddress, appUrl } = runtime();
    const reader = await getPreviewReader(db, member);
    const facts = sampleFacts(event, role, {
      ...reader,
      senderAddress,
      appUrl,
      locale,
    });
    return { status: "seen" as const, ...(await previewMail(facts, words)) };
  },
);

/** Keeps the form's `subject` and `opening` for one mail, as seen at `version`. */
export async function saveTemplateAction(previous: MailroomAnswer, form: FormData) {
  return save(previous, form);
}

/** Gives one mail back the product's words, as seen at `version`. */
export async function resetTemplateAction(previous: MailroomAnswer, form: FormData) {
  return reset(previous, form);
}

/** One mail of the matrix with the words as they are typed. Changes nothing. */
export async function previewMailAction(previous: MailPreviewAnswer, form: FormData) {
  return preview(previous, form);
}
