import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-setup.json";

/** The texts of the sales set-up, by key. */
export const t = createTranslator({ locale: "en", messages });
