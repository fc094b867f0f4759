import { instantOf, toIso } from "@/lib/time/instant";
import type {
  CredentialsInput,
  CredentialsOnWire,
  VirtualRoomChange,
  VirtualRoomChangeOnWire,
} from "../schema";
import { credentialsInput } from "../schema";
import type { VirtualRoomRefusal, VirtualRoomView } from "./virtual-room";

const isoOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : toIso(instantOf(epochMs));

/** A virtual room to those who manage meetings: all but its secrets, of which is told only when they were set. */
export const virtualRoomOnWire = (room: VirtualRoomView) => ({
  id: room.id,
  name: room.name,
  provider: room.provider,
  address: room.address,
  isDefault: room.isDefault,
  active: room.active,
  version: room.version,
  ...room.settings,
  seats: room.accounts.reduce((sum, { seats }) => sum + seats, 0),
  accounts: room.accounts.map(({ id, name, seats }) => ({ id, account: name, seats })),
  credentials: { from: room.credentials, setAt: isoOrNull(room.credentialsSetAt) },
  test:
    room.testedAt === null
      ? null
      : { at: isoOrNull(room.testedAt), works: room.testCause === null, cause: room.testCause },
  state: {
    waiting: room.waiting,
    failed: room.failed,
    leftAloneUntil: isoOrNull(room.openUntil),
    troubles: room.troubles.map(({ at, cause }) => ({ at: isoOrNull(at), cause })),
  },
  coming: room.coming,
});

/** A virtual room as the command takes it: what changes, and the rest as it was read. */
export const changeOf = (
  room: VirtualRoomView,
  { version = room.version, credentials: _, ...changes }: VirtualRoomChangeOnWire,
): VirtualRoomChange => ({
  roomId: room.id,
  version,
  name: changes.name ?? room.name,
  address: changes.address === undefined ? room.address : changes.address,
  waitingRoom: changes.waitingRoom ?? room.settings.waitingRoom,
  summary: changes.summary ?? room.settings.summary,
  alternativeHosts: changes.alternativeHosts ?? [...room.settings.alternativeHosts],
  isDefault: changes.isDefault ?? room.isDefault,
  active: changes.active ?? room.active,
});

/** Whether anything of the room itself changes, besides its credentials. */
export const changesRoom = ({
  version: _,
  credentials: __,
  ...changes
}: VirtualRoomChangeOnWire): boolean => Object.values(changes).some((value) => value !== undefined);

/** Credentials as the command takes them: fields the provider does not have are empty. */
export const credentialsOf = (roomId: string, given: CredentialsOnWire): CredentialsInput =>
  credentialsInput.parse({ roomId, ...given });

const REFUSED: Readonly<Record<VirtualRoomRefusal["reason"], readonly [404 | 409 | 422, string]>> =
  {
    absent: [404, "There is nothing here."],
    "changed-meanwhile": [409, "This virtual room was changed meanwhile. Read it again."],
    "needs-address": [422, "A fixed link needs the address everybody goes to."],
    "no-accounts-here": [409, "A virtual room of this provider needs no accounts."],
    "account-exists": [409, "This account is in the pool already."],
    "credentials-incomplete": [422, "These are not all the credentials of this provider."],
    "seats-held": [409, "Meetings to come hold these seats: meetings names them."],
    "in-use": [409, "It is still needed: meetings and links say by what."],
  };

function detailsOf(refusal: VirtualRoomRefusal): object {
  switch (refusal.reason) {
    case "needs-address":
      return { fields: { address: REFUSED["needs-address"][1] } };
    case "credentials-incomplete": {
      const fields = Object.entries(refusal.fields);
      return {
        fields: Object.fromEntries(fields.map(([field, said]) => [`credentials.${field}`, said])),
      };
    }
    case "seats-held":
    case "in-use":
      return {
        meetings: refusal.meetings.map(({ subject, start }) => ({
          subject,
          start: isoOrNull(start),
        })),
        moreMeetings: refusal.more,
        links: refusal.links,
      };
    default:
      return {};
  }
}

/** A refusal about virtual rooms, as a machine is told: its status and what stands under `error`. */
export function virtualRoomRefusedOnWire(refusal: VirtualRoomRefusal) {
  const [status, message] = REFUSED[refusal.reason];
  const code = refusal.reason === "absent" ? "not-found" : refusal.reason;
  return { status, error: { code, message, ...detailsOf(refusal) } };
}
