import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import type { Query } from "@/components/booking/prefill";
import { WaitView } from "@/components/booking/wait-view";
import { requestLocale } from "@/components/guest/request-choices";
import { loadBookingPage } from "@/lib/booking/loaders";
import { instantOf } from "@/lib/time/instant";

/** Where a guest asks to be told when a link has a free time again, within a page of another site. */
export default async function EmbedWaitPage({
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
  return <WaitView page={answer.page} locale={locale} query={query} framed />;
}
