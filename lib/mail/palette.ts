import { tokens } from "@/components/ui/tokens";

// Mail programs know neither custom properties nor our stylesheet, so colours become literals here.
const { light, dark } = tokens;

/** The colours of a mail in the light scheme, which every program shows. */
export const palette = light;

const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
/** One family for Latin and the reader's own system face for everything else. */
export const font = FONT;

// Inline styles win over any class, hence !important. Where media queries are unknown, light stays.
const darkRules = [
  `.m-page{background-color:${dark.bgSunken}!important}`,
  `.m-card{background-color:${dark.surface}!important;border-color:${dark.line}!important}`,
  `.m-text{color:${dark.text}!important}`,
  `.m-text2{color:${dark.text2}!important}`,
  `.m-text3{color:${dark.text3}!important}`,
  `.m-line{border-color:${dark.line}!important}`,
  `.m-chip{border-color:${dark.lineStrong}!important;color:${dark.text2}!important}`,
  `.m-box{background-color:${dark.accentSoft}!important;border-color:${dark.accentLine}!important}`,
  `.m-boxline{border-color:${dark.accentLine}!important}`,
  `.m-off{background-color:${dark.bgSubtle}!important;border-color:${dark.line}!important}`,
  `.m-link{color:${dark.accent}!important}`,
  `.m-primary{background-color:${dark.accent}!important;border-color:${dark.accent}!important;color:${dark.onAccent}!important}`,
  `.m-second{background-color:${dark.surface}!important;border-color:${dark.lineStrong}!important;color:${dark.text}!important}`,
].join("");

// The same breakpoint as the guest's pages on a phone.
const narrowRules = [
  ".m-pad{padding-left:16px!important;padding-right:16px!important}",
  ".m-outer{padding:0 0 32px!important}",
  ".m-card{border-width:1px 0!important;border-radius:0!important}",
  ".m-title{font-size:24px!important;line-height:30px!important}",
  ".m-time{font-size:28px!important;line-height:36px!important}",
  ".m-cell{display:block!important;padding:0 0 8px!important}",
  ".m-button{display:block!important;text-align:center!important}",
  ".m-hide{display:none!important}",
  ".m-day{display:block!important;width:max-content!important;margin:0 46px 4px auto!important}",
  "[dir=rtl] .m-day{margin:0 auto 4px 46px!important}",
].join("");

// The smallest phones, where a 12-hour clock needs every pixel.
const tinyRules = [
  ".m-place{font-size:14px!important;padding-right:6px!important}",
  ".m-clock{font-size:13px!important}",
  ".m-zone{min-width:34px!important;margin-left:4px!important;font-size:12px!important}",
  "[dir=rtl] .m-place{padding-right:0!important;padding-left:6px!important}",
  "[dir=rtl] .m-zone{margin-left:0!important;margin-right:4px!important}",
].join("");

/** The stylesheet of a mail's head: what inline styles cannot say. Holds no character that HTML would escape. */
export const headCss = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  `@media (max-width:480px){${narrowRules}}`,
  `@media (max-width:340px){${tinyRules}}`,
  `@media (prefers-color-scheme:dark){${darkRules}}`,
].join("");
