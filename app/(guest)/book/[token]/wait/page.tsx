import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import type { Query } from "@/components/booking/prefill";
import { prefillFrom } from "@/components/booking/prefill";
import { WaitForm } from "@/components/booking/wait-form";
import controls from "@/components/guest/controls.module.css";
import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import { PlainCard } from "@/components/guest/plain-card";
import { requestLocale, requestZone, single } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { joinWaitingListAction } from "@/lib/booking/actions";
import { loadBookingPage } from "@/lib/booking/loaders";
import { translatorFor } from "@/lib/i18n/catalogue";
import { instantOf } from "@/lib/time/instant";

/** Where a guest asks to be told when a link has a free time again. */
export default async function WaitPage({
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
  const words = translatorFor(locale, "guest");
  const base = `/book/${page.token}`;
  const asked = page.zoneLocked ? undefined : await requestZone(single(query.zone));
  const { values } = prefillFrom(query, page);
  const { waitingList } = page;
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      logoId={page.logoId}
      colour={page.colour}
      width="narrow"
      path={`${base}/wait`}
    >
      <title>{words("wait.title", { link: page.linkName })}</title>
      <SameOriginReferrer />
      {waitingList ? (
        <WaitForm
          action={joinWaitingListAction}
          locale={locale}
          texts={guestTexts(locale, ["wait", "details", "error", "refused"])}
          token={page.token}
          linkName={page.linkName}
          zone={asked ?? page.hostZone}
          duration={single(query.duration) ?? ""}
          hostLabel={page.workspaceName}
          values={{ name: values.name, email: values.email }}
          times={`${base}?locale=${locale}`}
          hasTimes={page.starts.length > 0}
        />
      ) : (
        <PlainCard icon="clock" title={words("wait.noneTitle")}>
          <p>{words("wait.noneText")}</p>
          <a className={controls.button} href={`${base}?locale=${locale}`}>
            {words("wait.see")}
          </a>
        </PlainCard>
      )}
    </GuestFrame>
  );
}
