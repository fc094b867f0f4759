import type { Icon } from "@tabler/icons-react";
import {
  IconAddressBook,
  IconAdjustments,
  IconBuilding,
  IconCalendar,
  IconChartBar,
  IconChecklist,
  IconClock,
  IconDoor,
  IconHome,
  IconInbox,
  IconLayoutKanban,
  IconLink,
  IconMail,
  IconMailbox,
  IconReportAnalytics,
  IconSettings,
  IconTarget,
  IconUserPlus,
  IconUsers,
  IconVideo,
} from "@tabler/icons-react";
import { t } from "@/components/ui/office-text";
import type { ShellViewer } from "./viewer";

export type Section = "top" | "scheduling" | "sales" | "administration" | "demonstration";

/** A page with a line of its own under its place in the rail. */
export type NestedPlace = {
  readonly href: string;
  readonly label: string;
  readonly shown?: (viewer: ShellViewer) => boolean;
};

/** A place in the rail, the phone bar, the breadcrumb and the command palette. */
export type Place = {
  readonly href: string;
  readonly section: Section;
  readonly label: string;
  readonly icon: Icon;
  /** The second key after G: "g m" goes to meetings. */
  readonly key: string;
  /** How a page below this place is called in the breadcrumb. */
  readonly detailLabel?: string;
  /** Pages below it with names of their own. */
  readonly below?: readonly { readonly href: string; readonly label: string }[];
  /** Pages that stand under it in the rail, each for whom it is shown to. */
  readonly nested?: readonly NestedPlace[];
  /** Other addresses that belong to it. */
  readonly alsoAt?: readonly string[];
  /** A number beside the label, and what it counts. `hot` asks for attention. */
  readonly count?: (viewer: ShellViewer) => {
    readonly value: number;
    readonly words: string;
    readonly hot: boolean;
  };
  readonly shown?: (viewer: ShellViewer) => boolean;
};

/** The pages of a person's own settings, in the order of their tabs. */
export const SETTINGS_PAGES = [
  { href: "/settings", label: t("settings.profile") },
  { href: "/settings/notifications", label: t("settings.notifications") },
  { href: "/settings/calendars", label: t("settings.calendars") },
  { href: "/settings/security", label: t("settings.security") },
  { href: "/settings/keys", label: t("settings.keys") },
] as const;

/** The pages of the administration, in the order of their tabs. */
export const ADMIN_PAGES = [
  { href: "/admin/users", label: t("admin.users") },
  { href: "/admin/workspace", label: t("admin.workspace") },
  { href: "/admin/holidays", label: t("admin.holidays") },
  { href: "/admin/jobs", label: t("admin.jobs") },
  { href: "/admin/mail", label: t("admin.mail") },
  { href: "/admin/webhooks", label: t("admin.webhooks") },
  { href: "/admin/audit", label: t("admin.audit") },
  { href: "/admin/privacy", label: t("admin.privacy") },
  { href: "/admin/crm", label: t("admin.crm") },
] as const;

/** The pages of the sales set-up, in the order of their tabs. */
export const CRM_SET_UP_PAGES = [
  { href: "/admin/crm/pipelines", label: t("crmSetUp.pipelines") },
  { href: "/admin/crm/lists", label: t("crmSetUp.lists") },
  { href: "/admin/crm/teams", label: t("crmSetUp.teams") },
  { href: "/admin/crm/rules", label: t("crmSetUp.rules") },
  { href: "/admin/crm/rates", label: t("crmSetUp.rates") },
  { href: "/admin/crm/fields", label: t("crmSetUp.fields") },
] as const;

const DASHBOARD_PAGES = [
  { href: "/dashboards/executive", label: t("places.executive") },
  { href: "/dashboards/strategic", label: t("places.strategic") },
  { href: "/dashboards/forecast", label: t("places.forecast") },
  { href: "/dashboards/scoring", label: t("places.scoring") },
] as const;

