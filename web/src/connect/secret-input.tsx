import { ClipboardPaste, Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button";
import { Input, type ControlProps } from "../ui/field";
import { notify } from "../ui/notify";
import { connect as connectWords } from "../words/connect";

const say = connectWords.fields;

export type TypedProps = ControlProps & {
  name: string;
  /** What it is called, for its buttons. */
  label: string;
  value: string;
  onChange: (value: string) => void;
};

/** A secret as dots, which can be looked at and pasted. */
export function SecretInput({ label, value, onChange, ...rest }: TypedProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...rest}
        {...notTheirs}
        type={shown ? "text" : "password"}
        spellCheck={false}
        value={value}
        className="pr-19"
        onChange={({ target }) => onChange(target.value)}
      />
      <div className="absolute top-0.75 right-0.75 flex">
        <PasteButton label={label} onPaste={(text) => onChange(text.trim())} />
        <IconButton
          label={shown ? say.hide(label) : say.show(label)}
          aria-pressed={shown}
          size="small"
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden className="size-4" />
        </IconButton>
      </div>
    </div>
  );
}

/** Not the reader's own password: no manager offers or keeps it. */
export const notTheirs = {
  autoComplete: "new-password",
  "data-1p-ignore": true,
  "data-lpignore": "true",
} as const;

export function PasteButton({
  label,
  onPaste,
}: {
  label: string;
  onPaste: (text: string) => void;
}) {
  const paste = async () => {
    try {
      onPaste(await navigator.clipboard.readText());
    } catch {
      notify({ tone: "danger", title: say.pasteFailed });
    }
  };
  return (
    <IconButton label={say.paste(label)} size="small" onClick={() => void paste()}>
      <ClipboardPaste aria-hidden className="size-4" />
    </IconButton>
  );
}
