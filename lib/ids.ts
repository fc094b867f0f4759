declare const kind: unique symbol;
type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type WorkspaceId = Id<"workspace">;
export type UserId = Id<"user">;
/** A host is a user; availability speaks of hosts, so the pure core needs no users. */
export type HostId = UserId;
export type ResourceId = Id<"resource">;
export type RoomId = Id<"room">;
export type MeetingId = Id<"meeting">;
export type BookingLinkId = Id<"booking-link">;
