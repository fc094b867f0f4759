import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-targets.json";

/** The texts of the targets, by key. */
export const t = createTranslator({ locale: "en", messages });
