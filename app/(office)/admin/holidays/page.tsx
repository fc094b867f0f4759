import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { HolidayScreen } from "@/components/admin/holiday-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadViewer } from "@/lib/people/loaders";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { loadHolidays } from "@/lib/workspace/loaders";

export const metadata: Metadata = { title: t("holidays.title") };

/** A whole number of the address within these bounds, else the fallback. */
function numberIn(text: string | undefined, from: number, to: number, fallback: number): number {
  const number = /^\d{1,4}$/.test(text ?? "") ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : fallback;
}

export default async function HolidaysPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/holidays"));
  const today = calendarDateAt(viewer.zone, instantOf(Date.now()));
  const year = numberIn(one(params, "year"), 1970, 2100, Number(today.slice(0, 4)));
  const { holidays, preview } = await loadHolidays({
    year,
    country: one(params, "country"),
    region: one(params, "region"),
    span: numberIn(one(params, "span"), 1, 5, 1),
  });
  return <HolidayScreen year={year} holidays={holidays} preview={preview} locale={viewer.locale} />;
}
