import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import { DetailsView } from "@/components/booking/details-view";
import {
  requestHourCycle,
  requestLocale,
  requestZone,
  single,
} from "@/components/guest/request-choices";
import { loadBookingPage } from "@/lib/booking/loaders";
import { instantOf, parseInstant } from "@/lib/time/instant";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The form for one chosen start. */
export default async function DetailsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Query>;
}) {
  const [{ token }, query, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const answer = await loadBookingPage(token, instantOf(Date.now()));
  if (answer.kind === "absent") notFound();
  if (answer.kind === "closed") return <ClosedView answer={answer} token={token} locale={locale} />;
  return (
    <DetailsView
      page={answer.page}
      locale={locale}
      zone={(await requestZone(single(query.zone))) ?? answer.page.hostZone}
      hourCycle={await requestHourCycle(single(query.clock))}
      start={parseInstant(single(query.start) ?? "")}
      idempotencyKey={randomUUID()}
    />
  );
}
