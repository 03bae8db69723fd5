// Before the first paint: the theme somebody chose, so that no page flashes in the other one.
try {
  const theme = localStorage.getItem("plugboard.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
