import { Eye, EyeOff, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { announce } from "../shell/announcer";
import { Button, IconButton } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Textarea } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { connect as connectWords } from "../words/connect";
import { notTheirs, PasteButton, type TypedProps } from "./secret-input";

const say = connectWords.fields;
const largest = 20_000;

/** A key or a JSON file: typed, pasted, chosen or dropped. */
export function MultilineInput({ label, value, onChange, ...rest }: TypedProps) {
  const [shown, setShown] = useState(false);
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    setOver(false);
    if (!file) return;
    if (file.size > largest) return notify({ tone: "danger", title: say.fileTooLarge });
    onChange(await file.text());
    announce(say.fileRead(plainLine(file.name, 80)));
  };
  const Icon = shown ? EyeOff : Eye;
  return (
    <div
      className="flex min-w-0 flex-col gap-2"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer.files[0]);
      }}
    >
      <div className="relative">
        <Textarea
          {...rest}
          {...notTheirs}
          rows={5}
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={classNames(
            "pr-19 font-mono text-[0.8125rem]!",
            !shown && value !== "" && "[-webkit-text-security:disc]",
            over && "border-accent! bg-accent-soft!",
          )}
        />
        <div className="absolute top-0.75 right-0.75 flex">
          <PasteButton label={label} onPaste={onChange} />
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
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="small"
          icon={<FileUp aria-hidden className="size-4" />}
          onClick={() => chooser.current?.click()}
        >
          {say.file}
        </Button>
        <span className="text-[0.8125rem] text-muted">{say.drop}</span>
        <input
          ref={chooser}
          type="file"
          tabIndex={-1}
          aria-hidden
          className="hidden"
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = "";
          }}
        />
      </div>
    </div>
  );
}
