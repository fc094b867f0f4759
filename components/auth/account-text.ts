import { createTranslator } from "next-intl";
import messages from "@/messages/en/account.json";

/** The texts of signing in and of one's own security, by key; beside the office's own texts. */
export const t = createTranslator({ locale: "en", messages });