/** Every place there is, in the order of the rail. A later screen adds its line here and nowhere else. */
export const PLACES: readonly Place[] = [
  { href: "/", section: "top", label: t("places.home"), icon: IconHome, key: "h" },
  {
    href: "/inbox",
    section: "top",
    label: t("places.inbox"),
    icon: IconInbox,
    key: "i",
    count: ({ unread }) => ({
      value: unread,
      words: t("places.unread", { count: unread }),
      hot: true,
    }),
  },
  {
    href: "/meetings",
    section: "scheduling",
    label: t("places.meetings"),
    icon: IconCalendar,
    key: "m",
    detailLabel: t("places.meeting"),
    shown: ({ hosts }) => hosts,
    count: ({ waiting }) => ({
      value: waiting,
      words: t("places.waiting", { count: waiting }),
      hot: false,
    }),
  },
  {
    href: "/links",
    section: "scheduling",
    label: t("places.links"),
    icon: IconLink,
    key: "l",
    detailLabel: t("places.link"),
    shown: ({ hosts }) => hosts,
  },
  {
    href: "/rooms",
    section: "scheduling",
    label: t("places.rooms"),
    icon: IconDoor,
    key: "r",
    detailLabel: t("places.room"),
    below: [{ href: "/rooms/manage", label: t("places.manageRooms") }],
    shown: ({ hosts }) => hosts,
  },
  {
    href: "/availability",
    section: "scheduling",
    label: t("places.availability"),
    icon: IconClock,
    key: "v",
    shown: ({ hosts }) => hosts,
  },
  {
    href: "/virtual-rooms",
    section: "scheduling",
    label: t("places.virtualRooms"),
    icon: IconVideo,
    key: "o",
    detailLabel: t("places.virtualRoom"),
    shown: ({ manages }) => manages,
  },
  {
    href: "/reports/meetings",
    section: "scheduling",
    label: t("places.reports"),
    icon: IconReportAnalytics,
    key: "e",
    shown: ({ manages }) => manages,
  },
  {
    href: "/leads",
    section: "sales",
    label: t("places.leads"),
    icon: IconUserPlus,
    key: "d",
    detailLabel: t("places.deal"),
    below: [
      { href: "/leads/new", label: t("shell.newDeal") },
      { href: "/leads/import", label: t("places.import") },
      { href: "/leads/duplicates", label: t("places.duplicates") },
    ],
    shown: ({ sells }) => sells,
  },
  {
    href: "/pipeline",
    section: "sales",
    label: t("places.pipeline"),
    icon: IconLayoutKanban,
    key: "p",
    shown: ({ sells }) => sells,
  },
  {
    href: "/dashboards",
    section: "sales",
    label: t("places.dashboards"),
    icon: IconChartBar,
    key: "q",
    below: [...DASHBOARD_PAGES, { href: "/metrics", label: t("places.metrics") }],
    nested: [
      { href: "/dashboards/executive", label: t("places.executive") },
      {
        href: "/dashboards/strategic",
        label: t("places.strategic"),
        shown: ({ managesSales }) => managesSales,
      },
    ],
    alsoAt: ["/metrics"],
    shown: ({ sells }) => sells,
  },
  {
    href: "/activities",
    section: "sales",
    label: t("places.activities"),
    icon: IconChecklist,
    key: "y",
    shown: ({ sells }) => sells,
  },
  {
    href: "/companies",
    section: "sales",
    label: t("places.companies"),
    icon: IconBuilding,
    key: "c",
    detailLabel: t("places.company"),
    shown: ({ sells }) => sells,
  },
  {
    href: "/contacts",
    section: "sales",
    label: t("places.contacts"),
    icon: IconAddressBook,
    key: "n",
    detailLabel: t("places.contact"),
    shown: ({ sells }) => sells,
  },
  {
    href: "/targets",
    section: "sales",
    label: t("places.targets"),
    icon: IconTarget,
    key: "t",
    shown: ({ sells }) => sells,
  },
  {
    href: "/settings",
    section: "administration",
    label: t("places.settings"),
    icon: IconSettings,
    key: "s",
    below: SETTINGS_PAGES,
  },
  {
    href: "/admin",
    section: "administration",
    label: t("places.admin"),
    icon: IconUsers,
    key: "a",
    below: ADMIN_PAGES,
    shown: ({ admin }) => admin,
  },
  {
    // Admins find it among the pages of the administration.
    href: "/admin/mail",
    section: "administration",
    label: t("admin.mail"),
    icon: IconMail,
    key: "w",
    shown: ({ admin, manages }) => manages && !admin,
  },
  {
    // The same.
    href: "/admin/crm",
    section: "administration",
    label: t("places.salesSetUp"),
    icon: IconAdjustments,
    key: "u",
    below: CRM_SET_UP_PAGES,
    shown: ({ admin, managesSales }) => managesSales && !admin,
  },
  {
    href: "/mailbox",
    section: "demonstration",
    label: t("places.mailbox"),
    icon: IconMailbox,
    key: "b",
    detailLabel: t("places.mail"),
    shown: ({ demo, hosts }) => demo && hosts,
  },
];

