const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

const first = (agent: string, among: readonly (readonly [RegExp, string])[]): string | undefined =>
  among.find(([pattern]) => pattern.test(agent))?.[1];

export type Device = {
  readonly browser: string | undefined;
  readonly system: string | undefined;
  readonly phone: boolean;
};

/** What a browser says it is, in the words people use. It may lie: good for recognising one's own, and for nothing else. */
export function deviceOf(agent: string | null): Device {
  const said = agent ?? "";
  const system = first(said, SYSTEMS);
  const phone = system === "iPhone" || (system === "Android" && /\bMobile\b/.test(said));
  return { browser: first(said, BROWSERS), system, phone };
}
