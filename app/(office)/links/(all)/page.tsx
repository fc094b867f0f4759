import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { LinkList } from "@/components/links/link-list";
import { words } from "@/components/links/words";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { linksQuestion } from "@/lib/links/core/link-view";
import { loadLinks } from "@/lib/links/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: words("title") };

export default async function LinksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/links"));
  const asked = linksQuestion.parse({
    tab: one(params, "tab"),
    q: one(params, "q"),
    owner: one(params, "owner"),
    pages: one(params, "pages"),
  });
  return <LinkList asked={asked} {...(await loadLinks(asked))} reader={viewer} />;
}
