import type { Result } from "@/lib/result";
import type { ConferencingProvider, ProviderName, ProviderTrouble } from "./provider";

/** What of a virtual room leads to its provider. */
export type RoomAccess = {
  readonly workspaceId: string;
  readonly virtualRoomId: string;
  readonly provider: ProviderName;
  readonly address: string | null;
  readonly credentials: "environment" | "stored";
};

/** Opens the provider of a virtual room with the credentials it is given: the environment's, or those stored for it. */
export type OpenProvider = (
  room: RoomAccess,
) => Promise<Result<ConferencingProvider, ProviderTrouble>>;
