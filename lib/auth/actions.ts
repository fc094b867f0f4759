"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { withAction } from "@/lib/actions/with-action";
import { clientAddress } from "@/lib/http/client-address";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { ownPath } from "./own-path";
import { sessionCookieName, sessionCookieOptions, sessionToken } from "./session";
import { signIn, signOut } from "./sign-in";

export type SignInAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "refused";
      readonly message: string;
      /** The address as it was typed, so that a browser without scripts shows it again. */
      readonly email?: string;
      readonly retryAfterSeconds?: number;
    };

const WRONG = "This e-mail address and password do not match.";

const waitMessage = (seconds: number): string =>
  `Too many tries. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value.replaceAll("\0", "") : "";
};

async function trySignIn(form: FormData): Promise<SignInAnswer> {
  const from = await headers();
  const { db, keys, now } = runtime();
  const email = textOf(form, "email").slice(0, 254);
  const password = textOf(form, "password");
  if (email.trim() === "" || password === "") return { status: "refused", message: WRONG, email };
  const answer = await signIn(
    { email, password, address: clientAddress(from), userAgent: from.get("user-agent") },
    { db, keys, now, throttle: throttle() },
  );
  if (answer.ok) {
    const { token, expiresAt } = answer.value;
    const store = await cookies();
    // The old token, whoever put it there, is not what this person is known by from now on.
    const old = store.get(sessionCookieName())?.value;
    if (old !== undefined) await signOut(old, { db, keys, now });
    store.set(sessionCookieName(), token, {
      ...sessionCookieOptions(),
      expires: new Date(expiresAt),
    });
    redirect(ownPath(form.get("next")));
  }
  if (answer.refusal.reason === "wrong") return { status: "refused", message: WRONG, email };
  const { retryAfterSeconds } = answer.refusal;
  return { status: "refused", message: waitMessage(retryAfterSeconds), email, retryAfterSeconds };
}

/** Signs in with the form's `email` and `password` and goes to its `next`, a path of ours. Works without scripts. */
export async function signInAction(_previous: SignInAnswer, form: FormData): Promise<SignInAnswer> {
  return withAction(
    "sign-in",
    () => trySignIn(form),
    (message) => ({ status: "refused", message }),
  );
}

/** Ends the session and shows the sign-in page. */
export async function signOutAction(): Promise<void> {
  await withAction(
    "sign-out",
    async () => {
      const token = await sessionToken();
      const { db, keys, now } = runtime();
      if (token !== undefined) await signOut(token, { db, keys, now });
      // A `__Host-` cookie is only replaced by one with the same attributes, also to end it.
      const ended = { ...sessionCookieOptions(), maxAge: 0 };
      (await cookies()).set(sessionCookieName(), "", ended);
    },
    () => undefined,
  );
  redirect("/");
}
