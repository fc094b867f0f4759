/**
 * The colours, sizes and type of the interface: the only file that may hold a colour as digits.
 * `field` is the outline of an input (at least 3:1 on the surface), `free` the tint of days and
 * slots that can be booked. `chart1` to `chart7` are the hues of Okabe and Ito, told apart by most who see fewer
 * colours, darkened or lightened until each stands out from its ground at 3:1; `chartQuiet` is what is no series.
 */
const light = {
  bg: "#ffffff",
  bgSubtle: "#f8fafc",
  bgSunken: "#f1f5f9",
  surface: "#ffffff",
  surfaceRaised: "#ffffff",
  line: "#e2e8f0",
  lineStrong: "#cbd5e1",
  text: "#0f172a",
  text2: "#475569",
  text3: "#64748b",
  accent: "#0f766e",
  accentHover: "#115e59",
  accentSoft: "#f0fdfa",
  accentLine: "#99f6e4",
  onAccent: "#ffffff",
  danger: "#b91c1c",
  dangerSoft: "#fef2f2",
  warn: "#b45309",
  warnSoft: "#fffbeb",
  ok: "#047857",
  okSoft: "#ecfdf5",
  info: "#1d4ed8",
  infoSoft: "#eff6ff",
  chart1: "#0072b2",
  chart2: "#c07f00",
  chart3: "#009e73",
  chart4: "#d55e00",
  chart5: "#c4699a",
  chart6: "#3a94cc",
  chart7: "#8a8400",
  chartQuiet: "#8491a4",
  field: "#8491a4",
  free: "#def2ef",
  shadow: "0 1px 2px rgb(15 23 42 / 0.04), 0 8px 24px rgb(15 23 42 / 0.08)",
} as const;

type Token = keyof typeof light;

const dark = {
  bg: "#0b1120",
  bgSubtle: "#0f172a",
  bgSunken: "#0b1120",
  surface: "#111a2e",
  surfaceRaised: "#16213a",
  line: "#1e293b",
  lineStrong: "#334155",
  text: "#f1f5f9",
  text2: "#cbd5e1",
  text3: "#94a3b8",
  accent: "#2dd4bf",
  accentHover: "#5eead4",
  accentSoft: "#0d2b2e",
  accentLine: "#115e59",
  onAccent: "#042f2e",
  danger: "#f87171",
  dangerSoft: "#2a1215",
  warn: "#fbbf24",
  warnSoft: "#2a1f0b",
  ok: "#34d399",
  okSoft: "#0b2a20",
  info: "#60a5fa",
  infoSoft: "#0c1d3d",
  chart1: "#56b4e9",
  chart2: "#e69f00",
  chart3: "#2fbf95",
  chart4: "#f0793a",
  chart5: "#e3a3c6",
  chart6: "#8fd0f5",
  chart7: "#f0e442",
  chartQuiet: "#77859a",
  field: "#77859a",
  free: "#10383a",
  shadow: "0 1px 2px rgb(0 0 0 / 0.4), 0 12px 32px rgb(0 0 0 / 0.5)",
} as const satisfies Record<Token, string>;

/** Both schemes, same names. Values are CSS colours, except `shadow`, a CSS box-shadow. */
export const tokens = { light, dark } as const;

/** Type, radii and the 4-pixel grid: the same in both schemes. Keys are custom property names. */
export const measures = {
  "--font": '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif',
  "--mono": 'ui-monospace, "SF Mono", Menlo, monospace',
  "--r-1": "4px",
  "--r-2": "8px",
  "--r-3": "12px",
  "--s-1": "4px",
  "--s-2": "8px",
  "--s-3": "12px",
  "--s-4": "16px",
  "--s-5": "24px",
  "--s-6": "32px",
  "--s-7": "48px",
} as const;

/** `accentSoft` is `--accent-soft`, `text2` is `--text-2`. */
const propertyName = (token: string): string =>
  `--${token.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}`;

const declarations = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([name, value]) => `${name}:${value}`).join(";");

const scheme = (of: Record<Token, string>): string =>
  declarations(Object.entries(of).map(([token, value]) => [propertyName(token), value]));

// Light is the ground; the system's wish for dark wins over it unless the document says light, and a document that
// says dark wins over both. Works before any script.
const bothSchemes = (day: string, night: string): string =>
  [
    `:root{${day}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]):not([data-mantine-color-scheme="light"]){${night}}}`,
    `:root[data-theme="dark"],:root[data-mantine-color-scheme="dark"]{${night}}`,
  ].join("");

/** The tokens as CSS, both schemes. */
export const tokensCss = (): string =>
  bothSchemes(
    `color-scheme:light;${declarations(Object.entries(measures))};${scheme(light)}`,
    `color-scheme:dark;${scheme(dark)}`,
  );

type AccentToken = Extract<Token, `accent${string}` | "onAccent" | "free">;

/** Some tokens in other colours, as CSS that stands after `tokensCss`. */
export const accentTokensCss = (
  day: Record<AccentToken, string>,
  night: Record<AccentToken, string>,
): string => bothSchemes(accentScheme(day), accentScheme(night));

const accentScheme = (of: Record<AccentToken, string>): string =>
  declarations(Object.entries(of).map(([token, value]) => [propertyName(token), value]));
