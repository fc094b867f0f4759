"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { newToken } from "@/lib/crypto/token";
import { throttle } from "@/lib/http/throttle";
import { parsePlainAddress } from "@/lib/mail/address";
import { runtime } from "@/lib/runtime";
import { askForLink, enterWithLink } from "../account-links";
import { enterBrowser, findHeld, hold, visitorOf } from "../browser";
import { confirmNewEmail, undoEmailChange } from "../change-email";
import type { FormAnswer } from "../core/form-answer";
import { ownPath } from "../core/own-path";
import { acceptInvitation } from "../invitations";
import { refusedFor } from "../own-action";
import { SignInBusy } from "../password";
import { resetPassword } from "../passwords";

const refused = (message: string): FormAnswer => ({ status: "refused", message });
const typedOf = (typed: object, ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).filter(
      (entry): entry is [string, string] =>
        names.includes(entry[0]) && typeof entry[1] === "string",
    ),
  );

const askForm = z.strictObject({
  purpose: z.enum(["sign-in", "password-reset"]),
  email: z.string().max(254),
});

/**
 * Asks for a link by mail: the form's `purpose` and `email`. The answer is `done` for every address, known or not,
 * after the same work.
 */
export const askLinkAction = async (previous: FormAnswer, form: FormData): Promise<FormAnswer> =>
  formAction<typeof askForm, FormAnswer>(
    askForm,
    {
      name: "ask-link",
      invalid: (_fields, typed) => ({
        ...refusedFor("not-an-address"),
        typed: typedOf(typed, "email"),
      }),
      refused,
    },
    async ({ purpose, email }) => {
      const typed = { email };
      if (parsePlainAddress(email.trim()) === undefined) {
        return { ...refusedFor("not-an-address"), typed };
      }
      const { client } = await visitorOf();
      // A link for signing in opens in this browser only; one for a new password may be opened on a phone.
      const browser = purpose === "sign-in" ? ((await findHeld("link")) ?? newToken()) : null;
      if (browser !== null) await hold("link", browser);
      const deps = { ...runtime(), throttle: throttle() };
      const asked = await askForLink({ purpose, email, browser, address: client }, deps);
      if (asked.ok) return { status: "done" };
      const { retryAfterSeconds } = asked.refusal;
      return { ...refusedFor("too-many-tries"), typed, retryAfterSeconds };
    },
  )(previous, form);

const token = z.string().regex(/^[\w-]{43}$/);
const openForm = z.strictObject({ token, next: z.string().max(512).optional() });

/** The first step of signing in, with the mailed `token`. Only this uses it up: looking at its page does not. */
export const openLinkAction = async (previous: FormAnswer, form: FormData): Promise<FormAnswer> =>
  formAction<typeof openForm, FormAnswer>(
    openForm,
    { name: "open-link", invalid: () => refusedFor("no-link"), refused },
    async (input) => {
      const next = ownPath(input.next);
      const browser = await findHeld("link");
      const visitor = await visitorOf();
      const answer = await enterWithLink(
        { token: input.token, browser, next, ...visitor },
        runtime(),
      );
      if (!answer.ok) return refusedFor(answer.refusal === "gone" ? "no-link" : "elsewhere");
      redirect(await enterBrowser(answer.value.entered, { email: answer.value.email, next }));
    },
  )(previous, form);

const resetForm = z.strictObject({ token, password: z.string().max(1_000) });

/** Sets a new password with the mailed `token`. Signs nobody in: that is done with the new password. */
export const resetPasswordAction = async (
  previous: FormAnswer,
  form: FormData,
): Promise<FormAnswer> =>
  formAction<typeof resetForm, FormAnswer>(
    resetForm,
    { name: "reset-password", invalid: () => refusedFor("no-link"), refused },
    async (input) =>
      whenNotBusy(async () => {
        const answer = await resetPassword(input, runtime());
        return answer.ok ? { status: "done" } : refusedFor(answer.refusal);
      }),
  )(previous, form);

async function whenNotBusy(work: () => Promise<FormAnswer>): Promise<FormAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignInBusy) return refusedFor("busy");
    throw error;
  }
}

const acceptForm = z.strictObject({
  token,
  name: z.string().trim().min(1).max(120),
  password: z.string().max(1_000),
});

/** Accepts an invitation with the mailed `token`, a `name` and a `password`, and signs in. */
export const acceptInvitationAction = async (
  previous: FormAnswer,
  form: FormData,
): Promise<FormAnswer> =>
  formAction<typeof acceptForm, FormAnswer>(
    acceptForm,
    {
      name: "accept-invitation",
      invalid: (fields, typed) => ({
        ...refusedFor("name" in fields ? "no-name" : "gone"),
        typed: typedOf(typed, "name"),
      }),
      refused,
    },
    async (input) =>
      whenNotBusy(async () => {
        const answer = await acceptInvitation({ ...input, ...(await visitorOf()) }, runtime());
        if (!answer.ok) return { ...refusedFor(answer.refusal), typed: { name: input.name } };
        const { entered, email } = answer.value;
        redirect(await enterBrowser(entered, { email, next: "/" }));
      }),
  )(previous, form);

const tokenForm = z.strictObject({ token });

/** Changes the address an account is signed in to with, by the `token` that was mailed to the new one. */
export const confirmEmailAction = async (
  previous: FormAnswer,
  form: FormData,
): Promise<FormAnswer> =>
  formAction<typeof tokenForm, FormAnswer>(
    tokenForm,
    { name: "confirm-email", invalid: () => refusedFor("gone"), refused },
    async (input) => {
      const answer = await confirmNewEmail(input.token, runtime());
      return answer.ok ? { status: "done" } : refusedFor(answer.refusal);
    },
  )(previous, form);

/** Brings the old address back, by the `token` that was mailed to it. */
export const undoEmailAction = async (previous: FormAnswer, form: FormData): Promise<FormAnswer> =>
  formAction<typeof tokenForm, FormAnswer>(
    tokenForm,
    { name: "undo-email", invalid: () => refusedFor("gone"), refused },
    async (input) => {
      const answer = await undoEmailChange(input.token, runtime());
      return answer.ok ? { status: "done" } : refusedFor(answer.refusal);
    },
  )(previous, form);
