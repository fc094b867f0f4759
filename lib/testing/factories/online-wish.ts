import { v7 as newId, v4 as randomId } from "uuid";
import type { OnlineWish, ProviderAccount } from "@/lib/conferencing/core/provider";
import { PLAIN_SETTINGS } from "@/lib/conferencing/core/provider";
import type { ProviderStoreOptions } from "@/lib/conferencing/writes/provider-store";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { at } from "@/lib/testing/house";
import { UTC } from "@/lib/time/zone";
import { makeWorkspace } from "./workspace";

export type ProviderHome = Pick<ProviderStoreOptions, "workspaceId" | "virtualRoomId"> & {
  readonly account: ProviderAccount;
};

/** A virtual room with one account, in a workspace of its own, so that nothing is known of the provider yet. */
export async function makeProviderHome(
  db: Db,
  provider: "zoom" | "google_meet" | "teams",
  name = "host@example.com",
): Promise<ProviderHome> {
  const workspaceId = await makeWorkspace(db);
  const virtualRoomId = newId();
  const account = { id: newId(), name };
  await insertRows(db, [
    {
      table: "virtual_room",
      rows: [
        {
          workspace_id: workspaceId,
          id: virtualRoomId,
          name: provider,
          provider,
          settings: {},
          credentials: "environment",
          is_default: false,
          active: true,
          version: 1,
          created_at: new Date(0).toISOString(),
        },
      ],
    },
    {
      table: "virtual_account",
      rows: [
        {
          workspace_id: workspaceId,
          id: account.id,
          virtual_room_id: virtualRoomId,
          name,
          active: true,
          position: 0,
        },
      ],
    },
  ]);
  return { workspaceId, virtualRoomId, account };
}

/** A meeting that is wanted: one hour, on 1 December 2026. */
export const wishOf = (
  account: ProviderAccount,
  given: Partial<Omit<OnlineWish, "account">> = {},
): OnlineWish => ({
  key: randomId(),
  subject: "Delivery plan",
  agenda: null,
  start: at("2026-12-01T05:00:00Z"),
  end: at("2026-12-01T06:00:00Z"),
  zone: UTC,
  recurring: false,
  settings: PLAIN_SETTINGS,
  mayExist: false,
  account,
  ...given,
});
