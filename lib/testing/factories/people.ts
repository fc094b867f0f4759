import { randomBytes, randomUUID } from "node:crypto";
import type { Group } from "@/lib/access/actor";
import type { KeyRing } from "@/lib/crypto/keys";
import { keyRingOf } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { createUser } from "@/lib/people/commands/create-user";
import { instantOf } from "@/lib/time/instant";

export const testKeys = (): KeyRing => keyRingOf([randomBytes(32)]);

export async function makeWorkspace(db: Database, name = "Test"): Promise<WorkspaceId> {
  const id = randomUUID();
  await db.workspace.create({ data: { id, name, zone: "Europe/Berlin" } });
  return id as WorkspaceId;
}

export const PASSWORD = "right horse battery";

/** A person made the way the application makes one, with the password above. */
export async function makePerson(
  db: Database,
  keys: KeyRing,
  about: {
    readonly workspaceId: WorkspaceId;
    readonly email?: string;
    readonly name?: string;
    readonly groups?: readonly Group[];
  },
): Promise<{ readonly id: UserId; readonly email: string }> {
  const email = about.email ?? `${randomUUID()}@example.org`;
  const made = await createUser(
    {
      workspaceId: about.workspaceId,
      email,
      name: about.name ?? "Test Person",
      groups: [...(about.groups ?? ["meeting_user"])],
      password: PASSWORD,
    },
    "operator",
    { db, keys, now: () => instantOf(Date.now()) },
  );
  if (!made.ok) throw new Error(made.refusal);
  return { id: made.value.id, email };
}
