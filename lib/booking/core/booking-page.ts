import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

export type BookingHost = { readonly name: string; readonly title: string | null };

export type BookingPlace = {
  readonly kind: "room" | "virtual" | "phone" | "address" | "none";
  readonly label: string;
  readonly detail: string | null;
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
  readonly place: BookingPlace;
  /** How many further e-mail addresses a guest may add. */
  readonly extraGuests: number;
  /** Minutes before the start until which a guest may move or cancel. */
  readonly changeDeadlineMinutes: number;
  /** Every start on offer, ascending, as of `asOf`. */
  readonly starts: readonly Instant[];
  readonly asOf: Instant;
  /** Earliest start a guest may choose, counted from the reader's now. */
  readonly noticeMinutes: number;
};

export type BookingPageAnswer =
  | { readonly kind: "open"; readonly page: BookingPage }
  | { readonly kind: "closed"; readonly why: LinkClosed; readonly workspaceName: string }
  | { readonly kind: "absent" };
