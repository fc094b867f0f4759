import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { runtime } from "@/lib/runtime";
import { accessFromSettings, needsCredentials } from "./core/credentials";
import type { ProviderName } from "./core/provider";
import { PROVIDER_NAMES } from "./core/provider";
import type { VirtualRoomView } from "./core/virtual-room";
import { virtualRoomPolicy } from "./policy";
import { listVirtualRooms } from "./reads/rooms";

export type VirtualRoomsPage = {
  readonly rooms: readonly VirtualRoomView[];
  /** Providers this server has credentials for in its settings; what they are is nobody's to see. */
  readonly configured: readonly ProviderName[];
  readonly appUrl: string;
};

const configured = (): ProviderName[] =>
  PROVIDER_NAMES.filter(
    (name) => needsCredentials(name) && accessFromSettings(name, env) !== undefined,
  );

/** Every virtual room of the reader's workspace; to those who do not manage meetings the page does not exist. */
export async function loadVirtualRooms(): Promise<VirtualRoomsPage> {
  const member = await getMember();
  const { workspaceId } = member;
  if (!virtualRoomPolicy.can(member, "virtual-room.read", { workspaceId })) notFound();
  const { db, now, appUrl } = runtime();
  const rooms = await listVirtualRooms(db, workspaceId, now());
  return { rooms, configured: configured(), appUrl };
}

/** One virtual room; absent, archived and foreign look the same: not found. */
export async function loadVirtualRoom(
  id: string,
): Promise<VirtualRoomsPage & { readonly room: VirtualRoomView }> {
  const page = await loadVirtualRooms();
  const room = page.rooms.find((one) => one.id === id);
  return room === undefined ? notFound() : { ...page, room };
}
