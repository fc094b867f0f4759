import type { IconName } from "@/components/guest/icon";
import type { BookingPlace } from "@/lib/booking/core/booking-page";

const ICONS: Readonly<Record<BookingPlace["kind"], IconName>> = {
  room: "pin",
  virtual: "video",
  phone: "phone",
  address: "pin",
  none: "clock",
};

export const placeIcon = (place: BookingPlace): IconName => ICONS[place.kind];
