import controls from "@/components/guest/controls.module.css";
import { GuestFrame } from "@/components/guest/guest-frame";
import { PlainCard } from "@/components/guest/plain-card";
import { requestLocale } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { leaveWaitingListAction } from "@/lib/booking/actions";
import { loadWaiting } from "@/lib/booking/loaders";
import { translatorFor } from "@/lib/i18n/catalogue";

/** Where the link of a waiting guest's mail leads: off the list again. */
export default async function WaitingPage({
  params,
}: {
  readonly params: Promise<{ token: string }>;
}) {
  const [{ token }, locale] = await Promise.all([params, requestLocale()]);
  const waiting = await loadWaiting(token);
  const words = translatorFor(locale, "guest");
  const link = waiting?.linkName ?? "";
  const state = waitingState(waiting);
  const title = words(`wait.${state}Title`);
  return (
    <GuestFrame
      locale={locale}
      organisation={waiting?.workspaceName}
      width="narrow"
      path={`/waiting/${encodeURIComponent(token)}`}
    >
      <title>{title}</title>
      <SameOriginReferrer />
      <PlainCard icon={state === "left" ? "check" : "clock"} title={title}>
        <p>{words(`wait.${state}Text`, { link })}</p>
        {state === "leave" ? (
          <form action={leaveWaitingListAction}>
            <input type="hidden" name="token" value={token} />
            <button className={controls.button} type="submit">
              {words("wait.leave")}
            </button>
          </form>
        ) : null}
        {waiting === undefined ? null : (
          <a href={`/book/${waiting.linkToken}?locale=${locale}`}>{words("wait.see")}</a>
        )}
      </PlainCard>
    </GuestFrame>
  );
}

/** The name of what is said to a guest who still waits, who does not any more, or who never did. */
function waitingState(
  waiting: { readonly waits: boolean } | undefined,
): "leave" | "left" | "unknown" {
  if (waiting === undefined) return "unknown";
  return waiting.waits ? "leave" : "left";
}
