import { SealError } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Db } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { CredentialSettings, ProviderAccess, ProviderAddresses } from "../core/credentials";
import { accessFromSettings, accessOf, needsCredentials } from "../core/credentials";
import type { ProviderTrouble } from "../core/provider";
import type { OpenProvider, RoomAccess } from "../core/room-provider";
import { PROVIDER_WORDS } from "../core/virtual-room";
import type { ProviderDeps } from "../providers/call";
import { makeProvider } from "../providers/make-provider";
import { findStoredCredentials } from "../reads/credentials";
import { providerStore } from "../writes/provider-store";

type Opening = {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly now: () => Instant;
  readonly settings: CredentialSettings;
  readonly addresses: ProviderAddresses;
  readonly fetch: ProviderDeps["fetch"];
};

const missing = (room: RoomAccess): ProviderTrouble => {
  const provider = PROVIDER_WORDS[room.provider];
  return {
    kind: "credentials",
    cause:
      room.credentials === "stored"
        ? `The credentials of ${provider} stored for this virtual room cannot be used. Set them again.`
        : `This server has no credentials of ${provider}. Set them for this virtual room, or in the server's settings.`,
    detail: `no ${room.credentials} credentials`,
  };
};

/** What was stored; nothing, where the key it was sealed with is gone: it has to be set again, and says so. */
async function readStored(room: RoomAccess, { db, keys }: Opening): Promise<unknown> {
  try {
    return await findStoredCredentials(db, keys, room);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

async function accessTo(
  room: RoomAccess,
  given: Opening,
): Promise<Result<ProviderAccess, ProviderTrouble>> {
  const { provider, address } = room;
  if (provider === "jitsi") return ok({ name: "jitsi", address });
  if (provider === "link") return ok({ name: "link", address: address ?? "" });
  if (!needsCredentials(provider)) return refuse(missing(room));
  const access =
    room.credentials === "stored"
      ? accessOf(provider, await readStored(room, given))
      : accessFromSettings(provider, given.settings);
  return access === undefined ? refuse(missing(room)) : ok(access);
}

/** Opens virtual rooms' providers with the environment's credentials or their own; nothing is remembered in between. */
export const providerOpener =
  (given: Opening): OpenProvider =>
  async (room) => {
    const access = await accessTo(room, given);
    if (!access.ok) return access;
    const { db, keys, now, addresses, fetch } = given;
    const { workspaceId, virtualRoomId } = room;
    const store = providerStore({ db, keys, workspaceId, virtualRoomId });
    return ok(makeProvider(access.value, { addresses, fetch, store, now }));
  };
