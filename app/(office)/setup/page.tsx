import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { t } from "@/components/people/people-text";
import { SetUp } from "@/components/people/set-up";
import { loadIsSetUp } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("setUp.title") };

/** There is nothing here as soon as anybody is. */
export default async function SetUpPage() {
  if (await loadIsSetUp()) notFound();
  return <SetUp />;
}
