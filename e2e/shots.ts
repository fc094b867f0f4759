import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { chromium } from "@playwright/test";

interface Route {
  /** Name of the picture's file. */
  readonly name: string;
  readonly path: string;
  /** Who looks: a demonstration account's first part, or a guest. */
  readonly as?: "admin" | "manager" | "host" | "sales";
}

export const ROUTES: readonly Route[] = [
  { name: "sign-in", path: "/" },
  { name: "guest-book", path: "/book/demo" },
  { name: "guest-book-quick", path: "/book/demo-quick" },
  { name: "guest-book-missing", path: "/book/no-such-link" },
  { name: "home", path: "/", as: "host" },
  { name: "meetings", path: "/meetings", as: "host" },
  { name: "links", path: "/links", as: "host" },
  { name: "inbox", path: "/inbox", as: "host" },
  { name: "mailbox", path: "/mailbox", as: "admin" },
  { name: "home-manager", path: "/", as: "manager" },
  { name: "leads", path: "/leads", as: "manager" },
  { name: "pipeline", path: "/pipeline", as: "manager" },
  { name: "activities", path: "/activities", as: "sales" },
  { name: "targets", path: "/targets", as: "manager" },
  { name: "executive", path: "/dashboards/executive", as: "manager" },
  { name: "executive-sales", path: "/dashboards/executive", as: "sales" },
  { name: "strategic", path: "/dashboards/strategic", as: "manager" },
  { name: "forecast", path: "/dashboards/forecast", as: "manager" },
  { name: "scoring", path: "/dashboards/scoring", as: "manager" },
  { name: "metric", path: "/metrics/won_revenue", as: "manager" },
  { name: "dictionary", path: "/metrics", as: "manager" },
];

const WIDTHS = [375, 768, 1366, 1920] as const;
const SCHEMES = ["light", "dark"] as const;
const PASSWORD = "meridian-demo";

async function signIn(page: Page, who: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel(/e-?mail/i).fill(`${who}@meridian.example`);
  await page.getByLabel(/password/i).fill(PASSWORD);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.getByLabel(/password/i).waitFor({ state: "detached" });
}

async function shoot(
  browser: Browser,
  options: { readonly url: string; readonly folder: string; readonly route: Route },
  scheme: (typeof SCHEMES)[number],
): Promise<void> {
  const { url, folder, route } = options;
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: scheme,
    locale: "en-GB",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  if (route.as) await signIn(page, route.as);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 700 ? 812 : 900 });
    await page.goto(route.path);
    await page.waitForLoadState("networkidle");
    await page.screenshot({
      path: join(folder, `${route.name}-${width}-${scheme}.png`),
      fullPage: true,
    });
  }
  await context.close();
}

/** Takes a picture of every route at four widths in both schemes. Returns how many were taken. */
export async function takePictures(options: {
  readonly url: string;
  readonly folder: string;
  readonly routes: readonly Route[];
  readonly executablePath: string | undefined;
}): Promise<number> {
  const { url, folder, routes, executablePath } = options;
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
  try {
    for (const route of routes) {
      for (const scheme of SCHEMES) await shoot(browser, { url, folder, route }, scheme);
    }
  } finally {
    await browser.close();
  }
  return routes.length * SCHEMES.length * WIDTHS.length;
}
