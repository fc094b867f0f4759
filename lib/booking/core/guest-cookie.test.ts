import { expect, test } from "vitest";
import {
  BOOKING_LOCATOR,
  bookingLocator,
  guestCookie,
  guestCookieName,
  MANAGE_TOKEN,
} from "@/lib/booking/core/guest-cookie";

const capability = "A".repeat(43);

test("a locator names the cookie and gives nothing of the capability away", () => {
  const locator = bookingLocator(capability);
  expect(locator).toMatch(BOOKING_LOCATOR);
  expect(locator).not.toMatch(MANAGE_TOKEN);
  expect(bookingLocator(capability)).toBe(locator);
  expect(bookingLocator(`${capability.slice(1)}B`)).not.toBe(locator);
});

test("over https the cookie is bound to this host", () => {
  expect(guestCookieName("0123456789abcdef", "https://meet.example")).toBe(
    "__Host-m_0123456789abcdef",
  );
  expect(guestCookie("https://meet.example")).toMatchObject({
    secure: true,
    httpOnly: true,
    sameSite: "lax",
    path: "/",
  });
  expect(guestCookieName("0123456789abcdef", "http://localhost:3000")).toBe("m_0123456789abcdef");
});
