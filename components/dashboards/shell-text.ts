import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-dashboards-shell.json";

/** The texts around the figures of both dashboards, by key. */
export const t = createTranslator({ locale: "en", messages });
