import type { MeetingId, RoomId, UserId, WorkspaceId } from "@/lib/ids";

export const groups = [
  "admin",
  "meeting_manager",
  "meeting_user",
  "crm_manager",
  "crm_user",
] as const;

export type Group = (typeof groups)[number];

/** Who is asking. Built once per request from a session, an API key or a capability, and nowhere else. */
export type Actor =
  | {
      readonly kind: "member";
      readonly userId: UserId;
      readonly workspaceId: WorkspaceId;
      readonly name: string;
      readonly groups: readonly Group[];
    }
  | {
      /** Holds the capability for exactly one meeting. */
      readonly kind: "guest";
      readonly workspaceId: WorkspaceId;
      readonly meetingId: MeetingId;
      readonly name: string;
    }
  | {
      /** A tablet at the door of exactly one room. */
      readonly kind: "display";
      readonly workspaceId: WorkspaceId;
      readonly roomId: RoomId;
      readonly name: string;
    }
  | {
      /** The house itself: a job that keeps a promise when its time has come. */
      readonly kind: "system";
      readonly workspaceId: WorkspaceId;
    }
  | { readonly kind: "anonymous" };

export type Member = Extract<Actor, { kind: "member" }>;

export const belongsTo = (member: Member, ...wanted: readonly Group[]): boolean =>
  wanted.some((group) => member.groups.includes(group));
