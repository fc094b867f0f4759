import type { Group } from "@/lib/access/actor";
import type { ResourceId, RoomId } from "@/lib/ids";
import type { TimeZone } from "@/lib/time/zone";

/** Weekly opening hours, minutes of the room's own wall clock; 0 is Sunday. */
export type RoomHours = readonly (readonly [day: number, from: number, to: number])[];

/** What a meeting needs to know of a room it takes. */
export type BookableRoom = {
  readonly id: RoomId;
  readonly resourceId: ResourceId;
  readonly name: string;
  readonly location: string;
  readonly floor: string | null;
  readonly detail: string | null;
  readonly zone: TimeZone;
  readonly capacity: number;
  readonly active: boolean;
  /** Before and after each meeting the room is taken this much longer. */
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  /** Whatever must be free and is taken with it: its own resource, then those of its parts. */
  readonly claims: readonly ResourceId[];
  readonly needsApproval: boolean;
  readonly keeperId: string | null;
  /** Whose members may book it; empty is everybody who makes meetings. */
  readonly bookingGroups: readonly Group[];
  readonly checkIn: boolean;
  readonly releaseMinutes: number;
};

/** A room as it is looked at: what it has, and where. */
export type RoomFace = {
  readonly id: RoomId;
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly floor: string | null;
  readonly detail: string | null;
  readonly capacity: number;
  readonly equipment: readonly string[];
  readonly photoId: string | null;
  readonly needsApproval: boolean;
};

/** A room with every setting, for those who manage rooms. */
export type RoomSettings = RoomFace & {
  readonly active: boolean;
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly keeperId: string | null;
  readonly bookingGroups: readonly Group[];
  readonly checkIn: boolean;
  readonly releaseMinutes: number;
  readonly hours: RoomHours;
  /** The rooms it is made of; empty for most. */
  readonly partIds: readonly string[];
  /** The joined rooms it is a part of. */
  readonly wholeIds: readonly string[];
  readonly version: number;
};

export type Location = {
  readonly name: string;
  readonly zone: TimeZone;
  readonly address: string | null;
  readonly rooms: number;
};

/** Out of service, [from, to) in epoch ms. */
export type RoomClosure = {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly note: string | null;
};

/** Equipment that is offered when a room is described; others can be typed. */
export const USUAL_EQUIPMENT = [
  "Video bar",
  "Screen",
  "Whiteboard",
  "Phone",
  "Step-free",
  "Hearing loop",
] as const;

/** One word for one thing, however it was typed. */
export const sameEquipment = (a: string, b: string): boolean =>
  a.localeCompare(b, "en", { sensitivity: "base" }) === 0;

export const missingEquipment = (
  has: readonly string[],
  wanted: readonly string[],
): readonly string[] => wanted.filter((thing) => !has.some((one) => sameEquipment(one, thing)));
