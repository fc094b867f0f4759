import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MailboxScreen } from "@/components/mailbox/mailbox-screen";
import { t } from "@/components/ui/office-text";
import { loadMailbox } from "@/lib/notifications/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("mailbox.title") };

export default async function MailboxPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/mailbox"));
  return <MailboxScreen mails={await loadMailbox()} reader={viewer} />;
}
