import type { PlaceChoice } from "./booking-page";
import type { LinkSnapshot, OnlineRoomSnapshot } from "./snapshot";
import { durationsOf } from "./snapshot";

const inARoom = ({ kind }: Pick<PlaceChoice, "kind">): boolean => kind === "room";

/** The virtual rooms one of the link's places names. */
const onlineRoomsAt = (link: LinkSnapshot, placeId: string): readonly OnlineRoomSnapshot[] =>
  link.onlineRooms.filter(({ placeIds }) => placeIds.includes(placeId));

/** A place that can be had at any time: no room and no seat decides about it. */
const isAlwaysFree = (link: LinkSnapshot, place: PlaceChoice): boolean =>
  !inARoom(place) && onlineRoomsAt(link, place.id).every(({ seats }) => seats.length === 0);

/** The link as it looks before a place is chosen: a time is offered where any of its places can be had. */
export const atAnyPlace = (link: LinkSnapshot): LinkSnapshot =>
  link.places.some((place) => isAlwaysFree(link, place))
    ? { ...link, rooms: [], onlineRooms: [] }
    : link;

/** The link in one length and at one place; undefined when it offers no such thing. */
export function withChoice(
  link: LinkSnapshot,
  {
    durationMinutes,
    place,
  }: {
    readonly durationMinutes?: number | undefined;
    readonly place?: string | undefined;
  },
):
  | { readonly link: LinkSnapshot; readonly place: PlaceChoice | undefined }
  | "no-such-duration"
  | "no-such-place" {
  if (durationMinutes !== undefined && !durationsOf(link).includes(durationMinutes)) {
    return "no-such-duration";
  }
  const chosen = place === undefined ? link.places[0] : link.places.find(({ id }) => id === place);
  if (place !== undefined && chosen === undefined) return "no-such-place";
  return {
    link: {
      ...link,
      durationMinutes: durationMinutes ?? link.durationMinutes,
      rooms: chosen === undefined || inARoom(chosen) ? link.rooms : [],
      onlineRooms: chosen === undefined ? [] : onlineRoomsAt(link, chosen.id),
    },
    place: chosen,
  };
}
