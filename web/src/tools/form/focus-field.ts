/** Moves to the control of a field; where its group is closed, to the group. */
export function focusField(pointer: string): void {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const field = document.querySelector(`[data-field="${CSS.escape(at)}"]`);
    const control = field?.querySelector<HTMLElement>("input, select, textarea, button");
    if (control) {
      control.scrollIntoView({ block: "center" });
      return control.focus({ preventScroll: true });
    }
    if (at === "") return;
  }
}
