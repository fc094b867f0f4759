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

const matching = (text: string | undefined, pattern: RegExp): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;

/** The form for one chosen start, within a page of another site. */
export default async function EmbedDetailsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Query>;
}) {
  const [{ token }, query, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const answer = await loadBookingPage(token, instantOf(Date.now()));
  if (answer.kind === "absent") notFound();
  if (answer.kind === "closed") {
    return <ClosedView answer={answer} token={token} locale={locale} framed />;
  }
  return (
    <DetailsView
      page={answer.page}
      locale={locale}
      zone={(await requestZone(single(query.zone))) ?? answer.page.hostZone}
      hourCycle={await requestHourCycle(single(query.clock))}
      start={parseInstant(single(query.start) ?? "")}
      idempotencyKey={randomUUID()}
      frame={{
        theme: matching(single(query.theme), /^(?:light|dark)$/),
        colour: matching(single(query.colour), /^#[0-9a-f]{6}$/),
      }}
    />
  );
}
