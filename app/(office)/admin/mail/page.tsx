import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MailLogScreen } from "@/components/admin/mail-log-screen";
import { MailNav } from "@/components/admin/mail-nav";
import { t } from "@/components/admin/mail-text";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { MAIL_LOG_STATES } from "@/lib/mailroom/core/mail-log";
import { loadMailLog, loadMailroomPages } from "@/lib/mailroom/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("log.title") };

export default async function MailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/mail"));
  const asked = one(params, "state");
  const state = MAIL_LOG_STATES.find((name) => name === asked) ?? "trouble";
  const { lines, summary, ways } = await loadMailLog(state);
  return (
    <>
      <MailNav permitted={await loadMailroomPages()} />
      <MailLogScreen lines={lines} summary={summary} ways={ways} state={state} reader={viewer} />
    </>
  );
}
