"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { formAction } from "@/lib/actions/form-action";
import { passwordProblem } from "@/lib/auth/core/password-rules";
import { REFUSAL_WORDS } from "@/lib/auth/core/refusal-words";
import { sessionCookieName, sessionCookieOptions } from "@/lib/auth/session";
import { clientAddress } from "@/lib/http/client-address";
import { consume } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { setUp } from "../commands/set-up";
import type { SetUpAnswer } from "../core/set-up-answer";
import { SET_UP_REFUSALS } from "../core/set-up-answer";
import { setUpInput } from "../schema";

const refused = (message: string, fields: Readonly<Record<string, string>> = {}): SetUpAnswer => ({
  status: "refused",
  message,
  fields,
});

const handle = formAction(
  setUpInput,
  {
    name: "set-up",
    invalid: (fields) => refused("Some of this needs another look.", fields),
    refused: (message) => refused(message),
  },
  async (input): Promise<SetUpAnswer> => {
    const from = await headers();
    const { address, throttleKey } = clientAddress(from);
    const counted = await consume("set-up-address", throttleKey);
    if (!counted.ok) {
      return refused(`Too many tries. Try again in ${counted.retryAfterSeconds} seconds.`);
    }
    const problem = passwordProblem(input.password, [input.name, input.email, input.workspaceName]);
    if (problem) return refused(REFUSAL_WORDS[problem], { password: REFUSAL_WORDS[problem] });
    const visitor = { address, userAgent: from.get("user-agent") };
    const made = await setUp(input, visitor, runtime());
    if (!made.ok) {
      const words = SET_UP_REFUSALS[made.refusal];
      return refused(words, made.refusal === "set-up-already" ? {} : { code: words });
    }
    const { token, expiresAt } = made.value;
    (await cookies()).set(sessionCookieName(), token, {
      ...sessionCookieOptions(),
      expires: new Date(expiresAt),
    });
    redirect("/");
  },
);

/** Sets the installation up with the form's one-time code, and signs its first admin in. */
export async function setUpAction(previous: SetUpAnswer, form: FormData): Promise<SetUpAnswer> {
  return handle(previous, form);
}
