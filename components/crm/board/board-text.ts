import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-board.json";

/** The texts of the pipeline's boards, by key. */
export const t = createTranslator({ locale: "en", messages });
