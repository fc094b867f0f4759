import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";

/** One field with its label above and what is wrong with it below. `lines`: a field of several lines. */
export function FormField({
  name,
  label,
  hint,
  problem,
  type = "text",
  lines,
  value,
  required = false,
  autoComplete,
  maxLength,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly type?: "text" | "email";
  readonly lines?: number;
  readonly value: string;
  readonly required?: boolean;
  readonly autoComplete: string;
  readonly maxLength: number;
}) {
  const common = {
    className: controls.input,
    id: name,
    name,
    defaultValue: value,
    autoComplete,
    maxLength,
    "aria-required": required || undefined,
    "aria-invalid": problem === undefined ? undefined : true,
    "aria-describedby": problem === undefined ? undefined : `${name}-problem`,
  } as const;
  return (
    <div className={controls.field}>
      <label className={controls.label} htmlFor={name}>
        {label}
        {hint === undefined ? null : <span className={controls.optional}> {hint}</span>}
      </label>
      {lines === undefined ? (
        <input type={type} {...common} />
      ) : (
        <textarea rows={lines} {...common} />
      )}
      {problem === undefined ? null : (
        <p className={controls.error} id={`${name}-problem`}>
          <Icon name="alert" />
          {problem}
        </p>
      )}
    </div>
  );
}
