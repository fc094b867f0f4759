import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { t } from "@/components/ui/office-text";
import { loadInbox } from "@/lib/notifications/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { instantOf } from "@/lib/time/instant";

export const metadata: Metadata = { title: t("inbox.title") };

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/inbox"));
  const tab = one(params, "tab") === "all" ? "all" : "unread";
  const items = await loadInbox(tab === "unread");
  return (
    <InboxScreen
      items={items}
      tab={tab}
      unread={viewer.unread}
      reader={viewer}
      now={instantOf(Date.now())}
    />
  );
}
