import { z } from "zod";
import { instantOf, toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import type { NewRoomOnWire, RoomChangeOnWire, RoomInput } from "../schema";
import type { WhyNot } from "./free";
import { whyUnfit } from "./free";
import type { PartsRefusal } from "./parts";
import type { Location, RoomClosure, RoomFace, RoomHours, RoomSettings } from "./room";

/** Longest time one question for free rooms asks about: as long as a meeting lasts at most. */
const LONGEST_HOURS = 24;

const commaSeparated = z
  .string()
  .max(2_000)
  .transform((text) =>
    text
      .split(",")
      .map((word) => word.normalize("NFC").trim())
      .filter(Boolean)
      .slice(0, 30),
  );

/** What machines ask of rooms: what they need, and when, if it is about a time. */
export const roomsQuestion = z
  .strictObject({
    from: instantOnWire.optional(),
    to: instantOnWire.optional(),
    /** A meeting that is being changed is not in its own way. */
    except: z.uuid().optional(),
    people: z.coerce.number().int().min(1).max(10_000).optional(),
    /** Names with commas between. */
    equipment: commaSeparated.optional(),
    location: z.string().trim().min(1).max(120).optional(),
  })
  .superRefine(({ from, to, except }, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (from === undefined && to === undefined) {
      if (except !== undefined) wrong("except", "is only asked with from and to");
      return;
    }
    if (from === undefined) return wrong("from", "is asked with to");
    if (to === undefined) return wrong("to", "is asked with from");
    if (to <= from) wrong("to", "comes before from");
    else if (to - from > LONGEST_HOURS * 3_600_000)
      wrong("to", `is at most ${LONGEST_HOURS} hours after from`);
  });

export type RoomsQuestion = z.output<typeof roomsQuestion>;

const iso = (epochMs: number): string => toIso(instantOf(epochMs));

const hoursOnWire = (hours: RoomHours) =>
  hours.map(([day, fromMinute, toMinute]) => ({ day, fromMinute, toMinute }));

const faceOnWire = ({ id, name, location, zone, floor, detail, ...room }: RoomFace) => ({
  id,
  name,
  location,
  zone,
  floor,
  detail,
  capacity: room.capacity,
  equipment: room.equipment,
  photoId: room.photoId,
  needsApproval: room.needsApproval,
});

/** A room as everybody sees it who makes meetings; to those who manage rooms with all its settings. */
export const roomOnWire = (room: RoomSettings, manages: boolean) => ({
  ...faceOnWire(room),
  setupMinutes: room.setupMinutes,
  cleanupMinutes: room.cleanupMinutes,
  hours: hoursOnWire(room.hours),
  partIds: room.partIds,
  ...(manages
    ? {
        active: room.active,
        keeperId: room.keeperId,
        bookingGroups: room.bookingGroups,
        checkIn: room.checkIn,
        releaseMinutes: room.releaseMinutes,
        version: room.version,
      }
    : {}),
});

export const closureOnWire = ({ id, from, to, note }: RoomClosure) => ({
  id,
  from: iso(from),
  to: iso(to),
  note,
});

/** Why a room is not to be had; moments as such. */
function whyOnWire(why: WhyNot): object {
  switch (why.kind) {
    case "out-of-service":
    case "taken":
      return { ...why, until: iso(why.until) };
    case "closed":
      return { ...why, opens: why.opens === null ? null : iso(why.opens) };
    default:
      return why;
  }
}

type FreeRoom = RoomFace & {
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly free: true | WhyNot;
};

/** A room with whether it is free at the time asked for, and if not, why. */
export const freeRoomOnWire = (room: FreeRoom) => ({
  ...faceOnWire(room),
  setupMinutes: room.setupMinutes,
  cleanupMinutes: room.cleanupMinutes,
  free: room.free === true,
  why: room.free === true ? null : whyOnWire(room.free),
});

/** Those of the rooms that have what is asked for; rooms out of use only to those who manage them. */
export const fittingRooms = (
  rooms: readonly RoomSettings[],
  wish: RoomsQuestion,
  manages: boolean,
): readonly RoomSettings[] =>
  rooms.filter((room) => (manages || room.active) && whyUnfit(room, wish) === undefined);

export const locationOnWire = ({ name, zone, address, rooms }: Location) => ({
  name,
  zone,
  address,
  rooms,
});

/** A new room as the command takes it. */
export const inputOfNew = ({ partIds, ...settings }: NewRoomOnWire): RoomInput => ({
  id: undefined,
  version: undefined,
  partIds,
  settings,
});

/** A room with the settings that change; the others stay as they were read. */
export function inputOfChange(
  room: RoomSettings,
  { version = room.version, partIds = [...room.partIds], ...changes }: RoomChangeOnWire,
): RoomInput {
  const { id, name, location, floor, detail, capacity, equipment, active, ...more } = room;
  const { setupMinutes, cleanupMinutes, needsApproval, keeperId, checkIn, releaseMinutes } = more;
  const before = { name, location, floor, detail, capacity, active, setupMinutes, cleanupMinutes };
  return {
    id,
    version,
    partIds,
    settings: {
      ...before,
      needsApproval,
      keeperId,
      checkIn,
      releaseMinutes,
      equipment: [...equipment],
      bookingGroups: [...more.bookingGroups],
      hours: more.hours,
      ...named(changes),
    },
  };
}

/** The fields that are there. */
type Named<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

const named = <Fields extends object>(fields: Fields): Named<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Named<Fields>;

type SaveRefusal =
  | PartsRefusal
  | "changed-meanwhile"
  | "no-room"
  | "no-location"
  | "no-keeper"
  | "part-is-taken";

/** The status, the words, and the field that is to blame, of each refusal to save a room. */
const SAVE_REFUSALS: Readonly<
  Record<SaveRefusal, { status: 404 | 409 | 422; message: string; field?: string }>
> = {
  "no-room": { status: 404, message: "There is nothing here." },
  "changed-meanwhile": {
    status: 409,
    message: "This room was changed meanwhile. Read it again.",
  },
  "part-is-taken": {
    status: 409,
    message: "A new part is booked at a time at which the joined room is booked, too.",
  },
  "no-location": { status: 422, message: "There is no location of this name.", field: "location" },
  "no-keeper": { status: 422, message: "There is nobody of this id.", field: "keeperId" },
  "part-of-itself": { status: 422, message: "A room is no part of itself.", field: "partIds" },
  "part-is-made-of-parts": {
    status: 422,
    message: "A part cannot be made of parts itself.",
    field: "partIds",
  },
  "whole-is-a-part": {
    status: 422,
    message: "This room is part of another one, so it cannot be made of parts.",
    field: "partIds",
  },
  "no-such-part": {
    status: 422,
    message: "Parts have to be at the same location.",
    field: "partIds",
  },
};

/** A refusal to save a room, as a machine is told: its status and what stands under `error`. */
export function saveRefusedOnWire(code: SaveRefusal) {
  const { status, message, field } = SAVE_REFUSALS[code];
  const fields = field === undefined ? {} : { fields: { [field]: message } };
  return { status, error: { code: status === 404 ? "not-found" : code, message, ...fields } };
}
