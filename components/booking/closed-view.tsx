import { GuestFrame } from "@/components/guest/guest-frame";
import { PlainCard } from "@/components/guest/plain-card";
import type { BookingPageAnswer, LinkClosed } from "@/lib/booking/core/booking-page";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";

const KEYS: Readonly<Record<LinkClosed, string>> = {
  inactive: "inactive",
  expired: "expired",
  "used-up": "usedUp",
};

/** The page of a link that leads nowhere, or that takes no bookings any more: it says which and what to do. */
export function ClosedView({
  answer,
  token,
  locale,
  framed = false,
}: {
  readonly answer: Exclude<BookingPageAnswer, { kind: "open" }>;
  readonly token: string;
  readonly locale: Locale;
  /** True within a page of another site. */
  readonly framed?: boolean;
}) {
  const words = translatorFor(locale, "guest");
  const workspace = answer.kind === "closed" ? answer.workspaceName : undefined;
  const key = answer.kind === "closed" ? KEYS[answer.why] : "absent";
  const title = words(`closed.${key}Title`);
  return (
    <GuestFrame
      locale={locale}
      organisation={workspace}
      width="narrow"
      path={`/book/${encodeURIComponent(token)}`}
      framed={framed}
    >
      <title>{title}</title>
      <meta name="robots" content="noindex" />
      <PlainCard icon="alert" title={title}>
        <p>
          {words(`closed.${key}Text`, key === "inactive" ? { workspace: workspace ?? "" } : {})}
        </p>
      </PlainCard>
    </GuestFrame>
  );
}
