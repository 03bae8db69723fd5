import { Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import type { JsonObject } from "../../../../shared/json";
import { announce } from "../../shell/announcer";
import { Button, IconButton } from "../../ui/button";
import { Field, Input } from "../../ui/field";
import { plainLine } from "../../ui/foreign";
import { words } from "../../words";
import { SavedRow } from "./saved-row";
import type { History } from "./use-history";

const { saved } = words.playground;

export function PresetList({
  history,
  args,
  use,
}: {
  history: History;
  args: JsonObject;
  use: (args: JsonObject) => void;
}) {
  const [name, setName] = useState("");
  const [isFull, setFull] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const given = plainLine(name, 80);
    if (given === "") return;
    const isSaved = history.save(given, args);
    setFull(!isSaved);
    if (!isSaved) return;
    setName("");
    announce(saved.saved);
  };
  const presets = history.presets();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <form onSubmit={save}>
        <Field
          label={saved.saveLabel}
          hint={saved.saveHint}
          error={isFull ? saved.full : undefined}
        >
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                autoComplete="off"
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <Button type="submit" disabled={name.trim() === ""}>
                {saved.save}
              </Button>
            </div>
          )}
        </Field>
      </form>
      {presets.length === 0 ? <p className="text-muted">{saved.noPresets}</p> : null}
      <ul>
        {presets.map((preset) => (
          <SavedRow
            key={preset.name}
            label={preset.name}
            name={preset.name}
            args={preset.args}
            use={use}
            actions={
              <IconButton
                label={saved.deletePreset(preset.name)}
                onClick={() => history.remove(preset.name)}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            }
          />
        ))}
      </ul>
    </div>
  );
}
