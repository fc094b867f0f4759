"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { consume } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { chooseNotifications } from "../commands/choose-notifications";
import { createApiKey } from "../commands/create-api-key";
import { revokeApiKey } from "../commands/revoke-api-key";
import type { ProfileGrant } from "../commands/update-profile";
import { changePhoto, updateProfile } from "../commands/update-profile";
import type { SettingsAnswer } from "../core/settings";
import { MOST_KEYS } from "../core/settings";
import { peoplePolicy } from "../policy";
import { listApiKeys } from "../reads/settings";
import { apiKeyInput, idInput, noInput, notificationsInput, profileInput } from "../schema";

const done = (message: string, more: { version?: number; key?: string } = {}): SettingsAnswer => ({
  status: "done",
  message,
  ...more,
});
const refused = (message: string): SettingsAnswer => ({ status: "refused", message });

const answers = (name: string) => ({
  name,
  invalid: (fields: Readonly<Record<string, string>>): SettingsAnswer => ({
    status: "refused",
    message: "Not saved: some of this needs another look.",
    fields,
  }),
  refused,
});

/** The right to one's own settings. Throws NotSignedIn. */
async function ownGrant(): Promise<ProfileGrant> {
  const member = await getMember();
  const { workspaceId, userId } = member;
  return peoplePolicy.authorize(member, "people.edit-profile", { workspaceId, userId });
}

async function keyGrant() {
  const member = await getMember();
  const own = { workspaceId: member.workspaceId, userId: member.userId };
  return { own, by: peoplePolicy.authorize(member, "people.create-key", own) };
}

const save = formAction(profileInput, answers("update-profile"), async (input) => {
  const saved = await updateProfile(input, await ownGrant(), runtime());
  if (!saved.ok) {
    return {
      status: "refused",
      message: "These settings were saved somewhere else meanwhile. Compare, then save again.",
      current: saved.refusal.current,
    } satisfies SettingsAnswer;
  }
  revalidatePath("/", "layout");
  return done("Saved.", { version: saved.value.version });
});

const noPhoto = formAction(noInput, answers("remove-photo"), async () => {
  await changePhoto(null, await ownGrant(), runtime());
  revalidatePath("/", "layout");
  return done("The photo is removed.");
});

const notifications = formAction(
  notificationsInput,
  answers("choose-notifications"),
  async (input) => {
    await chooseNotifications(input.on, await ownGrant(), runtime());
    revalidatePath("/settings/notifications");
    return done("Saved.");
  },
);

const createKey = formAction(apiKeyInput, answers("create-api-key"), async ({ name }) => {
  const { own, by } = await keyGrant();
  const deps = runtime();
  const counted = await consume("api-key-member", own.userId);
  if (!counted.ok) {
    const minutes = Math.ceil(counted.retryAfterSeconds / 60);
    return refused(`Too many keys in a short time. Try again in ${minutes} minutes.`);
  }
  if ((await listApiKeys(deps.db, own)).length >= MOST_KEYS) {
    return refused(`${MOST_KEYS} keys are the most. Revoke one that is no longer used.`);
  }
  const made = await createApiKey({ ...own, name }, by, deps);
  if (!made.ok) return refused("There is nobody here any more.");
  revalidatePath("/settings/keys");
  return done(`“${name}” is made.`, { key: made.value.key });
});

const revokeKey = formAction(idInput, answers("revoke-api-key"), async ({ id }) => {
  const { own, by } = await keyGrant();
  const ended = await revokeApiKey({ ...own, id }, by, runtime());
  if (!ended.ok) return refused("There is no such key any more.");
  revalidatePath("/settings/keys");
  return done("The key is revoked. Its next call is refused.");
});

/** Saves the reader's own profile and how they read, as seen at `version`. */
export async function updateProfileAction(previous: SettingsAnswer, form: FormData) {
  return save(previous, form);
}

/** Removes the reader's own photo. */
export async function removePhotoAction(previous: SettingsAnswer, form: FormData) {
  return noPhoto(previous, form);
}

/** Sets which of the reader's own notifications are `on`. */
export async function chooseNotificationsAction(previous: SettingsAnswer, form: FormData) {
  return notifications(previous, form);
}

/** Makes an API key called `name` for the reader; the answer carries it, once. */
export async function createApiKeyAction(previous: SettingsAnswer, form: FormData) {
  return createKey(previous, form);
}

/** Revokes the reader's own API key `id`. */
export async function revokeApiKeyAction(previous: SettingsAnswer, form: FormData) {
  return revokeKey(previous, form);
}
