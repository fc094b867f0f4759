import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { AskLinkForm } from "@/components/auth/ask-link-form";
import { BackLink } from "@/components/auth/back-link";
import { Door } from "@/components/auth/door";

export const metadata: Metadata = { title: t("askLink.title") };

export default function SignInByEmailPage() {
  return (
    <Door title={t("askLink.title")}>
      <AskLinkForm purpose="sign-in" />
      <BackLink />
    </Door>
  );
}
