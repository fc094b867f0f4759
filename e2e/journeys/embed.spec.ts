import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import type { Frame, FrameLocator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { untilStill } from "../fixtures/axe";
import type { HostSite } from "../fixtures/host-site";
import { serveHostSite } from "../fixtures/host-site";

const meridian = (): string => process.env.MERIDIAN_E2E_URL ?? "";

// Notes what the script tells its host, and what the host's own policy refused.
const HOST_SCRIPT = `
window.heard = []; window.refused = [];
for (const name of ["ready", "booked"]) document.addEventListener("meridian:" + name, (event) =>
  window.heard.push([name, event.target.id, event.detail]));
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
`;

const page = (body: string): string => `<!doctype html><html lang="en"><head><title>Halden</title>
<meta name="viewport" content="width=device-width"><script src="/host.js"></script>
<script async src="${meridian()}/embed.js"></script></head><body><h1>Halden</h1>${body}</body></html>`;

let site: HostSite;

test.beforeAll(async () => {
  const inline = `<div id="times" data-meridian-link="demo-quick" data-meridian-name="Mika Tanaka"
    data-meridian-theme="dark" data-meridian-language="en"></div>`;
  site = await serveHostSite(
    meridian(),
    {
      "/inline": page(inline),
      "/twice": page(`${inline}<div id="more" data-meridian-link="demo-team"></div>
        <script async src="${meridian()}/embed.js?again"></script>
        <script async src="${meridian()}/embed.js"></script>`),
      "/popup": page(`<p><span id="word" data-meridian-popup="demo-quick">Book a time</span></p>
        <a id="link" href="${meridian()}/book/demo-quick" data-meridian-popup="demo-quick">Or here</a>`),
      "/button":
        page(`<div id="float" data-meridian-link="demo-quick" data-meridian-button="Book a call"
        data-meridian-colour="#7c3aed"></div>`),
      "/framing": page(
        `<iframe id="other" src="${meridian()}/book/demo-quick" title="Another page"></iframe>`,
      ),
    },
    HOST_SCRIPT,
  );
});

test.afterAll(() => site.stop());

type Heard = readonly (readonly [name: string, element: string, detail: object])[];
const heard = (on: Page): Promise<Heard> =>
  on.evaluate(() => (window as unknown as { heard: Heard }).heard);
const refused = (on: Page): Promise<readonly string[]> =>
  on.evaluate(() => (window as unknown as { refused: readonly string[] }).refused);

async function frameIn(on: Page): Promise<Frame> {
  await expect.poll(() => on.frames().some((frame) => frame.url().includes("/embed/"))).toBe(true);
  const frame = on.frames().find((each) => each.url().includes("/embed/"));
  if (!frame) throw new Error("there is no frame");
  return frame;
}

async function book(frame: FrameLocator, name: string): Promise<void> {
  await frame.locator('table a[id^="day-"]').nth(3).click();
  await frame.locator('input[name="start"]:not(:disabled)').first().check({ force: true });
  await frame.getByRole("button", { name: "Continue" }).click();
  await expect(frame.getByLabel("Name", { exact: true })).toHaveValue(name);
  await frame
    .getByLabel("E-mail", { exact: true })
    .fill(`mika.embed+${Date.now()}@kaminari.example`);
  await frame.getByRole("button", { name: "Book meeting" }).click();
  await expect(frame.getByRole("heading", { name: "Your meeting is confirmed" })).toBeVisible();
}

test("a guest books on somebody else's website, which keeps its policy and learns nothing of the guest", async ({
  page: host,
  context,
}) => {
  await host.goto(`${site.url}/inline?utm_source=newsletter`);
  const frame = host.frameLocator("#times iframe");
  await expect(frame.getByText("Detected;")).toBeVisible();
  await book(frame, "Mika Tanaka");

  expect(await heard(host)).toEqual([
    ["ready", "times", { link: "demo-quick" }],
    ["ready", "times", { link: "demo-quick" }],
    ["booked", "times", { link: "demo-quick", confirmed: true }],
  ]);
  expect(await refused(host)).toEqual([]);
  // A frame of another site: what it would have kept, the browser does not send or keep for it.
  expect((await context.cookies()).filter(({ name }) => name.startsWith("m_"))).toEqual([]);

  const [own] = await Promise.all([
    context.waitForEvent("page"),
    frame.getByRole("link", { name: "Manage booking" }).click(),
  ]);
  await own.waitForURL(/\/m\/[0-9a-f]{16}/);
  await expect(own.getByText("Mika Tanaka", { exact: false }).first()).toBeVisible();
});

test("the frame is as high as what is in it, in the scheme its site wants, and without a finding", async ({
  page: host,
}) => {
  for (const width of [375, 1366]) {
    await host.setViewportSize({ width, height: 800 });
    await host.goto(`${site.url}/inline`);
    const frame = await frameIn(host);
    await expect(host.frameLocator("#times iframe").getByText("Detected;")).toBeVisible();
    const heights = async () => [
      (await host.locator("#times iframe").boundingBox())?.height ?? 0,
      await frame.evaluate(() => document.body.getBoundingClientRect().height),
    ];
    await expect
      .poll(async () => {
        const [outer = 0, inner = 1] = await heights();
        return Math.abs(outer - inner);
      })
      .toBeLessThanOrEqual(1);
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
    const ground = await frame.evaluate(
      () => getComputedStyle(document.documentElement).colorScheme,
    );
    expect(ground).toBe("dark");
    await untilStill(host);
    const { violations } = await new AxeBuilder({ page: host }).include("#times").analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
});

test("loaded twice and with two calendars, each has its own frame, and one name is left behind", async ({
  page: host,
}) => {
  await host.goto(`${site.url}/twice`);
  await expect(host.locator("iframe")).toHaveCount(2);
  await expect
    .poll(async () => (await heard(host)).map(([, element]) => element).sort())
    .toEqual(["more", "times"]);
  const names = await host.evaluate(() =>
    Object.keys(window).filter((name) => /meridian/i.test(name)),
  );
  expect(names).toEqual(["Meridian"]);
});

test("a word opens a dialog from the keyboard, Escape within it leads back to the word", async ({
  page: host,
}) => {
  await host.goto(`${site.url}/popup`);
  const word = host.getByRole("button", { name: "Book a time" });
  await word.focus();
  await host.keyboard.press("Enter");
  const dialog = host.getByRole("dialog", { name: "Choose a time" });
  await expect(dialog).toBeVisible();
  const frame = dialog.frameLocator("iframe");
  await expect(frame.getByText("Detected;")).toBeVisible();
  // What lies behind cannot be reached while the dialog is there.
  for (let tab = 0; tab < 6; tab += 1) {
    await host.keyboard.press("Tab");
    expect(await host.evaluate(() => document.activeElement?.id ?? "")).not.toMatch(
      /^(word|link)$/,
    );
  }
  await frame.locator('table a[id^="day-"]').first().focus();
  await host.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(word).toBeFocused();

  await host.getByRole("link", { name: "Or here" }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(new URL(host.url()).pathname).toBe("/popup");
  expect(await refused(host)).toEqual([]);
});

test("a floating button in the site's colour opens the same dialog, in that colour", async ({
  page: host,
}) => {
  await host.goto(`${site.url}/button`);
  const button = host.getByRole("button", { name: "Book a call" });
  await expect(button).toHaveCSS("background-color", "rgb(124, 58, 237)");
  await button.click();
  const frame = host.getByRole("dialog").frameLocator("iframe");
  await expect(frame.getByText("Detected;")).toBeVisible();
  const accent = await frame
    .locator("html")
    .evaluate((html) => getComputedStyle(html).getPropertyValue("--accent").trim());
  expect(accent).toBe("#7c3aed");
});

test("only pages made for it can be framed, and the script is small, kept and known by its tag", async ({
  page: host,
}) => {
  const blocked = host.waitForEvent("requestfailed", (request) => request.url().includes("/book/"));
  await host.goto(`${site.url}/framing`);
  expect((await blocked).failure()?.errorText).toMatch(/BLOCKED_BY_RESPONSE|blocked/i);

  const headersOf = async (path: string) => (await fetch(`${meridian()}${path}`)).headers;
  for (const path of ["/embed/demo-quick", "/embed/demo-quick/details?start=x"]) {
    const headers = await headersOf(path);
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("content-security-policy")).toContain("frame-ancestors *");
    expect(headers.get("x-robots-tag")).toBe("noindex, nofollow");
  }
  for (const path of [
    "/",
    "/book/demo-quick",
    "/book/demo-quick/details",
    "/m/0123456789abcdef",
    "/sign-in",
  ]) {
    const headers = await headersOf(path);
    expect([path, headers.get("x-frame-options")]).toEqual([path, "DENY"]);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  }

  const answer = await fetch(`${meridian()}/embed.js`);
  const script = await answer.text();
  expect(gzipSync(script).byteLength).toBeLessThan(6_000);
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(answer.headers.get("cache-control")).toContain("public");
  const tag = answer.headers.get("etag") ?? "";
  const again = await fetch(`${meridian()}/embed.js`, { headers: { "if-none-match": tag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});
