import { t } from "@/components/ui/office-text";
import type { DemoAccount } from "./sign-in";

/** The accounts every demonstration workspace has, as the product's contract names them. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: "host@meridian.example", role: t("signIn.roleHost") },
  { email: "manager@meridian.example", role: t("signIn.roleManager") },
  { email: "sales@meridian.example", role: t("signIn.roleSales") },
  { email: "admin@meridian.example", role: t("signIn.roleAdmin") },
];

export const DEMO_PASSWORD = "meridian-demo";
