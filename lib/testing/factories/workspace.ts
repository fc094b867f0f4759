import { randomBytes } from "node:crypto";
import { v7 as newId } from "uuid";
import type { Group } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";

export type Person = {
  readonly workspaceId: string;
  readonly id: string;
  readonly resourceId: string;
  readonly scheduleId: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
};

/** A workspace. Tests in one file share a database, so each makes its own. */
export async function makeWorkspace(
  db: Db,
  given: { name?: string; zone?: string; demonstration?: boolean } = {},
): Promise<string> {
  const id = newId();
  await insertRows(db, [
    {
      table: "workspace",
      rows: [
        {
          id,
          name: given.name ?? "Halden Works",
          zone: given.zone ?? "UTC",
          locale: "en",
          demonstration: given.demonstration ?? false,
          version: 1,
          created_at: new Date(0).toISOString(),
        },
      ],
    },
  ]);
  return id;
}

export type WeeklyHours = readonly (readonly [day: number, from: number, to: number])[];

export const EVERY_DAY: WeeklyHours = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, 0, 1440] as const);
export const OFFICE_HOURS: WeeklyHours = [1, 2, 3, 4, 5].map((day) => [day, 540, 1020] as const);

/** A person with their resource and a default schedule; open around the clock unless told otherwise. */
export async function makePerson(
  db: Db,
  workspaceId: string,
  given: {
    name?: string;
    email?: string;
    title?: string;
    zone?: string;
    locale?: string;
    hours?: WeeklyHours;
    groups?: readonly Group[];
    passwordHash?: string;
  } = {},
): Promise<Person> {
  const id = newId();
  const resourceId = newId();
  const scheduleId = newId();
  const name = given.name ?? "Ana Lim";
  const email = given.email ?? `person-${id}@meridian.example`;
  const zone = given.zone ?? "UTC";
  await insertRows(db, [
    {
      table: "app_user",
      rows: [
        {
          workspace_id: workspaceId,
          id,
          email,
          name,
          title: given.title ?? null,
          password_hash: given.passwordHash ?? null,
          zone,
          locale: given.locale ?? "en",
          hour_cycle: 24,
          week_start: 1,
          version: 1,
          created_at: new Date(0).toISOString(),
        },
      ],
    },
    {
      table: "user_group",
      rows: (given.groups ?? ["meeting_user"]).map((group_name) => ({
        workspace_id: workspaceId,
        user_id: id,
        group_name,
      })),
    },
    {
      table: "resource",
      rows: [{ workspace_id: workspaceId, id: resourceId, kind: "person", user_id: id, name }],
    },
    {
      table: "schedule",
      rows: [
        {
          workspace_id: workspaceId,
          id: scheduleId,
          user_id: id,
          name: "Working hours",
          zone,
          is_default: true,
          observes_holidays: true,
          version: 1,
        },
      ],
    },
    {
      table: "schedule_hours",
      rows: (given.hours ?? EVERY_DAY).map(([day, from_minute, to_minute]) => ({
        workspace_id: workspaceId,
        schedule_id: scheduleId,
        id: newId(),
        day,
        from_minute,
        to_minute,
      })),
    },
  ]);
  return { workspaceId, id, resourceId, scheduleId, name, email, zone };
}

type PlaceOfLink = {
  readonly kind: "room" | "virtual" | "phone" | "address";
  readonly label?: string;
  readonly detail?: string;
  readonly asks?: "phone" | "address";
  readonly virtualRoomId?: string;
};

type QuestionOfLink = {
  readonly key: string;
  readonly kind: "text" | "long_text" | "select" | "phone" | "checkbox";
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly options?: readonly string[];
};

export type Link = { readonly id: string; readonly token: string };

/** A booking link of these hosts; confirmed at once, 30 minutes, 30 days ahead, unless told otherwise. */
export async function makeLink(
  db: Db,
  hosts: readonly [Person, ...Person[]],
  given: Readonly<Record<string, string | number | boolean | object | null>> & {
    role?: "fixed" | "one_of";
    weights?: readonly number[];
    rooms?: readonly { readonly id: string }[];
    places?: readonly PlaceOfLink[];
    questions?: readonly QuestionOfLink[];
  } = {},
): Promise<Link> {
  const {
    role = "fixed",
    weights = [],
    rooms = [],
    places = [],
    questions = [],
    ...columns
  } = given;
  const [{ workspaceId, zone }] = hosts;
  const id = newId();
  const token = String(columns.token ?? randomBytes(32).toString("base64url"));
  await insertRows(db, [
    {
      table: "booking_link",
      rows: [
        {
          workspace_id: workspaceId,
          id,
          name: "Product conversation",
          zone,
          duration_minutes: 30,
          interval_minutes: null,
          buffer_before_minutes: 0,
          buffer_after_minutes: 0,
          notice_minutes: 0,
          horizon: { kind: "days", days: 30 },
          limits: [],
          needs_approval: false,
          hold_minutes: 1440,
          extra_guests: 3,
          change_deadline_minutes: 0,
          other_durations: [],
          offset_minutes: 0,
          zone_locked: false,
          seats: 1,
          show_seats: true,
          waiting_list: false,
          reminder_minutes: [1440, 60],
          active: true,
          uses: 0,
          version: 1,
          created_at: new Date(0).toISOString(),
          updated_at: new Date(0).toISOString(),
          ...columns,
          token,
        },
      ],
    },
    {
      table: "booking_link_host",
      rows: hosts.map((host, position) => ({
        workspace_id: workspaceId,
        link_id: id,
        user_id: host.id,
        role,
        weight: weights[position] ?? 1,
        position,
        assigned: 0,
        schedule_id: host.scheduleId,
      })),
    },
    {
      table: "booking_link_room",
      rows: rooms.map((room) => ({ workspace_id: workspaceId, link_id: id, room_id: room.id })),
    },
    {
      table: "booking_link_place",
      rows: places.map((place, position) => ({
        workspace_id: workspaceId,
        link_id: id,
        id: newId(),
        position,
        kind: place.kind,
        label: place.label ?? null,
        detail: place.detail ?? null,
        asks: place.asks ?? null,
        virtual_room_id: place.virtualRoomId ?? null,
      })),
    },
    {
      table: "booking_link_question",
      rows: questions.map((question, position) => ({
        workspace_id: workspaceId,
        link_id: id,
        id: newId(),
        position,
        key: question.key,
        kind: question.kind,
        label: question.label,
        help: question.help ?? null,
        required: question.required ?? false,
        options: question.options ?? [],
      })),
    },
  ]);
  return { id, token };
}
