import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

export type BookingHost = { readonly name: string; readonly title: string | null };

export type BookingPlace = {
  readonly kind: "room" | "virtual" | "phone" | "address" | "none";
  readonly label: string;
  readonly detail: string | null;
};

/** One of the places a guest may choose from. */
export type PlaceChoice = BookingPlace & {
  readonly id: string;
  /** What the guest writes when choosing it: the number that is called, the address that is come to. */
  readonly asks: "phone" | "address" | null;
};

export type BookingQuestion = {
  /** Its name in addresses and in the interface: `?company=Halden`. */
  readonly key: string;
  readonly kind: "text" | "long_text" | "select" | "phone" | "checkbox";
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  /** Of a `select`; empty otherwise. */
  readonly options: readonly string[];
};

/** Everything a link offers in one length. */
export type BookingOffer = {
  readonly durationMinutes: number;
  /** Every start on offer, ascending, as of the page's `asOf`. */
  readonly starts: readonly Instant[];
};

/** A host who is away, and the link that takes meetings meanwhile. */
export type HostAway = {
  readonly name: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly redirect: { readonly token: string; readonly name: string } | null;
};

/** Why a link that exists offers nothing to anybody. */
export type LinkClosed = "inactive" | "expired" | "used-up";

/** Everything the public page of one link shows. The same for every reader: zone, clock and language are theirs. */
export type BookingPage = {
  readonly token: string;
  readonly workspaceName: string;
  readonly linkName: string;
  readonly description: string | null;
  readonly durationMinutes: number;
  /** True: a host answers each request. False: a booking is confirmed at once. */
  readonly needsApproval: boolean;
  readonly hosts: readonly BookingHost[];
  /** True when one of the hosts is chosen per booking, so no single name is promised. */
  readonly roundRobin: boolean;
  readonly hostZone: TimeZone;
  /** Where it is, when there is nothing to choose: the first of `places`, or kind "none". */
  readonly place: BookingPlace;
  /** In the host's order. More than one: the guest chooses. */
  readonly places: readonly PlaceChoice[];
  readonly questions: readonly BookingQuestion[];
  /** Times are shown in the host's zone only. */
  readonly zoneLocked: boolean;
  /** Above 1, several guests share a meeting. */
  readonly seats: number;
  /** Seats left of the meetings that have begun to fill, where the host shows them; other starts have all of them. */
  readonly seatsLeft: readonly (readonly [start: Instant, left: number])[] | null;
  /** Guests may ask to be told when a time comes free. */
  readonly waitingList: boolean;
  /** Absences that the listed span touches, soonest first. */
  readonly away: readonly HostAway[];
  /** `#rrggbb`, or null for the house's own. */
  readonly colour: string | null;
  /** Id of the image at `/api/v1/images/{id}`. */
  readonly logoId: string | null;
  /** How many further e-mail addresses a guest may add. */
  readonly extraGuests: number;
  /** Minutes before the start until which a guest may move or cancel. */
  readonly changeDeadlineMinutes: number;
  /** Every start on offer, ascending, as of `asOf`. */
  readonly starts: readonly Instant[];
  /** What is offered in the other lengths a guest may choose, shortest first; `starts` is for `durationMinutes`. */
  readonly otherOffers: readonly BookingOffer[];
  readonly asOf: Instant;
  /** Earliest start a guest may choose, counted from the reader's now. */
  readonly noticeMinutes: number;
};

export type BookingPageAnswer =
  | { readonly kind: "open"; readonly page: BookingPage }
  | { readonly kind: "closed"; readonly why: LinkClosed; readonly workspaceName: string }
  | { readonly kind: "absent" };
