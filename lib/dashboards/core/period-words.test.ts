import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { periodWords } from "./period-words";

const day = (text: string) => text as CalendarDate;
const reader = { locale: "en", today: day("2026-11-20") };

test("a period is told with both of its days inside", () => {
  expect(periodWords({ from: day("2026-11-01"), to: day("2026-11-21") }, reader)).toBe("1–20 Nov");
  expect(periodWords({ from: day("2026-11-20"), to: day("2026-11-21") }, reader)).toBe("20 Nov");
  expect(periodWords({ from: day("2026-10-28"), to: day("2026-11-04") }, reader)).toBe(
    "28 Oct – 3 Nov",
  );
});

test("another year is said", () => {
  expect(periodWords({ from: day("2025-11-01"), to: day("2025-12-01") }, reader)).toBe(
    "1–30 Nov 2025",
  );
  expect(periodWords({ from: day("2025-12-30"), to: day("2026-01-03") }, reader)).toBe(
    "30 Dec 2025 – 2 Jan 2026",
  );
});
