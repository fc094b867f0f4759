import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { pageRewrites } from "./lib/cache/page-address";
import { DEFAULT_LOCALE, LOCALES } from "./lib/i18n/locale";

// Names browsers still send for zones that were renamed; they open the same clocks.
const FORMER_ZONES = [
  "Asia/Calcutta",
  "Asia/Katmandu",
  "Asia/Rangoon",
  "Asia/Saigon",
  "Europe/Kiev",
  "America/Buenos_Aires",
];
const CURRENT_ZONES = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Yangon",
  "Asia/Ho_Chi_Minh",
  "Europe/Kyiv",
  "America/Argentina/Buenos_Aires",
];

const zones = [
  ...new Set([...Intl.supportedValuesOf("timeZone"), ...FORMER_ZONES, ...CURRENT_ZONES]),
];

const locales = [DEFAULT_LOCALE, ...LOCALES.filter((locale) => locale !== DEFAULT_LOCALE)];

// The Content-Security-Policy and Strict-Transport-Security depend on the page and on APP_URL, which is known when
// the server runs: proxy.ts and lib/cache set them.
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

// Whoever does not read frame-ancestors reads this, except of pages made to be shown on other sites.
const unframed = [{ key: "X-Frame-Options", value: "DENY" }];

const framed = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Robots-Tag", value: "noindex, nofollow" },
  // A site that isolates itself may show them, too.
  { key: "Cross-Origin-Resource-Policy", value: "cross-origin" },
];

const guestOnly = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Robots-Tag", value: "noindex, nofollow" },
];

const config: NextConfig = {
  distDir: process.env.MERIDIAN_DIST ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Reads files of its own beside its code.
  serverExternalPackages: ["pdfkit"],
  devIndicators: false,
  cacheHandler: fileURLToPath(new URL("./lib/cache/next-cache-handler.ts", import.meta.url)),
  // The handler keeps the pages; a second copy inside Next would not hear of invalidations.
  cacheMaxMemorySize: 0,
  // Cached answers may not be kept by anybody, and hashing each one again would cost more than it saves.
  generateEtags: false,
  // One check of types and style belongs to `npm run check`.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: everywhere },
      { source: "/((?!embed/).*)", headers: unframed },
      { source: "/embed/:path*", headers: framed },
      { source: "/m/:path*", headers: guestOnly },
      { source: "/book/:token/details", headers: guestOnly },
      { source: "/book/:token/wait", headers: guestOnly },
      { source: "/waiting/:path*", headers: guestOnly },
      { source: "/answer/:path*", headers: guestOnly },
    ]),
  rewrites: () =>
    Promise.resolve({
      beforeFiles: pageRewrites(locales, zones, ["/privacy", "/accessibility"]),
      afterFiles: [],
      fallback: [],
    }),
};

export default config;
