import { InvitationCard } from "@/components/answer/invitation-card";
import { GuestFrame } from "@/components/guest/guest-frame";
import { PlainCard } from "@/components/guest/plain-card";
import { requestLocale, single } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { translatorFor } from "@/lib/i18n/catalogue";
import { loadInvitation } from "@/lib/mailroom/loaders";
import { MAIL_ANSWERS } from "@/lib/meetings/core/mail-events";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const TROUBLES = ["busy", "invalid"] as const;

/** Where the buttons of an invitation lead: shows it and asks. Nothing is answered by opening it. */
export default async function AnswerPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Query>;
}) {
  const [{ token }, query, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const invitation = await loadInvitation(token);
  const words = translatorFor(locale, "guest");
  const title =
    invitation === undefined
      ? words("answer.unknownTitle")
      : words("answer.title", { topic: invitation.topic });
  const chosen = MAIL_ANSWERS.find((answer) => answer === single(query.answer));
  return (
    <GuestFrame
      locale={locale}
      organisation={invitation?.workspaceName}
      width="narrow"
      path={`/answer/${encodeURIComponent(token)}`}
    >
      <title>{title}</title>
      <SameOriginReferrer />
      {invitation === undefined ? (
        <PlainCard icon="shield" title={title}>
          <p>{words("answer.unknownText")}</p>
        </PlainCard>
      ) : (
        <InvitationCard
          invitation={invitation}
          token={token}
          locale={locale}
          words={words}
          chosen={chosen}
          trouble={TROUBLES.find((trouble) => trouble === single(query.trouble))}
        />
      )}
    </GuestFrame>
  );
}
