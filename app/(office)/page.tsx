import type { Metadata } from "next";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "@/components/auth/demo-accounts";
import { SignIn } from "@/components/auth/sign-in";
import { HomeScreen } from "@/components/home/home-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { holdsMeetings, sellsDeals } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { loadProviders } from "@/lib/auth/loaders";
import { loadDueToday } from "@/lib/crm/loaders/activities";
import { loadHome } from "@/lib/meetings/loaders";
import { isDemonstration, loadViewer } from "@/lib/people/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadViewer()) === undefined ? t("signIn.title") : t("places.home") };
}

export default async function FrontPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await loadViewer();
  if (viewer === undefined)
    return (
      <SignIn
        next={one(await searchParams, "next") ?? "/"}
        providers={loadProviders()}
        demo={isDemonstration() ? { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } : undefined}
      />
    );
  const sells = sellsDeals(viewer);
  const [{ now, today, waiting, tasks, numbers }, due] = await Promise.all([
    loadHome(),
    sells ? loadDueToday(viewer.zone) : [],
  ]);
  return (
    <HomeScreen
      reader={viewer}
      hosts={holdsMeetings(viewer)}
      now={now}
      today={today}
      waiting={waiting}
      tasks={tasks}
      numbers={numbers}
      sales={sells ? due : undefined}
    />
  );
}
