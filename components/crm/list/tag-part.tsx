import { TagsInput } from "@mantine/core";
import { useState } from "react";
import type { BulkInput } from "@/lib/crm/core/bulk";
import { MOST_TAGS } from "@/lib/crm/core/tags";
import { BulkPopover } from "./bulk-popover";
import { t } from "./list-text";

const listed = (tags: readonly string[]): string => tags.slice(0, 3).join(", ");

function labelOf(add: readonly string[], remove: readonly string[]): string {
  if (remove.length === 0) return t("bulk.tagged", { name: listed(add) });
  if (add.length === 0) return t("bulk.untagged", { name: listed(remove) });
  return t("bulk.retagged", { add: listed(add), remove: listed(remove) });
}

/** Adds tags to all that is selected and takes others away. */
export function TagPart({
  count,
  onWork,
}: {
  count: number;
  onWork: (work: Pick<BulkInput, "act" | "label">) => void;
}) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const props = { maxTags: MOST_TAGS, maxLength: 60, splitChars: [","], acceptValueOnBlur: true };
  return (
    <BulkPopover
      label={t("bulk.tag")}
      count={count}
      onSubmit={() => {
        if (add.length + remove.length === 0) return false;
        const label = labelOf(add, remove).slice(0, 120);
        onWork({ act: { kind: "tag", add, remove }, label });
        return true;
      }}
    >
      <TagsInput
        {...props}
        label={t("bulk.tagsAdd")}
        value={add}
        onChange={setAdd}
        data-autofocus
      />
      <TagsInput {...props} label={t("bulk.tagsRemove")} value={remove} onChange={setRemove} />
    </BulkPopover>
  );
}
