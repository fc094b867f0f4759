import type { Member } from "@/lib/access/actor";
import { addAccount } from "@/lib/conferencing/commands/save-accounts";
import { setCredentials } from "@/lib/conferencing/commands/save-credentials";
import { makeVirtualRoom } from "@/lib/conferencing/commands/save-virtual-room";
import type { ProviderName } from "@/lib/conferencing/core/provider";
import { credentialsInput, newVirtualRoom } from "@/lib/conferencing/schema";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Deps } from "@/lib/runtime";
import type { Person } from "./workspace";

/** Somebody who manages meetings. */
export const asManager = (person: Person): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups: ["meeting_manager"],
});

/** A virtual room as a manager makes one, with its accounts and, where they are given, credentials of its own. */
export async function makeOnlineRoom(
  deps: Deps,
  person: Person,
  given: {
    readonly provider: ProviderName;
    readonly name?: string;
    readonly address?: string;
    readonly summary?: boolean;
    readonly accounts?: readonly { readonly name: string; readonly seats: number }[];
    readonly credentials?: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const actor = asManager(person);
  const made = await makeVirtualRoom(
    {
      actor,
      input: newVirtualRoom.parse({
        name: given.name ?? "Calls",
        provider: given.provider,
        ...(given.address === undefined ? {} : { address: given.address }),
        ...(given.summary === true ? { summary: "on" } : {}),
      }),
    },
    deps,
  );
  if (!made.ok) throw new Error(made.refusal.reason);
  const roomId = made.value.id;
  for (const { name: account, seats } of given.accounts ?? []) {
    const added = await addAccount({ actor, input: { roomId, account, seats } }, deps);
    if (!added.ok) throw new Error(added.refusal.reason);
  }
  if (given.credentials !== undefined) {
    const input = credentialsInput.parse({ roomId, ...given.credentials });
    const set = await setCredentials({ actor, input }, deps);
    if (!set.ok) throw new Error(JSON.stringify(set.refusal));
  }
  return roomId;
}
