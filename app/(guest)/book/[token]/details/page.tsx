import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import { CountVisit } from "@/components/booking/count-visit";
import { promisedHost } from "@/components/booking/host-names";
import { LinkDetails } from "@/components/booking/link-details";
import type { Query } from "@/components/booking/prefill";
import { withReferrer } from "@/components/booking/prefill";
import { GuestFrame } from "@/components/guest/guest-frame";
import { requestLocale } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { bookAction } from "@/lib/booking/actions";
import { loadBookingPage } from "@/lib/booking/loaders";
import { translatorFor } from "@/lib/i18n/catalogue";
import { instantOf } from "@/lib/time/instant";

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

  const { page } = answer;
  const base = `/book/${page.token}`;
  const title = translatorFor(locale, "guest")("details.title", {
    link: page.linkName,
    host: promisedHost(page)?.name ?? page.workspaceName,
  });
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      logoId={page.logoId}
      colour={page.colour}
      width="middle"
      path={base}
    >
      <title>{title}</title>
      <SameOriginReferrer />
      <CountVisit token={page.token} kind="start" />
      <LinkDetails
        page={page}
        locale={locale}
        query={withReferrer(query, (await headers()).get("referer"), base)}
        base={base}
        action={bookAction}
      />
    </GuestFrame>
  );
}
