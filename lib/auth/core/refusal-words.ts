import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from "./password-rules";

/** What somebody is told whose sign-in, or whose change of their own account, was refused. */
export const REFUSAL_WORDS = {
  wrong: "This does not match.",
  "wrong-code": "This code is not right, or was used already. A new one comes every 30 seconds.",
  over: "This sign-in has ended. Begin again.",
  "too-many-tries": "Too many tries. Try again in a quarter of an hour.",
  "too-short": `Use at least ${MIN_PASSWORD_CHARACTERS} characters. A few words that do not belong together do well.`,
  "too-long": `Use at most ${MAX_PASSWORD_CHARACTERS} characters.`,
  "too-common":
    "This is among the first passwords anybody would try. Choose something less expected.",
  "no-account": "There is no such account any more.",
  "no-link": "This link was used, replaced or has expired. Ask for a new one.",
  gone: "This link was used, replaced or has expired.",
  elsewhere: "Open the link in the browser in which you asked for it.",
  "not-an-address": "Enter one mail address, such as name@example.org.",
  "no-name": "Enter your name.",
  same: "This is your address already.",
  taken: "This is in use already.",
  "no-step": "That took too long. Try again.",
  "passkey-wrong": "This passkey was not accepted.",
  "passkey-taken": "This passkey is in use already.",
  "too-many": "There are too many already. Remove one first.",
  "already-on": "An authenticator app is set up already.",
  "not-offered": "Begin again: the key that was shown has been replaced.",
  "only-way-in":
    "This is the only way to sign in to your account. Set a password or add a passkey first.",
  absent: "There is nothing here any more.",
  busy: "Many people are signing in right now. Try again in a few seconds.",
} as const;

export type RefusalReason = keyof typeof REFUSAL_WORDS;
