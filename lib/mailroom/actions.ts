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

type Shown = { readonly locale?: string | undefined; readonly trouble?: "busy" | "invalid" };

/** The page of a token, in its reader's language, with a word for what went wrong. */
function pageOf(token: string, { locale, trouble }: Shown): string {
  const query = new URLSearchParams({
    ...(locale === undefined ? {} : { locale }),
    ...(trouble === undefined ? {} : { trouble }),
  });
  // Of a path that somebody made up only what a token may hold.
  const path = `/answer/${token.replace(/[^\w.-]/g, "")}`;
  return query.size === 0 ? path : `${path}?${query}`;
}

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
      if (!parsed.success) redirect(pageOf(token, { trouble: "invalid" }));
      const { locale, answer, note } = parsed.data;
      const deps = runtime();
      const link = readAnswerLink(deps.keys, token, deps.now());
      const door =
        link === undefined
          ? await consume("token-miss", clientAddress(await headers()).throttleKey)
          : await consume("guest-change", link.attendeeId);
      if (!door.ok) redirect(pageOf(token, { locale, trouble: "busy" }));
      // A refusal needs no words of its own: the page says how the meeting stands.
      if (link !== undefined) await answerByLink(link, { answer, note }, deps);
      redirect(pageOf(token, { locale }));
    },
    () => undefined,
  );
}