const SECTION_LABELS: Readonly<Record<Section, string | undefined>> = {
  top: undefined,
  scheduling: t("sections.scheduling"),
  sales: t("sections.sales"),
  administration: t("sections.administration"),
  demonstration: t("sections.demonstration"),
};

export const placesFor = (viewer: ShellViewer): readonly Place[] =>
  PLACES.filter((place) => place.shown?.(viewer) ?? true);

/** The pages that stand under this place in the viewer's rail. */
export const nestedIn = (viewer: ShellViewer, href: string): readonly NestedPlace[] =>
  PLACES.find((place) => place.href === href)?.nested?.filter(
    (page) => page.shown?.(viewer) ?? true,
  ) ?? [];

// Five places fit under a thumb; the fifth is always the sheet with the rest.
const IN_BAR = 4;

/** The places of the phone's bar and those of its sheet: who sells has the pipeline under the thumb. */
export function barFor(viewer: ShellViewer): {
  readonly bar: readonly Place[];
  readonly sheet: readonly Place[];
} {
  const places = placesFor(viewer);
  const first = viewer.sells
    ? ["/", viewer.hosts ? "/meetings" : "/leads", "/pipeline", "/inbox"]
    : places.slice(0, IN_BAR).map(({ href }) => href);
  return {
    bar: first.flatMap((href) => places.filter((place) => place.href === href)),
    sheet: places.filter(({ href }) => !first.includes(href)),
  };
}

/** The viewer's places by section, empty sections left out. */
export function sectionsFor(
  viewer: ShellViewer,
): readonly { section: Section; label: string | undefined; places: readonly Place[] }[] {
  const shown = placesFor(viewer);
  return (["top", "scheduling", "sales", "administration", "demonstration"] as const)
    .map((section) => ({
      section,
      label: SECTION_LABELS[section],
      places: shown.filter((place) => place.section === section),
    }))
    .filter(({ places }) => places.length > 0);
}

/** True when the address is the place or below it; home is only itself. */
export const isAt = ({ href, alsoAt = [] }: Place, pathname: string): boolean =>
  href === "/"
    ? pathname === "/"
    : [href, ...alsoAt].some((at) => pathname === at || pathname.startsWith(`${at}/`));

/** The page itself, or one below it; a place's own first page is nobody's parent. */
const isBelow = (page: { readonly href: string }, place: Place, pathname: string): boolean =>
  pathname === page.href || (page.href !== place.href && pathname.startsWith(`${page.href}/`));

export type Crumb = { readonly label: string; readonly href?: string };

/** From section to page: `Scheduling / Meetings / Meeting`. The last one is the current page. */
export function crumbsFor(pathname: string): readonly Crumb[] {
  const place = PLACES.find((candidate) => isAt(candidate, pathname));
  if (place === undefined) return [{ label: t("places.unknown") }];
  const section = SECTION_LABELS[place.section];
  const start: Crumb[] = section === undefined ? [] : [{ label: section }];
  if (pathname === place.href) return [...start, { label: place.label }];
  return [
    ...start,
    { label: place.label, href: place.href },
    {
      label:
        place.below?.find((page) => isBelow(page, place, pathname))?.label ??
        place.detailLabel ??
        place.label,
    },
  ];
}
