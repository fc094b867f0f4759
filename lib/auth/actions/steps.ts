"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { withAction } from "@/lib/actions/with-action";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { enterBrowser, findHeld, letGo, visitorOf } from "../browser";
import type { FormAnswer } from "../core/form-answer";
import { ownPath } from "../core/own-path";
import type { PasskeyAnswer } from "../core/passkey-shapes";
import { passkeyAnswer } from "../core/passkey-shapes";
import { REFUSAL_WORDS } from "../core/refusal-words";
import { refusedFor } from "../own-action";
import { enterWithPasskey, finishWithPasskey } from "../passkey-entry";
import { enterWithCode } from "../second-factor";

/** The second step of signing in, with the form's `code`: of the app, or one of the recovery codes. */
export const enterCodeAction = async (previous: FormAnswer, form: FormData): Promise<FormAnswer> =>
  formAction<typeof codeForm, FormAnswer>(
    codeForm,
    {
      name: "second-factor",
      invalid: () => refusedFor("wrong-code"),
      refused: (message) => ({ status: "refused", message }),
    },
    async ({ code }) => {
      const stepToken = await findHeld("second-factor");
      const deps = { ...runtime(), throttle: throttle() };
      const answer = await enterWithCode({ stepToken, code, ...(await visitorOf()) }, deps);
      if (answer.ok) redirect(await enterBrowser(answer.value.opened, answer.value));
      const { refusal } = answer;
      if (refusal.reason === "wrong") return refusedFor("wrong-code");
      if (refusal.reason === "over") return refusedFor("over");
      const { retryAfterSeconds } = refusal;
      return { status: "refused", message: REFUSAL_WORDS["too-many-tries"], retryAfterSeconds };
    },
  )(previous, form);

const codeForm = z.strictObject({ code: z.string().trim().min(6).max(40) });

/** Leaves a sign-in that waits for its second step. */
export async function leaveStepAction(): Promise<void> {
  await withAction(
    "second-factor-leave",
    () => letGo("second-factor"),
    () => undefined,
  );
  redirect("/");
}

const passkeyEntry = z.strictObject({
  purpose: z.enum(["sign-in", "second-factor"]),
  response: passkeyAnswer,
  next: z.string().max(512).optional(),
});

/** Signs in with a passkey, or takes the second step with one. Goes on by itself; answers only with a refusal. */
export async function enterPasskeyAction(input: {
  purpose: "sign-in" | "second-factor";
  response: PasskeyAnswer;
  next?: string | undefined;
}): Promise<FormAnswer> {
  return withAction<FormAnswer>(
    "passkey",
    async () => {
      const parsed = passkeyEntry.safeParse(input);
      if (!parsed.success) return refusedFor("passkey-wrong");
      const { purpose, response } = parsed.data;
      const deps = { ...runtime(), throttle: throttle() };
      const shown = { stepToken: await findHeld("passkey"), response, ...(await visitorOf()) };
      if (purpose === "sign-in") {
        const answer = await enterWithPasskey(shown, deps);
        if (!answer.ok) return refusedFor(answer.refusal);
        const { opened, email } = answer.value;
        redirect(await enterBrowser(opened, { email, next: ownPath(parsed.data.next) }));
      }
      const owedToken = await findHeld("second-factor");
      const answer = await finishWithPasskey({ ...shown, owedToken }, deps);
      if (!answer.ok) return refusedFor(answer.refusal);
      redirect(await enterBrowser(answer.value.opened, answer.value));
    },
    (message) => ({ status: "refused", message }),
  );
}
