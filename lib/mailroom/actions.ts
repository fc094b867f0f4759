"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { typedIn } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { clientAddress } from "@/lib/http/client-address";
import { consume } from "@/lib/http/throttle";
import { readAnswerLink } from "@/lib/mail/answer-link";
import { runtime } from "@/lib/runtime";
import { answerByLink } from "./commands/answer-by-link";
import { answerForm } from "./schema";

/** The page of a token, with a word for what went wrong; letters, digits, dots and dashes only. */
const pageOf = (token: string, trouble?: "busy" | "invalid"): string =>
  `/answer/${token.replace(/[^\w.-]/g, "")}${trouble === undefined ? "" : `?trouble=${trouble}`}`;

/**
 * Keeps the `answer` and `note` of whoever holds the form's `token`, and shows the invitation as it is then. Works
 * without scripts. A page that was only opened, as scanners of mail do, answers nothing.
 */
export async function answerInvitationAction(form: FormData): Promise<void> {
  await withAction(
    "answer-invitation",
    async () => {
      const typed = typedIn(form);
      const token = typeof typed.token === "string" ? typed.token : "";
      const parsed = answerForm.safeParse(typed);
      if (!parsed.success) redirect(pageOf(token, "invalid"));
      const deps = runtime();
      const link = readAnswerLink(deps.keys, token, deps.now());
      const door =
        link === undefined
          ? await consume("token-miss", clientAddress(await headers()).throttleKey)
          : await consume("guest-change", link.attendeeId);
      if (!door.ok) redirect(pageOf(token, "busy"));
      // A refusal needs no words of its own: the page says how the meeting stands.
      if (link !== undefined) await answerByLink(link, parsed.data, deps);
      redirect(pageOf(token));
    },
    () => undefined,
  );
}
