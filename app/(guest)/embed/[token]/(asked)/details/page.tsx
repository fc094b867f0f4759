import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import { CountVisit } from "@/components/booking/count-visit";
import { LinkDetails } from "@/components/booking/link-details";
import type { Query } from "@/components/booking/prefill";
import { GuestFrame } from "@/components/guest/guest-frame";
import { requestLocale, single } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { bookAction } from "@/lib/booking/actions";
import { loadBookingPage } from "@/lib/booking/loaders";
import { instantOf } from "@/lib/time/instant";

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
  const { page } = answer;
  const base = `/embed/${page.token}`;
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      // The site's own colour, when its calendar was asked for in one; anything else makes no style.
      colour={single(query.colour) ?? page.colour}
      width="middle"
      path={base}
      framed
    >
      <title>{page.linkName}</title>
      <SameOriginReferrer />
      <CountVisit token={page.token} kind="start" />
      <LinkDetails
        page={page}
        locale={locale}
        query={query}
        base={base}
        action={bookAction}
        framed
      />
    </GuestFrame>
  );
}
