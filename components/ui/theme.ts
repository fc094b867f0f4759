import type {
  CSSVariablesResolver,
  MantineColorsTuple,
  MantineThemeOverride,
  VariantColorsResolver,
} from "@mantine/core";
import {
  ActionIcon,
  Button,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  Menu,
  Modal,
  Notification,
  Tooltip,
} from "@mantine/core";
import { t } from "./office-text";
import { measures } from "./tokens";

// Mantine wants ten shades of a colour; ours are one token each, which changes with the scheme by itself.
const shades = (token: string): MantineColorsTuple => {
  const value = `var(${token})`;
  return [value, value, value, value, value, value, value, value, value, value];
};

const slate: MantineColorsTuple = [
  "var(--bg-subtle)",
  "var(--bg-sunken)",
  "var(--line)",
  "var(--line)",
  "var(--line-strong)",
  "var(--text-3)",
  "var(--text-3)",
  "var(--text-2)",
  "var(--text-2)",
  "var(--text)",
];

const night: MantineColorsTuple = [
  "var(--text)",
  "var(--text-2)",
  "var(--text-3)",
  "var(--text-3)",
  "var(--line-strong)",
  "var(--line)",
  "var(--surface-raised)",
  "var(--surface)",
  "var(--bg-subtle)",
  "var(--bg)",
];

const MEANINGS = new Set(["accent", "danger", "warn", "ok", "info"]);

const variantColorResolver: VariantColorsResolver = (input) => {
  const color = input.color ?? input.theme.primaryColor;
  if (!MEANINGS.has(color)) return defaultVariantColorsResolver(input);
  const own = `var(--${color})`;
  const soft = `var(--${color}-soft)`;
  const isAccent = color === "accent";
  switch (input.variant) {
    case "filled":
      return {
        background: own,
        hover: isAccent ? "var(--accent-hover)" : `color-mix(in srgb, ${own} 88%, var(--text))`,
        color: isAccent ? "var(--on-accent)" : "var(--bg)",
        border: "1px solid transparent",
      };
    case "light":
      return { background: soft, hover: soft, color: own, border: "1px solid transparent" };
    case "outline":
      return { background: "var(--surface)", hover: soft, color: own, border: `1px solid ${own}` };
    case "subtle":
      return {
        background: "transparent",
        hover: isAccent ? "var(--bg-sunken)" : soft,
        color: isAccent ? "var(--text-2)" : own,
        border: "1px solid transparent",
      };
    case "default":
      return {
        background: "var(--surface)",
        hover: isAccent ? "var(--bg-sunken)" : soft,
        color: isAccent ? "var(--text)" : own,
        border: "1px solid var(--line-strong)",
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

const BUTTON_HEIGHT: Readonly<Record<string, string>> = {
  xs: "28px",
  sm: "32px",
  md: "36px",
  lg: "40px",
};

// The kit writes a dialog's head as a header element, which would be a second banner of the page.
const NO_BANNER = { header: { role: "none" } };

/** The look of every Mantine part: 32-pixel controls (36 in forms, 40 for touch), radius 8, 13-pixel labels. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: measures["--font"],
  fontFamilyMonospace: measures["--mono"],
  primaryColor: "accent",
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
  colors: {
    accent: shades("--accent"),
    danger: shades("--danger"),
    warn: shades("--warn"),
    ok: shades("--ok"),
    info: shades("--info"),
    gray: slate,
    dark: night,
  },
  variantColorResolver,
  fontWeights: { regular: "400", medium: "500", bold: "600" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "24px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  shadows: {
    xs: "none",
    sm: "none",
    md: "var(--shadow)",
    lg: "var(--shadow)",
    xl: "var(--shadow)",
  },
  headings: { fontFamily: measures["--font"], fontWeight: "600" },
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm", variant: "default" },
      vars: (_theme, props) => ({
        root: {
          "--button-height": BUTTON_HEIGHT[props.size ?? "sm"] ?? "32px",
          "--button-padding-x": props.size === "xs" ? "10px" : "12px",
          "--button-fz": props.size === "lg" ? "14px" : "13px",
          "--button-radius": props.size === "xs" ? "6px" : "8px",
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: 32, variant: "subtle" },
    }),
    // Its cross has no words of its own.
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": t("shell.close") } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", position: "bottom-end", width: 240 } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: "lg",
        transitionProps: { duration: 120 },
        attributes: NO_BANNER,
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: { transitionProps: { duration: 120 }, attributes: NO_BANNER },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 100 } },
    }),
  },
});

const meanings = {
  "--mantine-color-text": "var(--text)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-body": "var(--bg)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-success": "var(--ok)",
  "--mantine-color-placeholder": "var(--text-3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--bg-sunken)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-dimmed": "var(--text-3)",
  "--mantine-color-disabled": "var(--bg-sunken)",
  "--mantine-color-disabled-color": "var(--text-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-color-accent-filled": "var(--accent)",
  "--mantine-color-accent-filled-hover": "var(--accent-hover)",
  "--mantine-color-accent-light": "var(--accent-soft)",
  "--mantine-color-accent-light-hover": "var(--accent-soft)",
  "--mantine-color-accent-light-color": "var(--accent)",
  "--mantine-color-danger-light": "var(--danger-soft)",
  "--mantine-color-danger-light-color": "var(--danger)",
};

/** Mantine's own variables, all said in our tokens, so that one switch of scheme moves everything. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...meanings },
  dark: { ...meanings },
});
