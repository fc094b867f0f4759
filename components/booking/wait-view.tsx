import controls from "@/components/guest/controls.module.css";
import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import { PlainCard } from "@/components/guest/plain-card";
import { requestZone, single } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { joinWaitingListAction } from "@/lib/booking/actions";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { Query } from "./prefill";
import { carriedQuery, prefillFrom } from "./prefill";
import { WaitForm } from "./wait-form";

/** The form of the waiting list, as a page of its own or within a page of another site. */
export async function WaitView({
  page,
  locale,
  query,
  framed = false,
}: {
  readonly page: BookingPage;
  readonly locale: Locale;
  readonly query: Query;
  readonly framed?: boolean;
}) {
  const words = translatorFor(locale, "guest");
  const base = `/${framed ? "embed" : "book"}/${page.token}`;
  const asked = page.zoneLocked ? undefined : await requestZone(single(query.zone));
  const { values } = prefillFrom(query, page);
  const times = `${base}?${new URLSearchParams({ ...carriedQuery(query), locale })}`;
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      logoId={page.logoId}
      colour={page.colour}
      width="narrow"
      path={`${base}/wait`}
      framed={framed}
    >
      <title>{words("wait.title", { link: page.linkName })}</title>
      <SameOriginReferrer />
      {page.waitingList ? (
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
          times={times}
          hasTimes={page.starts.length > 0}
        />
      ) : (
        <PlainCard icon="clock" title={words("wait.noneTitle")}>
          <p>{words("wait.noneText")}</p>
          <a className={controls.button} href={times}>
            {words("wait.see")}
          </a>
        </PlainCard>
      )}
    </GuestFrame>
  );
}
