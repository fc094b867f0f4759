"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { withAction } from "@/lib/actions/with-action";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { enterBrowser, findHeld, visitorOf } from "./browser";
import { ownPath } from "./core/own-path";
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
  const { client, userAgent } = await visitorOf();
  const { db, keys, now } = runtime();
  const email = textOf(form, "email").slice(0, 254);
  const password = textOf(form, "password");
  if (email.trim() === "" || password === "") return { status: "refused", message: WRONG, email };
  const next = ownPath(form.get("next"));
  const known = await findHeld("known");
  const answer = await signIn(
    { email, password, address: client, userAgent, next, known },
    { db, keys, now, throttle: throttle() },
  );
  if (answer.ok) redirect(await enterBrowser(answer.value, { email, next }));
  if (answer.refusal.reason === "wrong") return { status: "refused", message: WRONG, email };
  const { retryAfterSeconds } = answer.refusal;
  return { status: "refused", message: waitMessage(retryAfterSeconds), email, retryAfterSeconds };
}

/**
 * The first step of signing in, with the form's `email` and `password`; goes to its `next`, a path of ours, or to the
 * second step. Works without scripts.
 */
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
