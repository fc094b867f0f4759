import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { AskLinkForm } from "@/components/auth/ask-link-form";
import { BackLink } from "@/components/auth/back-link";
import { Door } from "@/components/auth/door";

export const metadata: Metadata = { title: t("askReset.title") };

export default function ForgottenPasswordPage() {
  return (
    <Door title={t("askReset.title")}>
      <AskLinkForm purpose="password-reset" />
      <BackLink />
    </Door>
  );
}
